import { type OutboxMessage, toMessages } from '../../../src/core/messages/messages.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { createCodec } from '../../../src/wire/codec.ts';
import { loadSchemas } from '../../../src/wire/schemaFiles.ts';
import type { EventRow, Evidence } from '../evidence.ts';

// What Kafka and the database have to contain, worked out from the committed events and the senders' history.

/** A source event by its own names. */
export function sourceEvent({
  source,
  id,
  version,
}: {
  source: string;
  id: string;
  version: number;
}): string {
  return `${source}|${id} version ${version}`;
}

/** The source event whose effect a row is; '' for what the bridge does by the clock. */
export function causeOf(events: readonly YouthEvent[]): string {
  const [first] = events;
  if (first?.type === 'FactRecorded') return sourceEvent(first.fact);
  return first?.type === 'VersionNoted' ? `${first.key} version ${first.version}` : '';
}

export interface ExpectedMessage {
  message: OutboxMessage;
  ref: string;
  bytes: Buffer;
  version: number;
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
        ref: personRef(ref),
        position: `${row.lane}/${row.offset}`,
        version,
        recorded,
      })) {
        expected.messages.set(message.id, {
          message,
          ref,
          bytes: codec.encode(message),
          version,
        });
      }
    }
  }
  known.set(evidence, expected);
  return expected;
}
