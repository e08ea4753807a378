import type { Lane, LaneKey } from '../core/lane.ts';
import type { NavDisclosure } from '../core/messages/messages.ts';
import { feedTopic } from '../core/messages/topic.ts';
import { type IsoInstant, instantOf } from '../core/time/date.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { stillPermitted } from '../pipeline/publish/disclosure.ts';
import { createLaneOrder } from '../pipeline/publish/laneOrder.ts';
import { recover } from '../pipeline/publish/recovery.ts';
import { createWorkers, type Workers } from '../pipeline/workers.ts';
import { createOwnership } from '../store/postgres/ownership.ts';
import { createCodec } from '../wire/codec.ts';
import { createTrouble } from './logging.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';
import { createRivers, type Rivers } from './rivers.ts';

export interface Consuming {
  running(): readonly LaneWorker[];
  /** Lanes this process owns, stopped ones included. */
  owned(): readonly LaneKey[];
}

/** Works the feed topics: claims lanes, publishes what their last worker left in the outbox, and runs the pipeline. */
export async function startConsuming(
  options: BridgeOptions,
  parts: BridgeParts,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Consuming> {
  const { organisations, store, desk, source, log, telemetry, alarm } = parts;
  const stopping = new AbortController();
  const publishRefused = async (error: unknown, attempt: number) => {
    if (stopping.signal.aborted) throw error;
    log.event('publish.retry', { topic: 'out', records: 0, attempt, error });
    await new Promise((resolve) => setTimeout(resolve, Math.min(250 * attempt, 5_000)));
  };
  const holds = (lane: Lane) => store.published(lane, lane.publishedUpto);
  const permitted = async (message: NavDisclosure, org: string) => {
    const now: IsoInstant = (await desk.virtualNow(org)) ?? instantOf(Date.now());
    return stillPermitted(message, { store, org, now, policy: organisations.policyOf(org) });
  };
  const order = createLaneOrder((laneId) => store.publishedUpto(laneId));
  const trouble = createTrouble(log, telemetry.meters, alarm);
  const codec = createCodec({ schemas: parts.schemas.out });
  const rivers = createRivers({ ...parts, codec, order, trouble, publishRefused, holds, permitted });
  const workers: Workers = createWorkers({
    store,
    source,
    order,
    trouble,
    riverOf: (key) => rivers.of(key),
    recover: (org, gained) =>
      recoverLanes({ ...parts, order, publishRefused, holds, permitted, rivers }, org, gained),
    ended: (key) => ownership.giveUp(key),
  });
  const ownership = createOwnership({
    databaseUrl: options.databaseUrl,
    lanes: await lanesOf(parts),
    gained: (keys) => workers.gained(keys),
    lost: (key) => workers.lost(key),
    onTrouble: (error) => log.event('part.waiting', { part: 'ownership', error }),
  });
  onStop(() => ownership.stop());
  onStop(async () => stopping.abort());
  await ownership.start();
  return { running: () => workers.running(), owned: () => ownership.owned() };
}

/** Every partition of every feed topic of every organisation. */
async function lanesOf({ organisations, source }: BridgeParts): Promise<LaneKey[]> {
  const topics = organisations.all.flatMap(({ id }) =>
    FEEDS.map((feed) => ({ org: id, topic: feedTopic(id, feed) })),
  );
  await source.start(topics.map(({ topic }) => topic));
  const lanes: LaneKey[] = [];
  for (const { org, topic } of topics) {
    const partitions = await source.partitionsOf(topic);
    for (let partition = 0; partition < partitions; partition += 1) lanes.push({ org, topic, partition });
  }
  return lanes;
}

interface Recovering extends BridgeParts {
  order: ReturnType<typeof createLaneOrder>;
  rivers: Rivers;
  publishRefused(error: unknown, attempt: number): Promise<void>;
  holds(lane: Lane): Promise<boolean>;
  permitted(message: NavDisclosure, org: string): Promise<boolean>;
}

async function recoverLanes(parts: Recovering, org: string, lanes: readonly Lane[]): Promise<void> {
  const { rivers, log } = parts;
  const began = performance.now();
  const records = await recover({ ...parts, sink: rivers.sink(org) }, org, lanes);
  const [lane] = lanes;
  if (!lane) return;
  const { topic, partition } = lane;
  log.event('lane.recovered', { org, topic, partition, records, ms: performance.now() - began });
}
