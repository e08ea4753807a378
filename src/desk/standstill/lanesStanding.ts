import { feedTopic } from '../../core/messages/topic.ts';
import type { OrgId } from '../../core/organisation.ts';
import { instantOf } from '../../core/time/date.ts';
import { FEEDS, type Feed } from '../../core/youth/statusEvent.ts';
import { laneName } from '../../store/deal.ts';
import type { LaneState } from '../../store/queriesPort.ts';
import type { LaneLoad } from '../lanes/laneLoad.ts';
import type { DeskParts } from '../parts.ts';
import { type Standing, standing } from './standing.ts';

/** A batch is handled in seconds, and a lane's new owner needs half a minute. */
const STILL_MS = 45_000;

/** How a feed goes: all its lanes together. */
export interface FeedLoad {
  feed: Feed;
  /** Records that are not handled; null while Kafka does not say. */
  waiting: number | null;
}

export interface LanesSeen {
  loads: FeedLoad[];
  standing: Standing[];
}

/** Of the organisation's own lanes. */
export async function lanesStanding(
  { queries, laneLook, now }: Pick<DeskParts, 'queries' | 'laneLook' | 'now'>,
  org: OrgId,
): Promise<LanesSeen> {
  const [stored, seen] = await Promise.all([queries.lanes(), laneLook.loads()]);
  const unworked = new Set(laneLook.unworked());
  const found: Standing[] = [];
  const loads: FeedLoad[] = [];
  for (const feed of FEEDS) {
    const topic = feedTopic(org, feed);
    const lanes = seen.filter((lane) => lane.topic === topic);
    loads.push({ feed, waiting: sumOf(lanes, ({ lag }) => lag) });
    const stopped = stored.filter((lane) => lane.topic === topic && lane.stopped !== null);
    found.push(...stopped.map((lane) => stoppedLane(feed, lane)));
    const standsAlready = new Set(stopped.map(nameOf));
    const others = lanes.filter((lane) => !standsAlready.has(nameOf(lane)));
    const idle = others.filter((lane) => unworked.has(nameOf(lane)) && (lane.lag ?? 0) > 0);
    const still = others.filter((lane) => (lane.stillMs ?? 0) >= STILL_MS && !idle.includes(lane));
    const unsent = others.filter((lane) => (lane.unsentMs ?? 0) >= STILL_MS);
    for (const [kind, some, waits] of [
      ['LANE_UNWORKED', idle, ({ lag }: LaneLoad) => lag],
      ['LANE_STILL', still, ({ lag }: LaneLoad) => lag],
      ['LANE_UNSENT', unsent, ({ unpublished }: LaneLoad) => unpublished],
    ] as const) {
      if (some.length === 0) continue;
      const longest = Math.max(
        ...some.map((lane) => (kind === 'LANE_UNSENT' ? lane.unsentMs : lane.stillMs) ?? 0),
      );
      const since = instantOf(Math.round(now() - longest));
      found.push(standing(kind, { feed, count: sumOf(some, waits) ?? 0, since }));
    }
  }
  return { loads, standing: found };
}

function stoppedLane(feed: Feed, { partition, stopped }: LaneState): Standing {
  return standing('LANE_STANDS', {
    ...{ feed, name: String(partition), count: 1 },
    ...{ since: stopped?.since ?? null, detail: stopped?.text ?? null },
  });
}

function nameOf({ topic, partition }: { topic: string; partition: number }): string {
  return laneName(topic, partition);
}

/** Null when none of them is known. */
function sumOf(lanes: readonly LaneLoad[], count: (lane: LaneLoad) => number | null): number | null {
  const known = lanes.flatMap((lane) => count(lane) ?? []);
  return known.length === 0 ? null : known.reduce((one, other) => one + other, 0);
}
