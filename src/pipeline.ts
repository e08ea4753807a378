import { decideAll } from './intake/deciding.ts';
import { disposition } from './intake/disposition.ts';
import type { FeedRecord } from './intake/feedSource.ts';
import { identify } from './intake/people.ts';
import type { DecidingParts } from './intake/personDeciding.ts';
import { type ReaderParts, read } from './intake/reading.ts';
import type { FeedTrouble } from './intake/trouble.ts';
import { LaneLost } from './relay/laneLost.ts';
import type { LanePublishing } from './relay/lanePublishing.ts';
import type { PublishParts } from './relay/publishBatch.ts';
import type { Lane, Store } from './store/port.ts';
import type { Vault } from './store/vault.ts';
import type { BatchTelemetry } from './telemetry/batch.ts';

/** What a lane works with. */
export interface River extends PublishParts {
  store: Store;
  vault: Vault;
  reader: ReaderParts;
  policy: DecidingParts['policy'];
  telemetry: BatchTelemetry;
  trouble: FeedTrouble;
}

/** After so many clashes in a row it is no clash: the batch is tried again later, and somebody is told. */
const MOST_CLASHES = 20;

/**
 * One batch of one lane: read → load → decide → commit → publish. Returns once it is committed; publishing goes on
 * beside the next batches, in order.
 */
export async function handleBatch(
  river: River,
  lane: Lane,
  records: readonly FeedRecord[],
  publishing: LanePublishing,
): Promise<void> {
  const last = records.at(-1);
  if (!last) return;
  const nextOffset = last.offset + 1n;
  const span = river.telemetry.start(lane, records);
  try {
    const readings = records.map((record) => read(river.reader, record));
    const verdicts = readings.map(({ verdict }) => verdict);

    // Apart, so that the youths as they were loaded are garbage while the batch is committed.
    const decide = async () => {
      const people = await span.phase('load', () => identify(river, lane.org, verdicts));
      return span.phase('decide', () =>
        decideAll(
          { ...river, lane, onDecisionFailed: (ref, error) => river.trouble.parked(lane, ref, error) },
          readings,
          people,
        ),
      );
    };

    for (let retries = 0; ; retries += 1) {
      const decided = await decide();
      await publishing.room();
      const result = await span.phase('commit', () =>
        river.store.commit({ ...decided.commit, lane, nextOffset, publishedUpto: lane.publishedUpto }),
      );
      switch (result) {
        case 'committed': {
          lane.nextOffset = nextOffset;
          const { outgoing, quarantined, behind } = decided;
          span.end(
            decided,
            records,
            retries,
            // Without what was committed: it would wait in memory for Kafka.
            span.phase('publish', () => publishing.add(nextOffset, { outgoing, quarantined, behind })),
          );
          return;
        }
        case 'moved':
          if (retries === MOST_CLASHES || disposition('youth-moved').action !== 'retry') {
            throw new Error('the batch clashes with what is stored, again and again');
          }
          break;
        case 'fenced':
          throw new LaneLost();
      }
    }
  } catch (error) {
    span.fail(error);
    throw error;
  }
}
