import { createHash, hash } from 'node:crypto';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';
import { buildModule } from './buildModule.ts';
import {
  COUNTY,
  dropout,
  followUp,
  identityNumbers,
  type LoadRecord,
  ORG,
  PER_YOUTH,
  statusChange,
} from './load.ts';
import { PARTITIONS } from './send.ts';

// One build's way of a record in memory, measured: decoding and reading, finding the youths, deciding, packing what is
// committed, encoding what is published. Prints one line of JSON (`Measured`). The same work in each run: `results` is a
// digest of all that was stored and published, so that two builds can be seen to do the same. Started by allocation.ts.

export interface Measured {
  loads: { name: string; bytes: number; micros: number }[];
  /** With BENCH_SITES: the functions that allocate most, bytes per record of all loads together. */
  sites: { at: string; bytes: number }[];
  results: string;
}

const { BENCH_BUILD = '', BENCH_SITES } = process.env;
const YOUTHS = Number(process.env.BENCH_YOUTHS ?? 3_000);
/** As a lane takes them (laneWorker.ts). */
const BATCH = 1_500;
const SHOWN = Number(process.env.BENCH_SHOWN ?? 45);
/** Bytes between two samples. */
const SAMPLED = 4_096;
const RECEIVED = Date.parse('2026-11-27T08:00:00.000Z');

type Modules = {
  adapters: typeof import('../../adapters/index.ts');
  policy: typeof import('../../src/core/policy.ts');
  context: typeof import('../../src/pipeline/adapterContext.ts');
  read: typeof import('../../src/pipeline/read.ts');
  load: typeof import('../../src/pipeline/load.ts');
  decide: typeof import('../../src/pipeline/decideBatch.ts');
  writes: typeof import('../../src/pipeline/writes.ts');
  publish: typeof import('../../src/pipeline/publish/publishBatch.ts');
  stored: typeof import('../../src/store/form/storedYouth.ts');
  unknown: typeof import('../../src/core/youth/youth.ts');
  vault: typeof import('../../src/store/vault.ts');
  codec: typeof import('../../src/wire/codec.ts');
  decode: typeof import('../../src/wire/decode.ts');
  sink: typeof import('../../src/wire/kafkaSink.ts');
  schemas: typeof import('../../src/wire/schemaFiles.ts');
  batch: typeof import('../../src/kafka/producedBatch.ts');
  murmur2: typeof import('../../src/kafka/murmur2.ts');
};
const FILES: Record<keyof Modules, string> = {
  adapters: 'adapters/index.ts',
  policy: 'src/core/policy.ts',
  context: 'src/pipeline/adapterContext.ts',
  read: 'src/pipeline/read.ts',
  load: 'src/pipeline/load.ts',
  decide: 'src/pipeline/decideBatch.ts',
  writes: 'src/pipeline/writes.ts',
  publish: 'src/pipeline/publish/publishBatch.ts',
  stored: 'src/store/form/storedYouth.ts',
  unknown: 'src/core/youth/youth.ts',
  vault: 'src/store/vault.ts',
  codec: 'src/wire/codec.ts',
  decode: 'src/wire/decode.ts',
  sink: 'src/wire/kafkaSink.ts',
  schemas: 'src/wire/schemaFiles.ts',
  batch: 'src/kafka/producedBatch.ts',
  murmur2: 'src/kafka/murmur2.ts',
};
const names = Object.keys(FILES) as (keyof Modules)[];
const modules = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await buildModule(BENCH_BUILD, FILES[name])])),
) as Modules;

const policy = modules.policy.defaultPolicy(COUNTY);
const vault = modules.vault.createVault(Buffer.alloc(32, 42));
const schemas = (of: 'in' | 'out') => modules.schemas.loadSchemas(join(BENCH_BUILD, 'schemas', 'avro', of));
const decode = modules.decode.createDecoder({ schemas: schemas('in') });
const sink = modules.sink.createKafkaSink({
  ...{ org: ORG, codec: modules.codec.createCodec({ schemas: schemas('out') }), virtualClock: false },
  publisher: { publish: async () => undefined },
  fences: { fence: async () => undefined } as never,
});
const context = modules.context.adapterContext({ org: ORG, environment: 'test', policy, vault });
const producer = { producerId: 7n, producerEpoch: 1, firstSequence: 0 };

type Parts = Parameters<typeof modules.decide.decideAll>[0];
type Found = Awaited<ReturnType<Parameters<typeof modules.load.identify>[0]['store']['find']>>;
type Ref = NonNullable<Found['known'][number]>;
type Loaded = Found['youths'] extends Map<infer _, infer L> ? L : never;
type PersonRef = Loaded['ref'];

