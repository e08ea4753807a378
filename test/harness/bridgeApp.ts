import { startBridge } from '../../src/bridge/bridge.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

// The bridge as a process of its own, so that its memory is its own (bridgeProcess.ts). Says its address on the first
// line.

const { APP_BROKERS = '', APP_DATABASE = '', APP_ORG = '' } = process.env;
const bridge = await startBridge({
  brokers: APP_BROKERS.split(','),
  databaseUrl: APP_DATABASE,
  vaultKey: Buffer.alloc(32, 42),
  organisations: [{ id: orgId(APP_ORG), county: countyNumber('40'), virtualClock: false }],
  environment: 'test',
  roles: { consume: true, api: true },
  topics: { partitions: 2, replication: 1, retentionDays: 1 },
  http: { host: '127.0.0.1', port: 0 },
  log: createLogger({ level: 'error', destination: { write: (line) => void process.stderr.write(line) } }),
});
process.stdout.write(`${bridge.url}\n`);
process.on('SIGTERM', () => void bridge.stop().then(() => process.exit(0)));
