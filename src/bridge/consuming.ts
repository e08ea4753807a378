import type { Lane, LaneKey } from '../core/lane.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { createLaneOrder } from '../pipeline/publish/laneOrder.ts';
import { recover } from '../pipeline/publish/recovery.ts';
import { createWorkers, type Workers } from '../pipeline/workers.ts';
import { createOwnership } from '../store/postgres/ownership.ts';
import { createCodec } from '../wire/codec.ts';
import { type LaneProcesses, startLaneProcesses } from './laneProcesses.ts';
import { createTrouble } from './logging.ts';
import type { BridgeOptions } from './options.ts';
import { othersRead } from './othersRead.ts';
import type { BridgeParts } from './parts.ts';
import { createPipelines } from './pipelines.ts';
import { createPublishing } from './publishing.ts';

export interface Consuming {
  running(): readonly LaneWorker[];
  /** Lanes this process owns, stopped ones included. */
  owned(): readonly LaneKey[];
  /** The processes that share the lanes with this one; null without any. */
  processes: LaneProcesses | null;
}

/** Works the feed topics: claims lanes, publishes what their last worker left in the outbox, and runs the pipeline. */
export async function startConsuming(
  options: BridgeOptions,
  parts: BridgeParts,
  processes: LaneProcesses | null,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Consuming> {
  processes?.begin();
  const { store, queries, source, log, telemetry, alarm } = parts;
  const stopping = new AbortController();
  const publishing = createPublishing(parts, stopping.signal);
  const order = createLaneOrder((laneId) => store.publishedUpto(laneId));
  const trouble = createTrouble(log, telemetry.meters, alarm, parts.refused);
  const codec = createCodec({ schemas: parts.schemas.out });
  const pipelines = createPipelines(parts, {
    ...{ codec, order, trouble, publishing },
    othersRead: (org) => othersRead(parts, org),
  });
  const workers: Workers = createWorkers({
    store,
    source,
    order,
    trouble,
    pipelineOf: (key) => pipelines.of(key),
    recover: (org, gained) => recoverLanes(org, gained),
    ended: (key) => ownership.giveUp(key),
  });
  const ownership = createOwnership({
    databaseUrl: options.databaseUrl,
    security: parts.databaseSecurity,
    lanes: await lanesOf(parts),
    gained: (keys) => workers.gained(keys),
    lost: (key) => workers.lost(key),
    onTrouble(error) {
      log.event('part.waiting', { part: 'ownership', error });
      parts.refused.database(error);
    },
  });

  async function recoverLanes(org: OrgId, gained: readonly Lane[]): Promise<void> {
    const began = performance.now();
    const sink = pipelines.sink(org);
    const records = await recover({ store, queries, order, sink, ...publishing }, org, gained);
    const [lane] = gained;
    if (!lane) return;
    const { topic, partition } = lane;
    log.event('lane.recovered', { org, topic, partition, records, ms: performance.now() - began });
  }

  // Together: those that stop later would be dealt the lanes of those that stop first.
  onStop(() => Promise.all([ownership.stop(), processes?.stop()]));
  onStop(async () => stopping.abort());
  await ownership.start();
  return { running: () => workers.running(), owned: () => ownership.owned(), processes };
}

/** Started before the parts are opened: loading a program takes as long. Null when the command works alone. */
export function laneProcessesOf(options: BridgeOptions): LaneProcesses | null {
  const { log, laneProcesses, brokers, kafkaSecurity, databaseUrl, databaseSecurity, vaultKey } = options;
  if (laneProcesses === undefined || laneProcesses.count === 0) return null;
  const { organisations, environment, topics, projections, vigo, otlpEndpoint, keptYouths } = options;
  const given = {
    ...{ brokers, databaseUrl, vaultKey, organisations, environment, topics, otlpEndpoint },
    roles: { consume: true, api: false, relay: false },
    http: { host: '127.0.0.1', port: 0 },
    ...(kafkaSecurity && { kafkaSecurity }),
    ...(databaseSecurity && { databaseSecurity }),
    ...(projections && { projections }),
    ...(vigo && { vigo }),
    ...(keptYouths !== undefined && { keptYouths }),
    ownLanesOnly: true,
    level: laneProcesses.level,
  };
  return startLaneProcesses(laneProcesses.count, given, { log, lines: laneProcesses.lines });
}

/** Every partition of every feed topic of every organisation. */
async function lanesOf({ organisations, source }: BridgeParts): Promise<LaneKey[]> {
  const topics = organisations.all.flatMap(({ id }) =>
    FEEDS.map((feed) => ({ org: id, topic: feedTopic(id, feed) })),
  );
  const counts = await source.start(topics.map(({ topic }) => topic));
  return topics.flatMap(({ org, topic }) =>
    Array.from({ length: counts.get(topic) ?? 0 }, (_, partition) => ({ org, topic, partition })),
  );
}
