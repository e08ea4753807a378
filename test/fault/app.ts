import { startBridge } from '../../src/bridge/bridge.ts';
import type { BridgeOptions } from '../../src/bridge/options.ts';
import { NO_ACCESSES } from '../../src/config/accessFile.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { logFile } from '../../src/telemetry/logFile.ts';
import { createLogger, STANDARD_OUTPUT } from '../../src/telemetry/logger.ts';
import { appPlan } from './appPlan.ts';
import { LANE_MUTANTS } from './laneMutants.ts';
import { MUTANTS } from './mutants.ts';
import { faultAgreement } from './navList.ts';

// The app under test, as a process of its own that can be killed: the real bridge on the Kafka and the PostgreSQL
// that its argument names, with at most one bug planted around its parts. Prints `ready`, runs until killed.

const plan = appPlan.parse(JSON.parse(process.argv[2] ?? '{}'));

// A harness that dies closes the pipe: the app does not outlive it.
process.stdin.resume();
process.stdin.once('close', () => process.exit(0));

const options: BridgeOptions = {
  brokers: plan.brokers,
  databaseUrl: plan.databaseUrl,
  vaultKey: Buffer.from(plan.vaultKey, 'hex'),
  organisations: [{ id: orgId(plan.org), county: countyNumber(plan.county), virtualClock: false }],
  environment: 'test',
  accesses: { ...NO_ACCESSES, agreements: [faultAgreement(orgId(plan.org))] },
  roles: { consume: true, api: false },
  topics: { partitions: plan.partitions, replication: 1, retentionDays: 1 },
  http: { host: '127.0.0.1', port: 0 },
  laneProcesses: { count: plan.laneProcesses, level: 'info', lines: logFile(STANDARD_OUTPUT) },
  log: createLogger({ level: 'info' }),
};
await startBridge(options, plan.mutant === null ? {} : { ...MUTANTS, ...LANE_MUTANTS }[plan.mutant].wrap());
console.log('ready');
