import { fileURLToPath } from 'node:url';
import { ADAPTERS } from '../../adapters/index.ts';
import { type AccessStore, createAccessStore } from '../access/accessStore.ts';
import { giveAccesses } from '../access/giveAccesses.ts';
import { NO_ACCESSES } from '../config/accessFile.ts';
import { KEPT_YOUTHS_MB } from '../config/defaults.ts';
import type { Permission } from '../core/access/permission.ts';
import type { FeedAdapter } from '../core/feedAdapter.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import { createKafkaPublisher } from '../kafka/kafkaPublisher.ts';
import { createKafkaSource } from '../kafka/kafkaSource.ts';
import type { Publisher } from '../kafka/publisher.ts';
import type { KafkaRole } from '../kafka/rights.ts';
import { topicSpecs } from '../kafka/topicSpecs.ts';
import { ensureTopics } from '../kafka/topics.ts';
import type { BulkReading } from '../store/bulkPort.ts';
import type { FintProjection, FintReading } from '../store/fintPort.ts';
import { createKeepingStore } from '../store/keepingStore.ts';
import type { NavRecords } from '../store/navPort.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Store } from '../store/port.ts';
import { createPostgresAccess } from '../store/postgres/access.ts';
import { type SigningTurn, signDueHeads } from '../store/postgres/auditCheckpoint.ts';
import type { DatabaseSecurity } from '../store/postgres/clientConfig.ts';
import { createPostgresFintProjection } from '../store/postgres/fintProjection.ts';
import { heldLanes } from '../store/postgres/members.ts';
import { createPostgresNav } from '../store/postgres/nav.ts';
import { createPostgresOperations } from '../store/postgres/operations.ts';
import { organisationIds } from '../store/postgres/organisation.ts';
import { createPool } from '../store/postgres/pool.ts';
import { startPulse } from '../store/postgres/pulse.ts';
import { createPostgresQueries } from '../store/postgres/queries.ts';
import { createReaders } from '../store/postgres/readers.ts';
import { createPostgresSessions } from '../store/postgres/sessions.ts';
import { createPostgresStore } from '../store/postgres/store.ts';
import { proveVaultKey } from '../store/postgres/vaultKey.ts';
import type { Queries } from '../store/queriesPort.ts';
import type { Sessions } from '../store/sessionsPort.ts';
import type { SheetReading } from '../store/sheetsPort.ts';
import type { UploadRecords } from '../store/uploadPort.ts';
import { createVault, type Vault } from '../store/vault.ts';
import type { VigoRecords } from '../store/vigoPort.ts';
import { createAlarm, type RaiseAlarm } from '../telemetry/alarm.ts';
import { createJobBook, type JobBook } from '../telemetry/jobBook.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { createDecoder, type Decode } from '../wire/decode.ts';
import { loadSchemas, type RegisteredSchema } from '../wire/schemaFiles.ts';
import { createRefusalAlarm, databaseSecurity, kafkaConnection, type RefusalAlarm } from './connections.ts';
import type { BridgeOptions, Wrappers } from './options.ts';
import { createOrganisations, type Organisations } from './organisations.ts';
import { type RelayParts, relayParts } from './relayParts.ts';
import { openRequestStore, type RequestStore } from './requestStore.ts';

