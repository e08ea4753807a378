import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Kafka } from 'kafkajs';
import { ADAPTERS } from '../adapters/index.ts';
import { createApp } from './api/app.ts';
import { type ApiServer, startServer } from './api/server.ts';
import { drained } from './bridge/drained.ts';
import { createHealth } from './bridge/health.ts';
import { apiEvents, createTrouble } from './bridge/logging.ts';
import { type BridgeOrganisation, createOrganisations } from './bridge/organisations.ts';
import { startPolling } from './bridge/polling.ts';
import { buildDueReports } from './bridge/reports.ts';
import { createRivers } from './bridge/rivers.ts';
import type { VigoConfig } from './config.ts';
import { type IsoInstant, instantOf } from './core/date.ts';
import type { OutboxMessage } from './core/messages.ts';
import { FEEDS } from './core/statusEvent.ts';
import { feedTopic } from './core/topic.ts';
import type { FeedAdapter } from './intake/adapter.ts';
import { createKafkaSource } from './intake/consumer.ts';
import { createDecoder } from './intake/decode.ts';
import { loadInSchemas } from './intake/decodeSchemas.ts';
import type { FeedSource } from './intake/feedSource.ts';
import { createOpenAnswer } from './intake/heldAnswer.ts';
import { concludeLists } from './intake/lists.ts';
import { repeat } from './intake/repetition.ts';
import { unpackRecord } from './intake/sealedRecord.ts';
import { createTimekeeper } from './intake/timekeeper.ts';
import { ensureTopics } from './intake/topics.ts';
import { topicSpecs } from './intake/topicSpecs.ts';
import { createWorkers } from './intake/workers.ts';
import { createCodec } from './relay/codec.ts';
import { letKafkajsSleep } from './relay/kafkajsIdle.ts';
import { kafkajsLogging } from './relay/kafkajsLog.ts';
import { createKafkaPublisher } from './relay/kafkaPublisher.ts';
import { createLaneOrder } from './relay/laneOrder.ts';
import type { Publisher } from './relay/publisher.ts';
import { recover, stillPermitted } from './relay/recovery.ts';
import { loadSchemas } from './relay/schemaFiles.ts';
import { createSchemaRegistry } from './relay/schemaRegistry.ts';
import type { Desk, LaneKey, Reader, Store } from './store/port.ts';
import { createPostgresDesk } from './store/postgres/desk.ts';
import { organisationIds } from './store/postgres/organisation.ts';
import { createOwnership } from './store/postgres/ownership.ts';
import { answers, createPool } from './store/postgres/pool.ts';
import { createPostgresReader } from './store/postgres/reader.ts';
import { createPostgresStore } from './store/postgres/store.ts';
import { createVault, type Vault } from './store/vault.ts';
import { createAlarm } from './telemetry/alarm.ts';
import type { Logger } from './telemetry/logger.ts';
import { createTelemetry } from './telemetry/telemetry.ts';

// The bridge itself, wired to a Kafka and a PostgreSQL that are there already. `main.ts` starts the embedded
// ones; tests, benches and fault runs bring their own.

export interface BridgeOptions {
  brokers: readonly string[];
  databaseUrl: string;
  vaultKey: Buffer;
  organisations: readonly BridgeOrganisation[];
  environment: 'test' | 'production';
  roles: { consume: boolean; api: boolean };
  topics: { partitions: number; replication: number; retentionDays: number };
  http: { host: string; port: number };
  vigo?: VigoConfig & { key: string };
  otlpEndpoint?: string | undefined;
  log: Logger;
  /** Stands in for a real part in fault runs (planted bugs); the bridge itself knows nothing of it. */
  wrap?: {
    store?(store: Store): Store;
    publisher?(publisher: Publisher): Publisher;
    adapters?(adapters: readonly FeedAdapter[]): readonly FeedAdapter[];
  };
}

export interface Bridge {
  /** Where the API listens; null without the role. */
  url: string | null;
  store: Store;
  reader: Reader;
  desk: Desk;
  publisher: Publisher;
  vault: Vault;
  drained(org: string): Promise<void>;
  moveClock(org: string, to: IsoInstant): Promise<IsoInstant>;
  /** Drains and stops everything it started, in reverse order. */
  stop(): Promise<void>;
}

const SCHEMAS = fileURLToPath(new URL('../schemas/avro/', import.meta.url));
const LISTS_EVERY_MS = 1_000;
const REPORTS_EVERY_MS = 60 * 60_000;

