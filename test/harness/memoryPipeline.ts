import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ADAPTERS } from '../../adapters/index.ts';
import { navMatch } from '../../adapters/nav-match/index.ts';
import { createOrganisations } from '../../src/bridge/organisations.ts';
import { createPipelines } from '../../src/bridge/pipelines.ts';
import type { Publishing } from '../../src/bridge/publishing.ts';
import { OUT_TOPICS, type OutTopic } from '../../src/core/messages/messages.ts';
import { errorTopic, feedTopic, outTopic, withdrawalTopic } from '../../src/core/messages/topic.ts';
import type { Agreement } from '../../src/core/nav/agreement.ts';
import { countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { personOfNumber } from '../../src/core/person/reference.ts';
import type { Policy, PolicyChange } from '../../src/core/policy.ts';
import { FEEDS, type Feed } from '../../src/core/youth/statusEvent.ts';
import { createOpenAnswer } from '../../src/jobs/lists/heldAnswer.ts';
import { settleLateRows } from '../../src/jobs/lists/lateRows.ts';
import { concludeLists } from '../../src/jobs/lists/lists.ts';
import { alertOverdueLists } from '../../src/jobs/lists/overdueLists.ts';
import { SHRINKAGE_LIMIT } from '../../src/jobs/lists/shrinkage.ts';
import { createDeliveries } from '../../src/jobs/nav/answers.ts';
import { makeLists } from '../../src/jobs/nav/extract.ts';
import { reportWithdrawals } from '../../src/jobs/nav/withdrawals.ts';
import { SYNC_LIST } from '../../src/kafka/headers.ts';
import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import { createMemorySource } from '../../src/kafka/memorySource.ts';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';
import { adapterContext } from '../../src/pipeline/adapterContext.ts';
import { whilePermitted } from '../../src/pipeline/publish/disclosure.ts';
import { releaseHeld } from '../../src/pipeline/publish/heldMessages.ts';
import { createLaneOrder, type LaneOrder } from '../../src/pipeline/publish/laneOrder.ts';
import { recover } from '../../src/pipeline/publish/recovery.ts';
import { createWorkers } from '../../src/pipeline/workers.ts';
import { createKeepingStore } from '../../src/store/keepingStore.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import type { NavWithdrawal } from '../../src/store/navPort.ts';
import type { LoadedYouth, Store } from '../../src/store/port.ts';
import { createVault } from '../../src/store/vault.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createTelemetry } from '../../src/telemetry/telemetry.ts';
import { bridgeRecord } from '../../src/wire/bridgeRecord.ts';
import { createCodec, createDecoder } from '../../src/wire/codec.ts';
import { createDecoder as createFeedDecoder } from '../../src/wire/decode.ts';
import { createKafkaSink } from '../../src/wire/kafkaSink.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { agreementOf } from './agreement.ts';

const SCHEMAS = fileURLToPath(new URL('../../schemas/avro/', import.meta.url));
const OUT_SCHEMAS = loadSchemas(`${SCHEMAS}out`);
const decodeOut = createDecoder({ schemas: OUT_SCHEMAS });
// Once for all pipelines: making Avro's types took longer than most scenarios.
const decode = createFeedDecoder({ schemas: loadSchemas(`${SCHEMAS}in`) });
const codec = createCodec({ schemas: OUT_SCHEMAS });

export interface TestPipeline {
  org: OrgId;
  policy: Policy;
  /** The youth a number leads to, as stored; undefined when the number is unknown. */
  youth(number: string): Promise<LoadedYouth | undefined>;
  /** Lets time pass: what falls due until the moment comes back in, in order. */
  pass(to: string): Promise<void>;
  /** Concludes from every list that is complete, and lets what follows through. */
  conclude(): Promise<void>;
  /** Codes of operational alerts so far. */
  alarms: string[];
  store: ReturnType<typeof createMemoryStore>;
  /** References of youths whose decision failed. */
  parked: string[];
  /**
   * Puts records on a feed at a moment, each under a random key; rows of a list under their person's, as every sender
   * of lists does: the nights of one person come in order.
   */
  send(
    feed: Feed,
    records: readonly unknown[],
    options?: { at?: string; headers?: Record<string, string>; key?: string },
  ): Promise<void>;
  /** Lets everything that was sent through. */
  settle(): Promise<void>;
  /** What is stored of a youth can no longer be read. */
  breakYouth(ref: string): Promise<void>;
  /** The worker dies and another takes over. */
  restart(): Promise<void>;
  /** What the bridge has written itself, in its current state: out topics, error topics, its own feed. */
  written(): OutgoingRecord[];
  /** All records of the feed topics. */
  records(): OutgoingRecord[];
  /** Puts records in the feed topics as they were in another pipeline's: same partition, place and moment. */
  replay(records: readonly OutgoingRecord[]): Promise<void>;
  /** Publishes to NAV what is withdrawn. @returns all that has been published, partition by partition */
  withdrawals(): Promise<NavWithdrawal[]>;
  /** Everything published on an out topic so far, decoded, partition by partition. */
  out(topic: OutTopic): Record<string, unknown>[];
}

const unreadable = () => {
  throw new Error('unreadable');
};

const KEPT_BYTES = 8 * 1024 * 1024;

/** What is kept of a batch's youths can no longer be changed: an attempt throws. */
function frozen<Kind extends Pick<Store, 'commit'>>(store: Kind): Kind {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  };
  const commit: Store['commit'] = (batch) => {
    for (const { kept } of batch.youths) freeze(kept);
    return store.commit(batch);
  };
  return { ...store, commit };
}

