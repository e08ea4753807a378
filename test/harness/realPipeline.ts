import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { expect } from 'vitest';
import { type Bridge, startBridge } from '../../src/bridge/bridge.ts';
import type { BridgeOptions, Wrappers } from '../../src/bridge/options.ts';
import { NO_ACCESSES } from '../../src/config/accessFile.ts';
import { OUT_TOPICS, type OutTopic } from '../../src/core/messages/messages.ts';
import { errorTopic, feedTopic, outTopic, withdrawalTopic } from '../../src/core/messages/topic.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { PolicyChange } from '../../src/core/policy.ts';
import { epochOf, type IsoInstant } from '../../src/core/time/date.ts';
import { FEEDS, type Feed } from '../../src/core/youth/statusEvent.ts';
import type { NavWithdrawal } from '../../src/store/navPort.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createDecoder } from '../../src/wire/codec.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { type LogRecord, readTopics } from '../fault/kafkaLog.ts';
import { agreementOf } from './agreement.ts';
import { inTime } from './inTime.ts';
import type { PostgresVersion } from './realParts.ts';
import { createTestDatabase, type TestDatabase, testBrokers } from './sharedParts.ts';
import { until } from './until.ts';

const OUT_SCHEMAS = fileURLToPath(new URL('../../schemas/avro/out', import.meta.url));
const decodeOut = createDecoder({ schemas: loadSchemas(OUT_SCHEMAS) });

export interface RealPipelinePlan {
  version?: PostgresVersion;
  county?: string;
  policy?: PolicyChange;
  /** Last day of the agreement with NAV; one that lasts when not given. */
  agreedTo?: string;
  /** The time of the virtual clock at the start; null: real time. */
  clock?: IsoInstant | null;
  wrappers?: Wrappers;
  otlpEndpoint?: string;
  signing?: BridgeOptions['signing'];
  /** Receivers are called too, by this timetable. */
  timetable?: readonly number[];
}

export interface OutRecord extends LogRecord {
  decoded: Record<string, unknown>;
}

export type RealPipeline = Awaited<ReturnType<typeof startRealPipeline>>;

/** The bridge as it runs, on the shared Kafka and a database of its own, asked over HTTP and read by a consumer
 *  that knows nothing of it. */
