import { hash } from 'node:crypto';
import { fold } from '../../../src/core/evolve.ts';
import { type OutTopic, toMessages } from '../../../src/core/messages.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth.ts';
import { createCodec } from '../../../src/relay/codec.ts';
import { loadSchemas } from '../../../src/relay/schemaFiles.ts';
import type { EventRow, Evidence } from '../evidence.ts';

// What has to stand in Kafka and in the database, worked out from the committed events and the senders' history.

/** The checker's own reckoning of the key, hexadecimal. */
export function dedupeKey(
  org: string,
  feed: string,
  event: { source: string; id: string; version: number },
): string {
  return hash('sha256', [org, feed, event.source, event.id, event.version].join('\u001f')).slice(0, 32);
}

export interface ExpectedMessage {
  out: OutTopic;
  ref: string;
  bytes: Buffer;
  version: number;
  value: Record<string, unknown>;
}

export interface Expected {
  /** By CloudEvents id. */
  messages: Map<string, ExpectedMessage>;
  /** The youth after each version: `<ref> <version>`. */
  states: Map<string, Youth>;
  /** Gaps in a youth's versions. */
  gaps: string[];
}

const known = new WeakMap<Evidence, Expected>();

export function expectedOf(evidence: Evidence): Expected {
  const before = known.get(evidence);
  if (before) return before;
  const codec = createCodec({ schemas: loadSchemas('schemas/avro/out') });
  const expected: Expected = { messages: new Map(), states: new Map(), gaps: [] };
  for (const [ref, rows] of Map.groupBy(evidence.events, (row: EventRow) => row.ref)) {
    let youth = UNKNOWN_YOUTH;
    for (const [index, row] of rows.toSorted((one, other) => one.version - other.version).entries()) {
      if (row.version !== index + 1)
        expected.gaps.push(
          `a youth's event ${index + 1} has version ${row.version} (${row.lane}/${row.offset})`,
        );
      youth = fold(youth, row.events);
      expected.states.set(`${ref} ${row.version}`, youth);
      const { org } = evidence;
      const { version, recorded } = row;
      for (const message of toMessages(row.events, youth, {
        org,
        ref,
        position: `${row.lane}/${row.offset}`,
        version,
        recorded,
      })) {
        expected.messages.set(message.id, {
          out: message.topic,
          ref,
          bytes: codec.encode(message),
          version,
          value: message.value,
        });
      }
    }
  }
  known.set(evidence, expected);
  return expected;
}