/** Shared parts of all roles: the database, Kafka, the schemas, the keys. */
export interface BridgeParts {
  organisations: Organisations;
  /** When each job of this process last ran. */
  jobs: JobBook;
  adapters: readonly FeedAdapter[];
  environment: 'test' | 'production';
  store: Store;
  queries: Queries;
  operations: Operations;
  /** What requests use, on connections of their own: the pipeline does not wait for them. */
  requests: RequestStore;
  /** The same for one caller: the database lets nothing through that is out of the permission's reach. */
  readAs(permission: Permission): Pick<RequestStore, 'queries' | 'operations'>;
  /** FINT's view as its sender works with it. */
  fint: FintProjection;
  fintAs(permission: Permission): FintReading;
  vigoAs(permission: Permission): VigoRecords;
  /** The exchange with NAV as jobs work with it. */
  nav: NavRecords;
  navAs(permission: Permission): NavRecords;
  uploadsAs(permission: Permission): UploadRecords;
  bulkAs(permission: Permission): BulkReading;
  sheetsAs(permission: Permission): SheetReading;
  /** Who is logged in. */
  sessions: Sessions;
  /** Accesses in force now, of those who call. */
  access: AccessStore;
  signDueHeads(turn: SigningTurn): Promise<void>;
  databaseAnswers(): boolean;
  /** The lanes of `names` that a process owns. */
  heldLanes(names: readonly string[]): Promise<ReadonlySet<string>>;
  publisher: Publisher;
  source: FeedSource;
  vault: Vault;
  decode: Decode;
  schemas: { in: RegisteredSchema[]; out: RegisteredSchema[] };
  telemetry: Telemetry;
  log: Logger;
  alarm: RaiseAlarm;
  refused: RefusalAlarm;
  /** Calls to receivers: what is planned and sent, and how they are reached. */
  relay: RelayParts;
  /** Of connections outside the pools. */
  databaseSecurity: DatabaseSecurity;
}

const SCHEMAS = fileURLToPath(new URL('../../schemas/avro/', import.meta.url));

/** Less than what counts as stopped, so that each wait of a lane ends in a new try. In milliseconds. */
const PIPELINE_LIMITS = {
  statement: 120_000,
  lock: 60_000,
  idleInTransaction: 120_000,
  answer: 125_000,
  connection: 10_000,
};

/** A turn of planning reads some thousand records. Milliseconds. */
const RELAY_LIMITS = {
  statement: 60_000,
  lock: 10_000,
  idleInTransaction: 30_000,
  answer: 65_000,
  connection: 5_000,
};

/** Milliseconds; a row by its key each. */
const CALLERS_LIMITS = {
  statement: 2_000,
  lock: 1_000,
  idleInTransaction: 2_000,
  answer: 3_000,
  connection: 2_000,
};

