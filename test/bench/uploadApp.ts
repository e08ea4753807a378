import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { startBridge } from '../../src/bridge/bridge.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { COUNTY, ORG } from './load.ts';

// The bridge with its API as a process of its own. A line on its input asks how long its event loop was held since the last
// one: in time, which others on the machine add to, and in processor time of the main thread, which is its own alone.

const PROBE_MS = 5;
const { BENCH_BROKERS = '', BENCH_DATABASE = '' } = process.env;
const bridge = await startBridge({
  brokers: BENCH_BROKERS.split(','),
  databaseUrl: BENCH_DATABASE,
  vaultKey: Buffer.alloc(32, 42),
  organisations: [{ id: ORG, county: COUNTY, virtualClock: false }],
  environment: 'test',
  roles: { consume: true, api: true, relay: false },
  topics: { partitions: 4, replication: 1, retentionDays: 28 },
  http: { host: '127.0.0.1', port: 0 },
  log: createLogger({ level: 'warn' }),
});
const delay = monitorEventLoopDelay({ resolution: PROBE_MS });
delay.enable();
let held = 0;
let before = processorMs();
setInterval(() => {
  const now = processorMs();
  held = Math.max(held, now - before);
  before = now;
}, PROBE_MS).unref();

function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

createInterface({ input: process.stdin }).on('line', () => {
  process.stdout.write(`loop ${JSON.stringify({ delayMs: delay.max / 1e6, heldMs: held })}\n`);
  delay.reset();
  held = 0;
});
process.stdout.write(`serves ${bridge.url}\n`);
process.on('SIGTERM', () => void bridge.stop().then(() => process.exit(0)));
