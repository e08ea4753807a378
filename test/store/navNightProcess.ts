import { randomUUID } from 'node:crypto';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { makeLists } from '../../src/jobs/nav/extract.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createVault } from '../../src/store/vault.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { NOW, VAULT_KEY } from './navNight.ts';

// Makes the lists of its counties one after the other, as the bridge does, and says how long each took and how much memory.

const [databaseUrl = '', brokers = '', ...orgs] = process.argv.slice(2);
const counties = new Map(
  orgs.map((each) => {
    const [org = '', county = ''] = each.split('/');
    return [orgId(org), countyNumber(county)];
  }),
);
const pool = createPool({ databaseUrl, size: 4, onIdleError: () => undefined });
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
const kafka: Publisher | null =
  brokers === ''
    ? null
    : createKafkaPublisher({ brokers: brokers.split(','), clientId: 'nav-night', log: () => undefined });
let sent = 0;
const parts = {
  nav: createPostgresNav(ids, readers, readers),
  operations: createPostgresOperations(pool, ids),
  vault: createVault(VAULT_KEY),
  environment: 'test' as const,
  policyFor: (org: ReturnType<typeof orgId>) => defaultPolicy(counties.get(org) ?? countyNumber('')),
  now: () => NOW,
  newId: randomUUID,
  log: createLogger({ level: 'silent' }),
  alarm: () => undefined,
  publisher: {
    publish: async (...[records, limits]: Parameters<Publisher['publish']>) => {
      sent += records.length;
      await kafka?.publish(records, limits);
    },
    close: async () => kafka?.close(),
  },
};
const megabytes = () => Math.round(process.memoryUsage().rss / 1_048_576);
// Code and connections are there before it is measured.
await parts.nav.unfinishedBatches([...counties.keys()][0] ?? orgId(''));
const before = megabytes();
let highest = before;
const watch = setInterval(() => {
  highest = Math.max(highest, megabytes());
}, 50);
const lists: { org: string; ms: number; made: boolean }[] = [];
for (const org of counties.keys()) {
  const began = performance.now();
  const made = (await makeLists(parts, org)) === 1;
  lists.push({ org, ms: Math.round(performance.now() - began), made });
}
clearInterval(watch);
await parts.publisher.close();
await pool.end();
process.stdout.write(JSON.stringify({ lists, sent, before, highest }));