/** Opens them in dependency order. @param onStop receives what closes each */
export async function openParts(
  options: BridgeOptions,
  wrappers: Wrappers,
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<BridgeParts> {
  const { log, environment, brokers, databaseUrl } = options;
  const organisations = createOrganisations(options.organisations);
  const telemetry = createTelemetry({ otlpEndpoint: options.otlpEndpoint });
  onStop(() => telemetry.shutdown());
  const alarm = createAlarm({ log, meters: telemetry.meters });
  const refused = createRefusalAlarm(alarm, { brokers, database: new URL(databaseUrl).host });
  const kafka = kafkaConnection(brokers, options.kafkaSecurity ?? {}, refused.unreadable);
  const security = databaseSecurity(options.databaseSecurity ?? {}, refused.unreadable);

  const onIdleError = (error: Error) => log.event('part.waiting', { part: 'postgres', error });
  const pool = createPool({
    databaseUrl,
    security,
    size: 16,
    limits: PIPELINE_LIMITS,
    onIdleError,
  });
  const ids = organisationIds(pool);
  const pulsePool = createPool({
    databaseUrl,
    security,
    size: 1,
    limits: { ...PIPELINE_LIMITS, connection: 1_000 },
    onIdleError: () => undefined,
  });
  onStop(() => pulsePool.end());
  const pulse = await startPulse({
    pool: pulsePool,
    changed(answers, error) {
      if (answers) return log.event('part.ready', { part: 'postgres' });
      log.event('part.waiting', { part: 'postgres', error });
      refused.database(error);
    },
  });
  onStop(() => pulse.stop());
  const plainStore = createPostgresStore(pool, ids);
  const ownStore = wrappers.store?.(plainStore) ?? plainStore;
  const keptBytes = (options.keptYouths ?? KEPT_YOUTHS_MB) * 1024 * 1024;
  const store = keptBytes === 0 ? ownStore : createKeepingStore(ownStore, keptBytes);
  onStop(() => store.close());
  await store.migrate();
  const vault = createVault(options.vaultKey);
  await proveVaultKey(pool, vault);

  const topics = organisations.all.flatMap(({ id, virtualClock }) =>
    topicSpecs({ ...options.topics, org: id, virtualClock, projections: options.projections ?? [] }),
  );
  await ensureTopics({
    ...kafka,
    topics,
    roles: kafkaRoles(options),
    onDifference: (difference) => alarm('TOPIC_DIFFERS', { org: '', detail: difference }),
  });
  const onKafka = ({ code, error }: { code: string; error?: string }) =>
    log.event('kafka.client', { code, client: error });
  const plainPublisher = createKafkaPublisher({
    ...kafka,
    clientId: 'ot-bridge',
    log: onKafka,
    onTrouble: refused.kafka,
  });
  const publisher = wrappers.publisher?.(plainPublisher) ?? plainPublisher;
  onStop(() => publisher.close());
  const plainSource = createKafkaSource({
    ...kafka,
    clientId: 'ot-bridge',
    log: onKafka,
    digest: (record) => vault.recordTag(record),
    onTrouble(error) {
      log.event('kafka.client', { code: 'source', error });
      refused.kafka(error);
    },
  });
  const source = wrappers.source?.(plainSource) ?? plainSource;
  onStop(() => source.stop());

  const schemas = { in: loadSchemas(`${SCHEMAS}in`), out: loadSchemas(`${SCHEMAS}out`) };
  // Who calls is asked before anything else: it does not wait behind what others read.
  const callers = createPool({ databaseUrl, security, size: 4, limits: CALLERS_LIMITS, onIdleError });
  onStop(() => callers.end());
  const requests = openRequestStore(
    { organisations: organisations.all, databaseUrl, security, log, pool, ids, pulse },
    onStop,
  );
  const relayPool = createPool({ databaseUrl, security, size: 8, limits: RELAY_LIMITS, onIdleError });
  onStop(() => relayPool.end());
  await giveAccesses({ ...requests.accessRecords, ...requests.nav }, options.accesses ?? NO_ACCESSES);
  return {
    organisations,
    jobs: createJobBook(Date.now),
    adapters: wrappers.adapters?.(ADAPTERS) ?? ADAPTERS,
    environment,
    store,
    queries: createPostgresQueries(pool, ids),
    operations: createPostgresOperations(pool, ids),
    requests,
    readAs: ({ organisations: only, reach }) =>
      requests.readAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    fint: createPostgresFintProjection(ids, createReaders(pool)),
    nav: createPostgresNav(ids, createReaders(pool), createReaders(pool)),
    navAs: ({ organisations: only, reach }) =>
      requests.navAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    vigoAs: ({ organisations: only, reach }) =>
      requests.vigoAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    uploadsAs: ({ organisations: only, reach }) =>
      requests.uploadsAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    bulkAs: ({ organisations: only, reach }) =>
      requests.bulkAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    sheetsAs: ({ organisations: only, reach }) =>
      requests.sheetsAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    fintAs: ({ organisations: only, reach }) =>
      requests.fintAs({ organisations: only ?? organisations.all.map(({ id }) => id), reach }),
    sessions: createPostgresSessions(callers),
    access: createAccessStore(createPostgresAccess(callers, ids), Date.now),
    signDueHeads: (turn) => signDueHeads(pool, turn),
    databaseAnswers: () => pulse.answers(),
    heldLanes: (names) => heldLanes(pool, names),
    publisher,
    source,
    vault,
    decode: createDecoder({ schemas: schemas.in }),
    schemas,
    telemetry,
    log,
    alarm,
    refused,
    relay: relayParts(options, relayPool, ids),
    databaseSecurity: security,
  };
}

/** What the process does in Kafka; a right to create is used when there is one. */
function kafkaRoles({ roles, vigo, projections = [] }: BridgeOptions): KafkaRole[] {
  return [
    ...(roles.consume ? (['consume'] as const) : []),
    ...(roles.consume && vigo ? (['poll'] as const) : []),
    ...(roles.relay && projections.length > 0 ? (['relay'] as const) : []),
    ...(roles.api ? (['api'] as const) : []),
  ];
}

export function adapterOf(adapters: readonly FeedAdapter[], feed: FeedAdapter['feed']): FeedAdapter {
  const adapter = adapters.find((each) => each.feed === feed);
  if (!adapter) throw new Error(`no adapter reads ${feed}`);
  return adapter;
}
