import { Session } from 'node:inspector/promises';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { CountyNumber, OrgId } from '../../src/core/organisation.ts';
import { buildModule } from './buildModule.ts';

// The bridge of the build in BENCH_BUILD as a process of its own, with as many that share its lanes as `npm start` would
// start (BENCH_PROCESSES says another number in all), so that its memory and CPU are its own. With BENCH_API
// it says where it serves. With BENCH_HEAP a line on its input asks how many bytes its main thread has allocated. Stops on
// SIGTERM.

const { BENCH_BUILD = '', BENCH_BROKERS = '', BENCH_DATABASE = '', BENCH_ORG = '' } = process.env;
const {
  BENCH_COUNTY = '',
  BENCH_CLOCK,
  BENCH_CERTIFICATES,
  BENCH_RELAY,
  BENCH_API,
  BENCH_HEAP,
  BENCH_PROCESSES,
} = process.env;
/** Bytes between two samples. */
const SAMPLED = 512 * 1024;

if (BENCH_HEAP === '1') await sampleHeap();
type Bridge = typeof import('../../src/bridge/bridge.ts');
type Issuer = typeof import('../../src/local/login/localIssuer.ts');
type Log = typeof import('../../src/telemetry/logger.ts');
const { startBridge } = await buildModule<Bridge>(BENCH_BUILD, 'src/bridge/bridge.ts', 'src/bridge.ts');
const { createLogger } = await buildModule<Log>(BENCH_BUILD, 'src/telemetry/logger.ts');
const api = BENCH_API === '1';
// What is allocated is sampled in one process: it must have all the lanes.
const processes = BENCH_HEAP === '1' ? 1 : Number(BENCH_PROCESSES || Math.min(availableParallelism(), 4));
const file = (name: string) => ({ from: 'file' as const, path: `${BENCH_CERTIFICATES}/${name}` });
const bridge = await startBridge({
  brokers: BENCH_BROKERS.split(','),
  ...(BENCH_CERTIFICATES && {
    kafkaSecurity: {
      tls: { ca: file('ca.pem'), client: { certificate: file('own.crt'), key: file('own.key') } },
    },
  }),
  databaseUrl: BENCH_DATABASE,
  vaultKey: Buffer.alloc(32, 42),
  organisations: [
    {
      id: BENCH_ORG as OrgId,
      county: BENCH_COUNTY as CountyNumber,
      virtualClock: BENCH_CLOCK === 'virtual',
    },
  ],
  environment: 'test',
  roles: { consume: true, api, relay: BENCH_RELAY === '1' },
  topics: { partitions: 4, replication: 1, retentionDays: 28 },
  http: { host: '127.0.0.1', port: 0 },
  laneProcesses: {
    ...{ count: processes - 1, level: 'warn' },
    lines: { write: (line) => void process.stderr.write(line) },
  },
  ...(api && {
    localIssuer: (await buildModule<Issuer>(BENCH_BUILD, 'src/local/login/localIssuer.ts')).createLocalIssuer,
  }),
  log: createLogger({ level: 'warn' }),
});
if (bridge.url !== null) process.stdout.write(`serves ${bridge.url}\n`);
process.on('SIGTERM', () => void bridge.stop().then(() => process.exit(0)));

/** Also of what is collected again. */
async function sampleHeap(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: SAMPLED,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  createInterface({ input: process.stdin }).on('line', async () => {
    const { profile } = await session.post('HeapProfiler.getSamplingProfile');
    let bytes = 0;
    const sites = [profile.head];
    for (let site = sites.pop(); site !== undefined; site = sites.pop()) {
      bytes += site.selfSize;
      sites.push(...site.children);
    }
    process.stdout.write(`allocated ${bytes}\n`);
  });
}