export async function startRealPipeline(plan: RealPipelinePlan = {}) {
  const { clock = '2026-10-07T07:12:00.000Z' } = plan;
  const county = countyNumber(plan.county ?? '40');
  const org = orgId(`test-${randomBytes(4).toString('hex')}`);
  const brokers = await testBrokers();
  const database: TestDatabase = await createTestDatabase(plan.version);
  const logLines: string[] = [];
  const options: BridgeOptions = {
    brokers,
    databaseUrl: database.url,
    vaultKey: randomBytes(32),
    organisations: [{ id: org, county, virtualClock: clock !== null, policy: plan.policy ?? {} }],
    environment: 'test',
    accesses: {
      ...NO_ACCESSES,
      agreements: [agreementOf(org, plan.agreedTo === undefined ? {} : { to: plan.agreedTo })],
    },
    roles: { consume: true, api: true, relay: plan.timetable !== undefined },
    ...(plan.timetable && { relay: { timetable: plan.timetable } }),
    topics: { partitions: 2, replication: 1, retentionDays: 1 },
    http: { host: '127.0.0.1', port: 0 },
    otlpEndpoint: plan.otlpEndpoint,
    ...(plan.signing && { signing: plan.signing }),
    log: createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } }),
  };
  let bridge: Bridge = await startBridge(options, plan.wrappers);
  const kafka = new Kafka({ brokers, clientId: 'outsider', logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  let now = clock;
  if (now !== null) await bridge.moveClock(org, now);

  const path = (rest: string) => (rest.startsWith('/') ? rest : `/organisations/${org}/${rest}`);
  const get = (rest: string) => fetch(`${bridge.url}${path(rest)}`);
  const post = (rest: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${bridge.url}${path(rest)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body:
        typeof body === 'string' ? body : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
  const lanes = async () => {
    const all = (await bridge.queries.lanes()).filter((lane) => lane.org === org);
    return all
      .map(({ topic, partition, nextOffset, publishedUpto, stopped }) =>
        [topic, partition, nextOffset, publishedUpto, stopped?.reason].join(' '),
      )
      .join('\n');
  };
  const settle = () =>
    inTime('every record is handled and published', () => bridge.awaitIdle(org), {
      patience: 60_000,
      about: lanes,
    });

  const pipeline = {
    org,
    options,
    database,
    kafka,
    logLines,
    current: () => bridge,
    get,
    post,
    settle,
    async json(rest: string) {
      const answer = await get(rest);
      expect(answer.status, rest).toBe(200);
      return JSON.parse(await answer.text());
    },
    /** Posts, waits until every row is decided and published, and gives the receipt. */
    async submit(feed: Feed, body: unknown, headers: Record<string, string> = {}) {
      const answer = await post(`feeds/${feed}`, body, headers);
      const text = await answer.text();
      expect(answer.status, text).toBe(202);
      await settle();
      return pipeline.receipt(JSON.parse(text).receiptId);
    },
    async receipt(id: string) {
      // A whole list is judged a moment later than its rows.
      await until('the receipt is final', async () => (await pipeline.json(`receipts/${id}`)).final === true);
      return pipeline.json(`receipts/${id}`);
    },
    /** Straight to the feed topic, as an external producer does. `at`: when it entered Kafka, if not now. */
    async send(
      feed: Feed,
      records: readonly unknown[],
      {
        key,
        at = now,
        headers,
      }: { key?: string; at?: IsoInstant | null; headers?: Record<string, string> } = {},
    ) {
      await producer.send({
        topic: feedTopic(org, feed),
        acks: -1,
        messages: records.map((record) => ({
          key: key ?? randomUUID(),
          ...(headers && { headers }),
          value:
            record === null || Buffer.isBuffer(record)
              ? record
              : typeof record === 'string'
                ? record
                : JSON.stringify(record),
          ...(at === null ? {} : { timestamp: String(epochOf(at)) }),
        })),
      });
      await settle();
    },
    async moveClock(to: IsoInstant) {
      const answer = await post('clock', { now: to });
      expect(answer.status, await answer.text()).toBe(200);
      now = to;
      await settle();
    },
    /** Has the list of a month to NAV made. @returns its id */
    async extract(month: string): Promise<string> {
      const answer = await post('nav/extracts', { month });
      const text = await answer.text();
      expect(answer.status, text).toBe(200);
      const { id } = JSON.parse(text);
      await until(
        'the list is made',
        async () => (await pipeline.json(`nav/batches/${id}`)).state === 'ready',
      );
      return id;
    },
    /** Until every complete list is concluded from or refused, and what followed is decided. */
    async listsSettled() {
      await settle();
      await until('the lists are settled', async () =>
        (await bridge.operations.completeLists()).every((list) => list.org !== org),
      );
      await settle();
    },
    async refOf(number: string): Promise<PersonRef> {
      const answer = await post('youths/search', { fodselsnummer: number });
      expect(answer.status).toBe(200);
      return JSON.parse(await answer.text()).ref;
    },
    async youth(number: string) {
      return pipeline.json(`youths/${await pipeline.refOf(number)}`);
    },
    /** `AVBRUTT OTUK 2026-27`, one per registration. */
    async registrations(number: string): Promise<string[]> {
      const { registrations } = await pipeline.youth(number);
      return registrations.map(
        (one: { tilmeldingskode: string; status: { code: string }; schoolYear: string }) =>
          `${one.tilmeldingskode} ${one.status.code} ${one.schoolYear}`,
      );
    },
    async openAlerts(number: string): Promise<string[]> {
      const { alerts } = await pipeline.youth(number);
      return alerts.map(({ kind }: { kind: string }) => kind).sort();
    },
    /** All of an out topic so far; of one person when a number is given. */
    async out(topic: OutTopic, number?: string): Promise<OutRecord[]> {
      const ref = number === undefined ? undefined : await pipeline.refOf(number);
      const records = await readTopics(kafka, [outTopic(org, topic)]);
      return records
        .filter(({ key }) => ref === undefined || key === ref)
        .map((record) => ({
          ...record,
          decoded: decodeOut(record.value ?? Buffer.alloc(0)).value as Record<string, unknown>,
        }));
    },
    /** All that is published to NAV on its topic, with the id of each. */
    async withdrawals(): Promise<(NavWithdrawal & { id: string })[]> {
      const records = await readTopics(kafka, [withdrawalTopic(org)]);
      return records.map(({ value, headers }) => ({
        ...JSON.parse(String(value)),
        id: String(headers.ce_id),
      }));
    },
    /** Everything in Kafka for the organisation. */
    everything: () =>
      readTopics(kafka, [
        ...FEEDS.flatMap((feed) => [feedTopic(org, feed), errorTopic(org, feed)]),
        ...OUT_TOPICS.map((topic) => outTopic(org, topic)),
        withdrawalTopic(org),
      ]),
    async errors(feed: Feed): Promise<LogRecord[]> {
      return readTopics(kafka, [errorTopic(org, feed)]);
    },
    /** Stops the bridge and starts it again, with other parts when given. */
    async restart(changes: Partial<BridgeOptions> = {}, wrappers: Wrappers = {}) {
      await bridge.stop();
      bridge = await startBridge({ ...options, ...changes }, wrappers);
    },
    /** What is in the database. */
    async query<Row extends object>(sql: string): Promise<Row[]> {
      const pool = createPool({ databaseUrl: database.url, size: 1, onIdleError: () => undefined });
      try {
        return (await pool.query<Row>(sql)).rows;
      } finally {
        await pool.end();
      }
    },
    /** Stops it, empties the store but for the vault and the clock, and starts it again: all topics are read again. */
    async readAgain() {
      await bridge.stop();
      const pool = createPool({ databaseUrl: database.url, size: 1, onIdleError: () => undefined });
      const { rows } = await pool.query<{ name: string }>(
        // The audit trail is in no topic, and lets nothing be removed.
        `select tablename as name from pg_tables where schemaname = 'public'
         and tablename not in ('identity', 'organisation', 'schema_version') and tablename not like 'audit%'
         and tablename <> 'log_control'`,
      );
      await pool.query(`truncate ${rows.map(({ name }) => `"${name}"`).join(', ')}`);
      await pool.end();
      bridge = await startBridge(options);
      await settle();
    },
    async stop() {
      await bridge.stop();
      await producer.disconnect();
      await database.drop();
    },
  };
  return pipeline;
}
