import { setTimeout as sleep } from 'node:timers/promises';
import type { LaneKey } from '../core/lane.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import { repeat } from '../jobs/repeat.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { laneName } from '../store/deal.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BridgeOrganisation } from './organisations.ts';

/** One lane, whichever worker has it. */
export interface LaneLoad extends LaneKey {
  /** Null while Kafka does not give the partition's end. */
  lag: number | null;
  unpublished: number;
}

/** Watches every lane, in the database and in Kafka: one process's own lanes say nothing of the others. */
export interface LaneOverview {
  /** Every lane as of a moment ago; none after a minute without an answer. */
  loads(): Promise<readonly LaneLoad[]>;
  /** Lanes of this process's organisations without progress for longer than a handover takes. */
  unworked(): string[];
  stop(): Promise<void>;
}

const EVERY_MS = 10_000;
const FRESH_MS = 2_000;
/** Longer than the handover of a lane from one worker to another; together with the interval between two looks, less
 *  than a minute. */
const HANDOVER_MS = 35_000;
const ANSWER_MS = 3_000;
/** Older readings are discarded. */
const STALE_MS = 60_000;

export function startLaneOverview(parts: {
  organisations: readonly Pick<BridgeOrganisation, 'id'>[];
  source: Pick<FeedSource, 'endOffsets'>;
  queries: Pick<Queries, 'lanes'>;
  /** The lanes of `names` that a process owns. */
  held(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Lanes this process owns, and lanes it works. */
  owned(): readonly LaneKey[];
  running(): readonly Pick<LaneWorker, 'lane'>[];
  alarm: RaiseAlarm;
  log: Logger;
  now?: () => number;
  everyMs?: number;
}): LaneOverview {
  const { now = () => performance.now(), everyMs = EVERY_MS } = parts;
  const own = new Map(
    parts.organisations.flatMap(({ id }) => FEEDS.map((feed) => [feedTopic(id, feed), id] as const)),
  );
  const idleSince = new Map<string, number>();
  const alerted = new Set<string>();
  let lanes: LaneLoad[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const seen = await everyLane(parts, own);
    const held = await parts.held(seen.map(nameOf));
    const mine = new Set(parts.owned().map(nameOf));
    const running = new Set(parts.running().map(({ lane }) => nameOf(lane)));
    for (const lane of seen) {
      const name = nameOf(lane);
      const worked = mine.has(name) ? running.has(name) : held.has(name);
      // An organisation that no process here works for may have left, unless it has unread records.
      if (worked || (!own.has(lane.topic) && !lane.lag)) {
        idleSince.delete(name);
        alerted.delete(name);
        continue;
      }
      if (!idleSince.has(name)) idleSince.set(name, now());
      if (!isUnworked(name) || alerted.has(name)) continue;
      alerted.add(name);
      parts.alarm('LANE_UNWORKED', { org: lane.org, detail: name, count: lane.lag ?? 0 });
    }
    lanes = seen;
    lookedAt = now();
  }

  const isUnworked = (name: string) => now() - (idleSince.get(name) ?? now()) >= HANDOVER_MS;
  const lookOnce = () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const looks = repeat({
    everyMs,
    work: lookOnce,
    failed: (error) => parts.log.event('part.waiting', { part: 'lane-overview', error }),
  });

  return {
    async loads() {
      if (now() - lookedAt > FRESH_MS) await lookOnce().catch(() => undefined);
      return now() - lookedAt > STALE_MS ? [] : lanes;
    },
    unworked: () =>
      lanes
        .filter(({ topic }) => own.has(topic))
        .map(nameOf)
        .filter(isUnworked),
    stop: () => looks.stop(),
  };
}

/** Lanes of Kafka and of the database: a lane that was never claimed is in Kafka alone. */
async function everyLane(
  parts: { source: Pick<FeedSource, 'endOffsets'>; queries: Pick<Queries, 'lanes'> },
  own: ReadonlyMap<string, OrgId>,
): Promise<LaneLoad[]> {
  const known = await parts.queries.lanes();
  const byName = new Map<string, LaneLoad>();
  const handled = new Map(known.map((lane) => [nameOf(lane), lane.nextOffset - lane.shift]));
  for (const { org, topic, partition, nextOffset, publishedUpto } of known) {
    const unpublished = Number(nextOffset - publishedUpto);
    byName.set(laneName(topic, partition), { org, topic, partition, lag: null, unpublished });
  }
  const topics = new Map([...own, ...known.map((lane) => [lane.topic, lane.org] as const)]);
  const read = await Promise.all(
    [...topics].map(async ([topic, org]) => ({ topic, org, ends: await endsOf(parts.source, topic) })),
  );
  for (const { topic, org, ends } of read) {
    for (const [partition, end] of ends) {
      const name = laneName(topic, partition);
      const lane = byName.get(name) ?? { org, topic, partition, unpublished: 0 };
      byName.set(name, { ...lane, lag: Math.max(0, Number(end - (handled.get(name) ?? 0n))) });
    }
  }
  return [...byName.values()];
}

/** None for a topic that is gone or does not answer in time: only the database knows its lanes then. */
async function endsOf(source: Pick<FeedSource, 'endOffsets'>, topic: string): Promise<Map<number, bigint>> {
  const nothing = new Map<number, bigint>();
  return Promise.race([
    source.endOffsets(topic).catch(() => nothing),
    sleep(ANSWER_MS, nothing, { ref: false }),
  ]);
}

export function nameOf({ topic, partition }: Pick<LaneKey, 'topic' | 'partition'>): string {
  return laneName(topic, partition);
}
