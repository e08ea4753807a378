import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { makeLists } from '../../src/jobs/nav/extract.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createVault } from '../../src/store/vault.ts';
import { createLogger } from '../../src/telemetry/logger.ts';

// Makes the lists that are open, as a process of its own that can be killed: prints a line after each page.

const [databaseUrl = '', org = '', now = ''] = process.argv.slice(2);
const pool = createPool({ databaseUrl, size: 3, onIdleError: () => undefined });
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
const nav = createPostgresNav(ids, readers, readers);
await makeLists(
  {
    nav: {
      ...nav,
      async extractPage(...asked) {
        const judged = await nav.extractPage(...asked);
        console.log(`page ${judged}`);
        await sleep(30);
        return judged;
      },
    },
    operations: createPostgresOperations(pool, ids),
    vault: createVault(Buffer.alloc(32, 7)),
    environment: 'test',
    policyFor: () => defaultPolicy(countyNumber('46')),
    now: () => now,
    newId: randomUUID,
    log: createLogger({ level: 'silent' }),
    alarm: () => undefined,
    publisher: { publish: async () => undefined, close: async () => undefined },
  },
  orgId(org),
);
await pool.end();
console.log('done');
