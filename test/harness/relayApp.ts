import { startBridge } from '../../src/bridge/bridge.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

// The relay alone, as a process that is killed.

const { APP_BROKERS = '', APP_DATABASE = '', APP_ORG = '', APP_VAULT_KEY = '', APP_STEP_MS } = process.env;
// A harness that dies closes the pipe: the app does not outlive it.
process.stdin.resume();
process.stdin.once('close', () => process.exit(0));
await startBridge({
  brokers: APP_BROKERS.split(','),
  databaseUrl: APP_DATABASE,
  vaultKey: Buffer.from(APP_VAULT_KEY, 'hex'),
  organisations: [{ id: orgId(APP_ORG), county: countyNumber('40'), virtualClock: false }],
  environment: 'test',
  roles: { consume: false, api: false, relay: true },
  ...(APP_STEP_MS && {
    relay: { timetable: Array.from({ length: 10 }, (_, at) => at * Number(APP_STEP_MS)) },
  }),
  topics: { partitions: 2, replication: 1, retentionDays: 1 },
  http: { host: '127.0.0.1', port: 0 },
  log: createLogger({ level: 'error', destination: { write: (line) => void process.stderr.write(line) } }),
});
process.stdout.write('ready\n');
