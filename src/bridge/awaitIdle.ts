import { setTimeout as sleep } from 'node:timers/promises';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { Queries } from '../store/queriesPort.ts';

const POLL_MS = 20;

/** Resolves when every record that was in the organisation's feed topics at the call is decided, committed and
 *  published, by whichever worker. */
export async function awaitIdle(parts: { source: FeedSource; queries: Queries }, org: OrgId): Promise<void> {
  const ends = new Map<string, bigint>();
  for (const feed of FEEDS) {
    const topic = feedTopic(org, feed);
    for (const [partition, end] of await parts.source.endOffsets(topic)) {
      if (end > 0n) ends.set(`${topic}/${partition}`, end);
    }
  }
  while (ends.size > 0) {
    for (const lane of await parts.queries.lanes()) {
      const name = `${lane.topic}/${lane.partition}`;
      const end = ends.get(name);
      // Kafka's end offset, as the lane counts.
      const upto = end === undefined ? undefined : end + lane.shift;
      if (upto !== undefined && lane.nextOffset >= upto && lane.publishedUpto >= upto) ends.delete(name);
    }
    if (ends.size > 0) await sleep(POLL_MS);
  }
}
