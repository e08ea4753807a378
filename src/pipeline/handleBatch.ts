import type { Lane } from '../core/lane.ts';
import { LaneLost } from '../core/laneLost.ts';
import type { AgreementTerm } from '../core/nav/agreement.ts';
import { mayKeepRecord } from '../core/nav/registers.ts';
import type { Policy } from '../core/policy.ts';
import type { FeedRecord } from '../kafka/feedSource.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { BatchTelemetry } from './batchTelemetry.ts';
import { decideAll } from './decideBatch.ts';
import { nothingDecided } from './decidedBatch.ts';
import { identify } from './load.ts';
import type { PublishParts } from './publish/publishBatch.ts';
import type { PublishWindow } from './publish/publishWindow.ts';
import { createReader, type ReaderParts } from './read.ts';
import type { FeedTrouble } from './trouble.ts';
import { packingFor } from './writes.ts';

/** What a lane works with. */
export interface Pipeline extends PublishParts {
  store: Store;
  /** Resolves when what the organisation's other feeds hold is decided. */
  othersRead(): Promise<void>;
  /** With NAV, of the organisation. */
  agreements(): Promise<readonly AgreementTerm[]>;
  vault: Vault;
  reader: ReaderParts;
  policy: Policy;
  telemetry: BatchTelemetry;
  trouble: FeedTrouble;
}

/** Version conflicts in a row before the batch is abandoned, retried with backoff and reported. */
const MOST_CONFLICTS = 20;

/** What is taken from a lane's queue at a time. */
export interface LaneBatch {
  records: readonly FeedRecord[];
  /** First offset after the records, and after those without a record that follow them. */
  next: bigint;
}

/**
 * One batch of one lane: read → load → decide → commit → publish. Returns once it is committed; publishing goes on in
 * parallel, in order.
 */
export async function handleBatch(
  pipeline: Pipeline,
  lane: Lane,
  { records, next: nextOffset }: LaneBatch,
  window: PublishWindow,
): Promise<void> {
  const last = records.at(-1);
  if (!last) return pass(pipeline, lane, nextOffset, window);
  const mark = { offset: last.offset, digest: pipeline.vault.recordTag(last) };
  const span = pipeline.telemetry.start(lane, records);
  try {
    const readings = records.map(createReader(pipeline.reader));
    const packing = packingFor(pipeline.sink);

    // Apart, so that the youths as they were loaded are garbage while the batch is committed.
    const decide = async () => {
      const people = await span.phase('load', () => identify(pipeline, lane.org, readings));
      // A revoked one ends it with the next batch.
      const agreements = pipeline.reader.adapter.register === undefined ? [] : await pipeline.agreements();
      return span.phase('decide', () =>
        decideAll(
          {
            ...pipeline,
            packing,
            lane,
            agreements,
            mayKeep: mayKeepRecord,
            onDecisionFailed: (ref, error) => pipeline.trouble.parked(lane, ref, error),
          },
          readings,
          people,
        ),
      );
    };

    if (pipeline.reader.adapter.register !== undefined) await pipeline.othersRead();
    for (let retries = 0; ; retries += 1) {
      const decided = await decide();
      await window.room();
      const result = await span.phase('commit', () =>
        pipeline.store.commit({
          ...decided.commit,
          lane,
          nextOffset,
          mark,
          publishedUpto: lane.publishedUpto,
        }),
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
            span.phase('publish', () => window.add(nextOffset, { outgoing, quarantined, behind })),
          );
          return;
        }
        case 'moved':
          if (retries === MOST_CONFLICTS) throw new Error(`${MOST_CONFLICTS} version conflicts in a row`);
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

/** Offsets that hold no record: markers of transactions, records taken back, holes of compaction. The cursor comes to rest
 *  behind them, or Kafka would one day delete what it believes unread. */
async function pass(
  pipeline: Pipeline,
  lane: Lane,
  nextOffset: bigint,
  window: PublishWindow,
): Promise<void> {
  await window.room();
  const { publishedUpto } = lane;
  const result = await pipeline.store.commit({
    ...nothingDecided().commit,
    lane,
    nextOffset,
    mark: null,
    publishedUpto,
  });
  if (result !== 'committed') throw new LaneLost();
  lane.nextOffset = nextOffset;
  void window.add(nextOffset, { outgoing: [], quarantined: [], behind: [] }).catch(() => undefined);
}