/** The whole pipeline in memory: real adapters, real rules, the in-memory store, source and publisher. */
export async function createTestPipeline(
  parts: {
    org?: string;
    county?: string;
    policy?: PolicyChange;
    vaultKey?: Buffer;
    /** With NAV; one that lasts when not given. */
    agreements?: readonly Omit<Agreement, 'revoked'>[];
    /** Of another pipeline: two counties on one bridge. */
    store?: TestPipeline['store'];
  } = {},
): Promise<TestPipeline> {
  const county = countyNumber(parts.county ?? '40');
  const org = orgId(parts.org ?? 'telemarkfylke-no');
  let now = Date.parse('2026-10-07T07:12:00.000Z');
  const publisher = createMemoryPublisher({ partitions: 2, now: () => now });
  const plainStore = parts.store ?? createMemoryStore();
  const broken = new Set<string>();
  const keeping = createKeepingStore(frozen(plainStore), KEPT_BYTES);
  const store: typeof plainStore = {
    ...plainStore,
    async claim(key) {
      const lane = await keeping.claim(key);
      laneIds.set(`${key.topic}/${key.partition}`, lane.id);
      return lane;
    },
    commit: keeping.commit,
    async find(...asked) {
      const found = await keeping.find(...asked);
      const stored = await plainStore.load(asked[0], [...found.youths.keys()]);
      for (const [ref, youth] of found.youths) {
        const { place: _, key: __, kept: ___, keep: ____, ...rest } = youth;
        if (!isDeepStrictEqual({ ...rest, unread: false }, { ...stored.get(ref) }))
          throw new Error('a kept youth is not the one that is stored');
        if (broken.has(ref)) Object.defineProperty(youth, 'youth', { get: unreadable });
      }
      return found;
    },
  };
  for (const agreement of parts.agreements ?? [agreementOf(org)])
    await plainStore.registerAgreement(agreement);
  const vault = createVault(parts.vaultKey ?? Buffer.alloc(32, 7));
  const log = createLogger({ level: 'silent' });
  const organisations = createOrganisations([
    { id: org, county, virtualClock: false, policy: parts.policy ?? {} },
  ]);
  const policy = organisations.policyOf(org);
  const alarms: string[] = [];
  const source = createMemorySource(publisher);
  const parked: string[] = [];
  let order: LaneOrder;
  const laneIds = new Map<string, number>();
  /** By feed partition: up to which offset everything is published. The store hears of it after a pause only. */
  const settled = new Map<string, bigint>();
  const trouble = {
    parked: (_lane: unknown, ref: string) => void parked.push(ref),
    waiting: (_lane: unknown, error: unknown) => {
      throw error;
    },
    stopped: () => undefined,
    dropped: () => undefined,
  };
  const keys = FEEDS.flatMap((feed) =>
    [0, 1].map((partition) => ({ org, topic: feedTopic(org, feed), partition })),
  );

  const start = async () => {
    order = createLaneOrder((lane) => store.publishedUpto(lane));
    const publishRefused = async (error: unknown) => {
      throw error;
    };
    const disclosing = {
      ...{ store, nav: store, vault, org, policy },
      now: async () => new Date(now).toISOString(),
      onUnreadable: (ref: PersonRef) => log.event('youth.unreadable', { org, ref }),
    };
    const publishing: Publishing = {
      publishRefused,
      holds: async () => true,
      whilePermitted: (_org, messages, send) => whilePermitted(messages, disclosing, send),
    };
    const pipelines = createPipelines(
      {
        organisations,
        adapters: ADAPTERS,
        decode,
        store,
        nav: store,
        vault,
        publisher,
        environment: 'test',
        telemetry: createTelemetry(),
        log,
      },
      { codec, order, trouble, publishing, othersRead: async () => undefined },
    );
    const workers = createWorkers({
      store,
      source,
      order,
      trouble,
      pipelineOf: (key) => pipelines.of(key),
      async recover(id, lanes) {
        await recover(
          {
            store,
            queries: store,
            sink: pipelines.sink(id),
            order,
            ...publishing,
          },
          id,
          lanes,
        );
      },
      ended: () => undefined,
    });
    await workers.gained(keys);
    return workers;
  };
  let workers = await start();
  const alarm = (code: string) => void alarms.push(code);
  const moment = () => new Date(now).toISOString();
  const alertOverdue = () =>
    alertOverdueLists(
      { operations: store, policyFor: () => policy, now: () => new Date(now).toISOString(), alarm },
      [org],
    );

  const keyOf = (record: unknown, headers: Record<string, string>): string | undefined => {
    const [number] = (headers[SYNC_LIST] !== undefined && /\d{11}/.exec(JSON.stringify(record))) || [];
    return number === undefined
      ? undefined
      : vault.hmac(new Fodselsnummer(number)).toString('base64url').slice(0, 22);
  };

  const recordsOf = (topic: string) =>
    publisher
      .read(topic)
      .flat()
      .map((record) => ({ topic, ...record }));

  const pipeline: TestPipeline = {
    org,
    policy,
    alarms,
    store,
    parked,
    youth: async (number) => {
      const ref = await store.refOf(vault.hmac(new Fodselsnummer(number)));
      return ref === undefined ? undefined : store.youth(org, personOfNumber(ref));
    },
    async pass(to) {
      await pipeline.settle();
      for (let turn = 0; ; turn += 1) {
        const due = await store.due(org, to, 1_000);
        if (due.length === 0) break;
        if (turn > 200) throw new Error('the same deadline falls due again and again');
        const [first] = due;
        const at = first?.due ?? to;
        const together = due.filter((each) => each.due === at);
        await pipeline.send(
          'bridge',
          together.map(({ ref }) => bridgeRecord(org, { type: 'forfall', ref, at }, null).value),
          { at },
        );
        await pipeline.settle();
      }
      now = Math.max(now, Date.parse(to));
      await alertOverdue();
    },
    written: () =>
      [
        ...OUT_TOPICS.map((topic) => outTopic(org, topic)),
        withdrawalTopic(org),
        ...FEEDS.map((feed) => errorTopic(org, feed)),
        feedTopic(org, 'bridge'),
      ].flatMap(recordsOf),
    records: () => FEEDS.map((feed) => feedTopic(org, feed)).flatMap(recordsOf),
    async replay(records) {
      await publisher.publish(records);
    },
    async conclude() {
      await pipeline.settle();
      const toItself = {
        publish: async (records: readonly OutgoingRecord[]) => {
          for (const { value } of records) await pipeline.send('bridge', [value]);
        },
        close: async () => undefined,
      };
      await makeLists(
        {
          ...{ nav: store, operations: store, vault, environment: 'test', policyFor: () => policy },
          ...{ publisher: toItself, now: moment, newId: randomUUID, log, alarm },
        },
        org,
      );
      await pipeline.settle();
      await releaseHeld(
        {
          ...{ store, nav: store, vault, publisher, policy, now: async () => moment() },
          onUnreadable: (ref) => log.event('youth.unreadable', { org, ref }),
          prepare: createKafkaSink({ org, codec, virtualClock: false, publisher, fences: store }).prepare,
        },
        org,
      );
      const late = { operations: store, publisher: toItself, now: () => new Date(now).toISOString(), alarm };
      await settleLateRows(late, [org]);
      await concludeLists({
        operations: store,
        publisher: toItself,
        deliveries: createDeliveries({
          ...{ nav: store, operations: store, policyFor: () => policy, vault, now: moment },
          load: (id, refs) => store.load(id, refs),
          onHeld: () => alarm('NAV_NO_AGREEMENT'),
        }),
        openAnswer: createOpenAnswer({
          vault,
          decode,
          adapter: navMatch,
          contextOf: () => adapterContext({ org, environment: 'test', policy, vault }),
        }),
        policyFor: () => policy,
        limitFor: () => SHRINKAGE_LIMIT,
        log,
        alarm,
      });
      await pipeline.settle();
      await alertOverdue();
    },
    async withdrawals() {
      await reportWithdrawals(
        {
          ...{ nav: store, operations: store, publisher, now: moment, policyFor: () => policy },
          virtualClock: () => false,
          meters: { navWithdrawn: () => undefined },
        },
        org,
      );
      return recordsOf(withdrawalTopic(org)).map(({ value }) => JSON.parse(String(value)));
    },
    async send(feed, records, { at, headers = {}, key } = {}) {
      if (at !== undefined) now = Date.parse(at);
      await publisher.publish(
        records.map((record) => ({
          topic: feedTopic(org, feed),
          key: key ?? keyOf(record, headers) ?? randomUUID(),
          value: Buffer.isBuffer(record) ? record : Buffer.from(JSON.stringify(record)),
          headers,
        })),
      );
    },
    async settle() {
      for (;;) {
        source.pump();
        const behind = keys.flatMap(({ topic, partition }) => {
          const name = `${topic}/${partition}`;
          const end = BigInt(publisher.read(topic)[partition]?.length ?? 0);
          return end > (settled.get(name) ?? 0n) ? [{ name, end }] : [];
        });
        if (behind.length === 0) return;
        for (const { name, end } of behind) {
          await order.reached(laneIds.get(name) ?? 0, end - 1n);
          settled.set(name, end);
        }
      }
    },
    async breakYouth(ref) {
      broken.add(ref);
    },
    async restart() {
      for (const key of keys) await workers.lost(key);
      workers = await start();
    },
    out: (topic) =>
      publisher
        .read(outTopic(org, topic))
        .flat()
        .flatMap(({ value }) => (value === null ? [] : [decodeOut(value).value as Record<string, unknown>])),
  };
  return pipeline;
}
