import { startBridge } from '../../src/bridge/bridge.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { COUNTY, ORG } from './load.ts';

// The bridge as a process of its own, so that its memory and CPU are its own. Stops on SIGTERM.

const { BENCH_BROKERS = '', BENCH_DATABASE = '', BENCH_CERTIFICATES, BENCH_RELAY } = process.env;
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
  roles: { consume: true, api: false, relay: BENCH_RELAY === '1' },
  topics: { partitions: 4, replication: 1, retentionDays: 28 },
  http: { host: '127.0.0.1', port: 0 },
  log: createLogger({ level: 'warn' }),
});
process.on('SIGTERM', () => void bridge.stop().then(() => process.exit(0)));
