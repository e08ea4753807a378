import type { Lane } from '../../core/lane.ts';
import {
  isNavDisclosure,
  type MessageMeta,
  type NavDisclosure,
  type OutboxMessage,
  toMessages,
  ungdomMessage,
} from '../../core/messages/messages.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { fold } from '../../core/youth/evolve.ts';
import { UNKNOWN_YOUTH } from '../../core/youth/youth.ts';
import type { LoadedYouth, Store, StoredRecord } from '../../store/port.ts';
import type { Queries } from '../../store/queriesPort.ts';
import { type Leaving, type PublishParts, publishAll } from './publishBatch.ts';

/** Youths locked at a time while the compacted topic is brought up to date. */
const PAGE = 500;

export interface RecoveryParts extends Pick<PublishParts, 'sink' | 'order' | 'publishRefused' | 'holds'> {
  store: Store;
  queries: Queries;
  /** Of what was decided before the stop, what may still be disclosed now (consent can be gone since). */
  whilePermitted(
    org: OrgId,
    messages: readonly NavDisclosure[],
    send: (permitted: ReadonlySet<NavDisclosure>) => Promise<void>,
  ): Promise<void>;
}

/**
 * Publishes what was committed but perhaps not published when the lanes' last worker stopped. The records carry the
 * same ids as the first time, so a consumer drops what it has. Each lane's go out under its own fence, also those that
 * another lane publishes too: they make Kafka refuse what the last worker still has in flight.
 * @returns how many source records the lanes had left
 */
export async function recover(parts: RecoveryParts, org: OrgId, lanes: readonly Lane[]): Promise<number> {
  const holds = async () => (await Promise.all(lanes.map((lane) => parts.holds(lane)))).every(Boolean);
  const publishing = {
    ...parts,
    whilePermitted: (...given: Parameters<PublishParts['whilePermitted']>) =>
      parts.whilePermitted(org, ...given),
  };
  const left: Left[] = [];
  for (const lane of lanes) {
    const records = await unpublished(parts.store, lane);
    const refs = [...new Set(records.map((record) => record.ref))].sort();
    left.push({ lane, refs, records: records.length });
  }

  const newest = new Map<PersonRef, StoredRecord>();
  for (const { lane, refs } of left) {
    const messages: OutboxMessage[] = [];
    for (const ref of refs) {
      const history = await parts.queries.history(org, ref);
      const last = history.at(-1);
      if (last) newest.set(ref, last);
      for (const message of await pending(parts, lanes, org, history)) {
        if (message.topic !== 'ot-ungdom') messages.push(message);
      }
    }
    const leaving: Leaving = {
      disclosures: messages.filter(isNavDisclosure),
      items: (permitted) =>
        messages
          .filter((message) => !isNavDisclosure(message) || permitted.has(message))
          .map((message) => parts.sink.prepare(message)),
    };
    await publishAll(publishing, leaving, holds, { lane });
  }
  for (const { lane, refs } of left) {
    for (let at = 0; at < refs.length; at += PAGE) {
      await parts.store.withCurrent(org, refs.slice(at, at + PAGE), (youths) =>
        publishAll(
          publishing,
          { disclosures: [], items: () => currentStates(parts, org, youths, newest) },
          holds,
          { lane },
        ),
      );
    }
  }

  for (const lane of lanes) {
    lane.publishedUpto = lane.nextOffset;
    parts.order.advance(lane.id, lane.nextOffset);
    await parts.store.published(lane, lane.nextOffset);
  }
  return left.reduce((sum, { records }) => sum + records, 0);
}

/** What one lane's last worker may not have published, and whom it is about. */
interface Left {
  lane: Lane;
  refs: PersonRef[];
  records: number;
}

async function unpublished(store: Store, lane: Lane): Promise<StoredRecord[]> {
  const all: StoredRecord[] = [];
  for (let from = lane.publishedUpto; from < lane.nextOffset; ) {
    const page = await store.unpublished(lane, from, 2_000);
    all.push(...page);
    const last = page.at(-1);
    if (!last) break;
    from = last.offset + 1n;
  }
  return all;
}

/**
 * Messages of one youth that may be unpublished, oldest first, each as the first time: the youth as it was after that
 * very record. Also those of lanes owned by other workers or by none yet: two feeds can have written the same youth, and
 * a newer version may not go out before an older one.
 */
async function pending(
  parts: RecoveryParts,
  lanes: readonly Lane[],
  org: OrgId,
  history: readonly StoredRecord[],
): Promise<OutboxMessage[]> {
  const messages: OutboxMessage[] = [];
  let youth = UNKNOWN_YOUTH;
  for (const record of history) {
    youth = fold(youth, record.events);
    const own = lanes.find((lane) => lane.id === record.lane);
    if (record.offset < (own?.publishedUpto ?? (await parts.store.publishedUpto(record.lane)))) continue;
    messages.push(...toMessages(record.events, youth, metaOf(org, record)));
  }
  return messages;
}

/**
 * The compacted topic keeps the last record it gets: the current state, under the id of what made it so. Sent for every
 * youth, also one written again meanwhile: a fence takes effect only where something is sent under it.
 */
async function currentStates(
  parts: RecoveryParts,
  org: OrgId,
  youths: readonly LoadedYouth[],
  newest: ReadonlyMap<PersonRef, StoredRecord>,
): Promise<unknown[]> {
  const items: unknown[] = [];
  for (const { ref, youth, version } of youths) {
    const known = newest.get(ref);
    // Its row is locked: the last state in the history is the current one.
    const last = known?.version === version ? known : (await parts.queries.history(org, ref)).at(-1);
    if (last?.version !== version) throw new Error('a youth is not what its last event made it');
    items.push(parts.sink.prepare(ungdomMessage(youth, metaOf(org, last))));
  }
  return items;
}

function metaOf(org: OrgId, { ref, version, recorded, topic, partition, offset }: StoredRecord): MessageMeta {
  return { org, ref, version, recorded, position: `${topic}/${partition}/${offset}` };
}