export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { log } = options;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) => log.event('work.failed', { part: 'stop', error }));
    }
  };
  try {
    return { ...(await wire(options, (each) => stops.push(each))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function wire(
  options: BridgeOptions,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<Omit<Bridge, 'stop'>> {
  const { log, environment, brokers } = options;
  const organisations = createOrganisations(options.organisations);
  const telemetry = createTelemetry({ otlpEndpoint: options.otlpEndpoint });
  onStop(() => telemetry.shutdown());
  const { meters } = telemetry;
  const alarm = createAlarm({ log, meters });

  const pool = createPool({
    databaseUrl: options.databaseUrl,
    size: 16,
    onIdleError: (error) => log.event('part.waiting', { part: 'postgres', error }),
  });
  const ids = organisationIds(pool);
  const plainStore = createPostgresStore(pool, ids);
  const store = options.wrap?.store?.(plainStore) ?? plainStore;
  onStop(() => store.close());
  const reader = createPostgresReader(pool, ids);
  const desk = createPostgresDesk(pool, ids);
  await store.migrate();

  const topics = organisations.all.flatMap(({ id, virtualClock }) =>
    topicSpecs({ ...options.topics, org: id, virtualClock }),
  );
  await ensureTopics({
    brokers,
    topics,
    onDifference: (difference) => alarm('TOPIC_DIFFERS', { org: '', detail: difference }),
  });
  const onKafka = ({ code, error }: { code: string; error?: string }) =>
    log.event('kafka.client', { code, client: error });
  const plainPublisher = createKafkaPublisher({ brokers, clientId: 'ot-bridge', log: onKafka });
  const publisher = options.wrap?.publisher?.(plainPublisher) ?? plainPublisher;
  onStop(() => publisher.close());

  const vault = createVault(options.vaultKey);
  const inSchemas = loadInSchemas(`${SCHEMAS}in`);
  const outSchemas = loadSchemas(`${SCHEMAS}out`);
  const decode = createDecoder({ schemas: inSchemas });
  const order = createLaneOrder((laneId) => store.publishedUpto(laneId));
  const trouble = createTrouble(log, meters, alarm);
  const stopping = new AbortController();
  const publishRefused = async (error: unknown, attempt: number) => {
    if (stopping.signal.aborted) throw error;
    log.event('publish.retry', { topic: 'out', records: 0, attempt, error });
    await new Promise((resolve) => setTimeout(resolve, Math.min(250 * attempt, 5_000)));
  };
  const rivers = createRivers({
    organisations,
    adapters: options.wrap?.adapters?.(ADAPTERS) ?? ADAPTERS,
    decode,
    codec: createCodec({ schemas: outSchemas }),
    store,
    vault,
    publisher,
    order,
    environment,
    telemetry,
    log,
    trouble,
    publishRefused,
  });

  letKafkajsSleep();
  const source: FeedSource = createKafkaSource({
    kafka: new Kafka({
      brokers: [...brokers],
      clientId: 'ot-bridge',
      connectionTimeout: 10_000,
      ...kafkajsLogging(onKafka),
    }),
    groupId: `ot-bridge-${randomUUID()}`,
    onTrouble: (code) => log.event('kafka.client', { code: `consumer.${code}` }),
  });
  const lanes: LaneKey[] = [];
  const feedTopics = organisations.all.flatMap(({ id }) =>
    FEEDS.map((feed) => ({ org: id, topic: feedTopic(id, feed) })),
  );
  onStop(() => source.stop());
  await source.start(feedTopics.map(({ topic }) => topic));
  for (const { org, topic } of feedTopics) {
    const partitions = await source.partitionsOf(topic);
    for (let partition = 0; partition < partitions; partition += 1) lanes.push({ org, topic, partition });
  }

  const contextOf = (org: string) => ({
    county: organisations.get(org).county,
    environment,
    pseudonym: (number: string) => vault.pseudonym(number),
  });
  const drainedOf = (org: string) => drained({ source, reader }, org);
  const timekeeper = createTimekeeper({
    desk,
    publisher,
    organisations: organisations.all.map(({ id }) => id),
    now: () => instantOf(Date.now()),
    drained: drainedOf,
    log,
    alarm,
  });
  const workers = createWorkers({
    store,
    source,
    order,
    trouble,
    riverOf: (key) => rivers.of(key),
    async recover(org, gained) {
      const began = performance.now();
      const permitted = async (message: OutboxMessage) =>
        stillPermitted(message, { store, org, now: (await desk.virtualNow(org)) ?? instantOf(Date.now()) });
      const records = await recover(
        { store, reader, publisher, order, publishRefused, outgoing: rivers.outgoing(org), permitted },
        org,
        gained,
      );
      const [lane] = gained;
      if (lane)
        log.event('lane.recovered', {
          org,
          topic: lane.topic,
          partition: lane.partition,
          records,
          ms: performance.now() - began,
        });
    },
    ended: (key) => ownership.giveUp(key),
  });
  const ownership = createOwnership({
    databaseUrl: options.databaseUrl,
    lanes,
    gained: (keys) => workers.gained(keys),
    lost: (key) => workers.lost(key),
    onTrouble: (error) => log.event('part.waiting', { part: 'ownership', error }),
  });

  if (options.roles.consume) {
    onStop(() => ownership.stop());
    onStop(async () => stopping.abort());
    await ownership.start();
    timekeeper.start();
    onStop(() => timekeeper.stop());
    const failed = (part: string) => (error: unknown) => log.event('work.failed', { part, error });
    const lists = repeat({
      everyMs: LISTS_EVERY_MS,
      work: () =>
        concludeLists({
          desk,
          publisher,
          log,
          alarm,
          concludedRefs: (org, list, count) => desk.concludedRefs(org, list, count),
          policyFor: (org) => organisations.policyOf(org),
          limitFor: () => ({ share: options.vigo?.shrinkageLimit ?? 0.1, count: 10 }),
          async knownRefs(org, refs) {
            const youths = await store.load(org, refs);
            return new Set(refs.filter((ref) => (youths.get(ref)?.version ?? 0) > 0));
          },
          openAnswer: createOpenAnswer({ vault, decode, adapter: adapterOf('nav-match'), contextOf }),
        }),
      failed: failed('lists'),
    });
    onStop(() => lists.stop());
    const reports = repeat({
      everyMs: REPORTS_EVERY_MS,
      work: () => buildDueReports({ organisations, reader, desk }),
      failed: failed('reports'),
    });
    onStop(() => reports.stop());
    if (options.vigo) {
      const mine = (org: string) =>
        workers.running().some(({ lane }) => lane.topic === feedTopic(org, 'bridge') && lane.partition === 0);
      const { vigo } = options;
      const schedules = await startPolling(
        {
          vigo,
          apiKey: vigo.key,
          adapters: ADAPTERS,
          environment,
          publisher,
          store,
          vault,
          desk,
          log,
          meters,
          alarm,
        },
        mine,
      );
      onStop(() => Promise.all(schedules.map((schedule) => schedule.stop())));
    }
  }
  telemetry.observe({
    lag: () =>
      workers.running().map(({ lane, highWatermark }) => reading(lane, highWatermark() - lane.nextOffset)),
    unpublished: () =>
      workers.running().map(({ lane }) => reading(lane, lane.nextOffset - lane.publishedUpto)),
    parked: async () =>
      Promise.all(
        organisations.all.map(async ({ id }) => ({ org: id, value: (await reader.parked(id)).length })),
      ),
  });

  const moveClock = async (org: string, to: IsoInstant) => {
    // A virtual clock that has never been set has nothing that could be due: it is set, not moved.
    const unset = organisations.get(org).virtualClock && (await desk.virtualNow(org)) === null;
    return unset ? desk.moveClock(org, to) : (await timekeeper.moveClock(org, to)).now;
  };
  let server: ApiServer | undefined;
  if (options.roles.api) {
    const health = createHealth({
      running: () => workers.running(),
      consuming: options.roles.consume,
      kafkaAnswers: async () => (await source.partitionsOf(feedTopics[0]?.topic ?? '')) > 0,
      databaseAnswers: () => answers(pool),
    });
    const tellProblem = ({ id, error }: { id: string; error: unknown }) =>
      log.event('http.failed', { id, error });
    const app = createApp({
      reader,
      desk,
      store,
      vault,
      publisher,
      adapters: ADAPTERS,
      organisations: organisations.all,
      environment,
      now: Date.now,
      newId: randomUUID,
      health,
      metrics: () => telemetry.prometheus(),
      registry: createSchemaRegistry({ out: outSchemas, in: loadSchemas(`${SCHEMAS}in`) }),
      decode,
      keptRecord: unpackRecord,
      moveClock,
      log: apiEvents(log),
      tellProblem,
    });
    const listening = await startServer({
      fetch: (request) => app.fetch(request),
      ...options.http,
      tellProblem,
      newId: randomUUID,
    });
    server = listening;
    onStop(() => listening.close());
  }
  return { url: server?.url ?? null, store, reader, desk, publisher, vault, drained: drainedOf, moveClock };
}

function adapterOf(feed: (typeof FEEDS)[number]): (typeof ADAPTERS)[number] {
  const adapter = ADAPTERS.find((each) => each.feed === feed);
  if (!adapter) throw new Error(`no adapter reads ${feed}`);
  return adapter;
}

function reading(
  lane: LaneKey,
  value: bigint,
): { org: string; topic: string; partition: number; value: number } {
  return { org: lane.org, topic: lane.topic, partition: lane.partition, value: Number(value) };
}
