import { setTimeout as sleep } from 'node:timers/promises';
import type { LaneKey } from '../core/lane.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import type { LaneLoad, LaneLook } from '../desk/lanes/laneLoad.ts';
import { repeat } from '../jobs/repeat.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { laneName } from '../store/deal.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { JobBook } from '../telemetry/jobBook.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BridgeOrganisation } from './organisations.ts';

/** Watches every lane, in the database and in Kafka: one process's own lanes say nothing of the others. */
export interface LaneOverview extends LaneLook {
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
  jobs?: Pick<JobBook, 'enter'>;
  now?: () => number;
  everyMs?: number;
}): LaneOverview {
  const { now = () => performance.now(), everyMs = EVERY_MS } = parts;
  const own = new Map(
    parts.organisations.flatMap(({ id }) => FEEDS.map((feed) => [feedTopic(id, feed), id] as const)),
  );
  const idleSince = new Map<string, number>();
  const handling = createStillness(now);
  const sending = createStillness(now);
  const alerted = new Set<string>();
  let lanes: LaneLoad[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const seen = (await everyLane(parts, own)).map(({ places, ...lane }) => ({
      ...lane,
      stillMs: handling.of(nameOf(lane), places.handled, (lane.lag ?? 0) > 0),
      unsentMs: sending.of(nameOf(lane), places.published, lane.unpublished > 0),
    }));
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
    seen: parts.jobs?.enter('overview', everyMs),
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

/** For how long a place has not moved while something waited there. */
function createStillness(now: () => number) {
  const known = new Map<string, { place: bigint; since: number }>();
  return {
    of(name: string, place: bigint, waits: boolean): number | null {
      const before = known.get(name);
      if (!waits) {
        known.delete(name);
        return null;
      }
      if (before !== undefined && before.place === place) return now() - before.since;
      known.set(name, { place, since: now() });
      return 0;
    },
  };
}

type SeenLane = Omit<LaneLoad, 'stillMs' | 'unsentMs'> & { places: { handled: bigint; published: bigint } };

/** Lanes of Kafka and of the database: a lane that was never claimed is in Kafka alone. */
async function everyLane(
  parts: { source: Pick<FeedSource, 'endOffsets'>; queries: Pick<Queries, 'lanes'> },
  own: ReadonlyMap<string, OrgId>,
): Promise<SeenLane[]> {
  const known = await parts.queries.lanes();
  const byName = new Map<string, SeenLane>();
  const handled = new Map(known.map((lane) => [nameOf(lane), lane.nextOffset - lane.shift]));
  for (const { org, topic, partition, nextOffset, publishedUpto } of known) {
    const unpublished = Number(nextOffset - publishedUpto);
    const places = { handled: nextOffset, published: publishedUpto };
    byName.set(laneName(topic, partition), { org, topic, partition, lag: null, unpublished, places });
  }
  const topics = new Map([...own, ...known.map((lane) => [lane.topic, lane.org] as const)]);
  const read = await Promise.all(
    [...topics].map(async ([topic, org]) => ({ topic, org, ends: await endsOf(parts.source, topic) })),
  );
  for (const { topic, org, ends } of read) {
    for (const [partition, end] of ends) {
      const name = laneName(topic, partition);
      const unclaimed = { org, topic, partition, unpublished: 0, places: { handled: 0n, published: 0n } };
      const lane = byName.get(name) ?? unclaimed;
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
