import { startBridge } from '../../src/bridge/bridge.ts';
import { createLocalIssuer } from '../../src/local/login/localIssuer.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { COUNTY, ORG } from './load.ts';

// The bridge as a process of its own, so that its memory and CPU are its own. With BENCH_API it says where it
// serves. Stops on SIGTERM.

const { BENCH_BROKERS = '', BENCH_DATABASE = '', BENCH_CERTIFICATES, BENCH_RELAY, BENCH_API } = process.env;
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
  organisations: [{ id: ORG, county: COUNTY, virtualClock: false }],
  environment: 'test',
  roles: { consume: true, api: BENCH_API === '1', relay: BENCH_RELAY === '1' },
  topics: { partitions: 4, replication: 1, retentionDays: 28 },
  http: { host: '127.0.0.1', port: 0 },
  ...(BENCH_API === '1' && { localIssuer: createLocalIssuer }),
  log: createLogger({ level: 'warn' }),
});
if (bridge.url !== null) process.stdout.write(`serves ${bridge.url}\n`);
process.on('SIGTERM', () => void bridge.stop().then(() => process.exit(0)));
