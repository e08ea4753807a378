import { setTimeout as sleep } from 'node:timers/promises';
import { REGISTER_FEEDS } from '../core/consent/disclosesNav.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS, type Feed } from '../core/youth/statusEvent.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { Queries } from '../store/queriesPort.ts';

const POLL_MS = 20;
/** A lane that waits longer tries again, and that is logged: another lane may be stopped. */
const PATIENCE_MS = 10_000;

const REGISTERS: ReadonlySet<Feed> = new Set(REGISTER_FEEDS);
/** Feeds that say who is known, has consented and is in hiding. */
const OTHERS = FEEDS.filter((feed) => feed !== 'bridge' && !REGISTERS.has(feed));

export class OthersBehind extends Error {
  override readonly name = 'OthersBehind';
}

/**
 * Resolves when what the organisation's other feeds held at the call is decided: before that it is not known of whom
 * something from NAV may be kept, and what is not kept is not read again. @throws OthersBehind
 */
export async function othersRead(
  parts: { source: Pick<FeedSource, 'endOffsets'>; queries: Pick<Queries, 'lanes'>; patienceMs?: number },
  org: OrgId,
): Promise<void> {
  const ends = new Map<string, bigint>();
  for (const feed of OTHERS) {
    const topic = feedTopic(org, feed);
    for (const [partition, end] of await parts.source.endOffsets(topic))
      if (end > 0n) ends.set(`${topic}/${partition}`, end);
  }
  const until = performance.now() + (parts.patienceMs ?? PATIENCE_MS);
  for (;;) {
    for (const { topic, partition, nextOffset, shift } of await parts.queries.lanes()) {
      const end = ends.get(`${topic}/${partition}`);
      // Kafka's end offset, as the lane counts.
      if (end !== undefined && nextOffset >= end + shift) ends.delete(`${topic}/${partition}`);
    }
    if (ends.size === 0) return;
    if (performance.now() > until) throw new OthersBehind('the other feeds of the organisation are not read');
    await sleep(POLL_MS);
  }
}