/** The database as it answers a batch, in two maps. */
function createStored(seen: (bytes: string | Buffer) => void) {
  const refs = new Map<string, Ref>();
  const youths = new Map<PersonRef, { state: string; version: number; last: Loaded['last'] }>();
  const loaded = (ref: PersonRef): Loaded => {
    const known = youths.get(ref);
    return {
      ...{
        ref,
        version: known?.version ?? 0,
        mergedInto: null,
        parked: false,
        last: known?.last ?? null,
        tail: 0,
      },
      get youth() {
        return known === undefined
          ? modules.unknown.UNKNOWN_YOUTH
          : modules.stored.unpackYouth(JSON.parse(known.state));
      },
    };
  };
  const never = async (): Promise<never> => {
    throw new Error('the load asks for what it should not need');
  };
  return {
    youths,
    seen,
    store: {
      async find(_org: unknown, hmacs: readonly Buffer[]): Promise<Found> {
        const known = hmacs.map((hmac) => refs.get(hmac.toString('latin1')));
        const found = known.flatMap((ref) => (ref === undefined ? [] : [ref as unknown as PersonRef]));
        return { known, youths: new Map(found.map((ref) => [ref, loaded(ref)])) };
      },
      resolve: async (people: readonly { hmac: Buffer }[]) =>
        people.map(({ hmac }) => {
          const ref = uuidOf(hmac) as Ref;
          refs.set(hmac.toString('latin1'), ref);
          return ref;
        }),
      load: async (_org: unknown, asked: readonly PersonRef[]) =>
        new Map(asked.map((ref) => [ref, loaded(ref)])),
      inOrderGiven: never,
      keyed: never,
    },
  };
}
type Stored = ReturnType<typeof createStored>;

