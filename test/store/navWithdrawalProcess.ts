import { setTimeout as sleep } from 'node:timers/promises';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { reportWithdrawals } from '../../src/jobs/nav/withdrawals.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';

// Reports withdrawals, as a process of its own that can be killed: prints the id of each record as it is published, a line
// when a sweep has committed, and gives time to be killed after both.

const [databaseUrl = '', org = '', now = ''] = process.argv.slice(2);
const pool = createPool({ databaseUrl, size: 3, onIdleError: () => undefined });
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
const nav = createPostgresNav(ids, readers, readers);
await reportWithdrawals(
  {
    nav: {
      ...nav,
      async sweepWritten(...asked) {
        const swept = await nav.sweepWritten(...asked);
        console.log('swept');
        await sleep(20);
        return swept;
      },
    },
    operations: { virtualNow: async () => null },
    now: () => now,
    policyFor: () => defaultPolicy(countyNumber('46')),
    virtualClock: () => false,
    meters: { navWithdrawn: () => undefined },
    publisher: {
      async publish(records) {
        for (const { headers } of records) console.log(`told ${headers.ce_id}`);
        await sleep(40);
      },
    },
  },
  orgId(org),
);
await pool.end();