function uuidOf(hmac: Buffer): string {
  const hex = hmac.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Each youth's records in order, youth after youth as a nightly list has them. */
function* lanesOf(records: Iterable<LoadRecord>): Generator<LoadRecord[]> {
  const lanes = new Map<string, LoadRecord[]>();
  for (const record of records) {
    const key = `${record.topic}/${record.youth % PARTITIONS}`;
    const lane = lanes.get(key) ?? [];
    lanes.set(key, lane);
    if (lane.push(record) === BATCH) yield lane.splice(0);
  }
  for (const lane of lanes.values()) if (lane.length > 0) yield lane;
}

let offset = 0n;

async function passBatch(stored: Stored, batch: readonly LoadRecord[]): Promise<void> {
  const [{ topic, youth }] = batch as [LoadRecord];
  const adapter = modules.adapters.ADAPTERS.find(({ feed }) => topic.endsWith(`.${feed}`));
  if (adapter === undefined) throw new Error(`no adapter reads ${topic}`);
  const lane = {
    ...{ org: ORG, topic, partition: youth % PARTITIONS, id: 1, epoch: 1, nextOffset: 0n, publishedUpto: 0n },
    ...{ producerId: 1n, fence: 1, shift: 0n, clusterId: null, topicId: null, mark: null },
  };
  const read = modules.read.createReader({ org: ORG, adapter, decode, context });
  const readings = batch.map(({ value }) => {
    offset += 1n;
    return read({ offset, timestamp: RECEIVED + Math.floor(Number(offset) / 20), value, headers: {} });
  });
  const people = await modules.load.identify({ store: stored.store, vault }, ORG, readings);
  const decided = modules.decide.decideAll(
    {
      ...{ lane, policy, vault, agreements: [], mayKeep: () => true },
      packing: modules.writes.packingFor(sink),
      onDecisionFailed: (_ref, error) => {
        throw error;
      },
    } satisfies Parts,
    readings,
    people,
  );
  for (const { ref, state, version } of decided.commit.youths as {
    ref: PersonRef;
    state: string;
    version: number;
  }[]) {
    stored.youths.set(ref, { state, version, last: { lane: 1, offset } });
    stored.seen(state);
  }
  for (const { body } of decided.commit.applied as { body: string }[]) stored.seen(body);
  const { outgoing, quarantined, behind } = decided;
  const items = modules.publish.itemsOf({ sink, feed: adapter.feed }, lane, {
    outgoing,
    quarantined,
    behind,
  });
  const queues = new Map<string, OutgoingRecord[][]>();
  for (const item of items as OutgoingRecord[]) {
    const ofTopic = queues.get(item.topic) ?? Array.from({ length: PARTITIONS }, () => []);
    queues.set(item.topic, ofTopic);
    ofTopic[modules.murmur2.partitionOf(item.key, PARTITIONS)]?.push(item);
  }
  for (const queue of [...queues.values()].flat())
    if (queue.length > 0) stored.seen(modules.batch.encodeRecordBatch(queue, producer, RECEIVED));
}

interface Load {
  name: string;
  records(from: number, to: number): Iterable<LoadRecord>;
  perYouth: number;
}
const numbers = identityNumbers(YOUTHS * 2);
const numberOf = (youth: number) => numbers[youth] ?? '';
function* each(from: number, to: number, steps: number, of: (youth: number, step: number) => LoadRecord) {
  for (let step = 0; step < steps; step += 1)
    for (let youth = from; youth < to; youth += 1) yield of(youth, step);
}
const LOADS: readonly Load[] = [
  {
    name: 'new youths',
    perYouth: 1,
    records: (from, to) => each(from, to, 1, (youth) => dropout(youth, numberOf(youth))),
  },
  {
    name: 'follow-ups',
    perYouth: PER_YOUTH - 1,
    records: (from, to) =>
      each(from, to, PER_YOUTH - 1, (youth, step) => followUp(youth, numberOf(youth), step + 1)),
  },
  {
    name: 'status changes',
    perYouth: 2,
    records: (from, to) => each(from, to, 2, (youth, step) => statusChange(youth, numberOf(youth), step)),
  },
];

async function passAll(batches: readonly LoadRecord[][], stored: Stored): Promise<void> {
  for (const batch of batches) await passBatch(stored, batch);
}
const batchesOf = (load: Load, from: number, to: number) => [...lanesOf(load.records(from, to))];
const unseen = () => undefined;
/** A new set of youths in each pass, of the same numbers: the first passes are for the compiler. */
async function wholePass(
  each: (load: Load, run: () => Promise<void>) => Promise<void>,
  seen = unseen as Stored['seen'],
) {
  const stored = createStored(seen);
  offset = 0n;
  for (const load of LOADS) {
    const batches = batchesOf(load, 0, YOUTHS);
    await each(load, () => passAll(batches, stored));
  }
}

const WARM = 3;
for (let pass = 0; pass < WARM; pass += 1) await wholePass((_load, run) => run());

/** The least of several passes: what else the machine does can only add to it. */
const MEASURED = 4;
const loads: Measured['loads'] = LOADS.map(({ name }) => ({ name, bytes: Infinity, micros: Infinity }));
for (let pass = 0; pass < MEASURED; pass += 1) {
  await wholePass(async (load, run) => {
    globalThis.gc?.();
    const [allocated, cpu] = [getHeapStatistics().total_allocated_bytes, process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(cpu);
    const records = YOUTHS * load.perYouth;
    const least = loads[LOADS.indexOf(load)];
    if (least === undefined) throw new Error('a load that is not measured');
    least.bytes = Math.min(least.bytes, (getHeapStatistics().total_allocated_bytes - allocated) / records);
    least.micros = Math.min(least.micros, (user + system) / records);
  });
}

const digest = createHash('sha256');
await wholePass(
  (_load, run) => run(),
  (bytes) => void digest.update(hash('sha256', bytes)),
);

const sites = BENCH_SITES === '1' ? await sampled() : [];
const measured: Measured = { loads, sites, results: digest.digest('hex').slice(0, 16) };
process.stdout.write(`${JSON.stringify(measured)}\n`);

async function sampled(): Promise<Measured['sites']> {
  const session = new Session();
  session.connect();
  const bySite = new Map<string, number>();
  let records = 0;
  await wholePass(async (load, run) => {
    if (process.env.BENCH_LOAD !== undefined && !load.name.startsWith(process.env.BENCH_LOAD)) return run();
    records += YOUTHS * load.perYouth;
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: SAMPLED,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await run();
    const { profile } = await session.post('HeapProfiler.stopSampling');
    const open = [profile.head];
    for (let site = open.pop(); site !== undefined; site = open.pop()) {
      const { functionName, url, lineNumber } = site.callFrame;
      const at = `${functionName || '(anonymous)'} ${url.split(/[\\/]/).slice(-2).join('/')}:${lineNumber + 1}`;
      bySite.set(at, (bySite.get(at) ?? 0) + site.selfSize);
      open.push(...site.children);
    }
  });
  return [...bySite]
    .map(([at, bytes]) => ({ at, bytes: bytes / records }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, SHOWN);
}
