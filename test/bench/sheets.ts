import { randomUUID } from 'node:crypto';
import { countInThread } from '../../src/bridge/sheetCounting.ts';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { SHEET_NAMES, type SheetName } from '../../src/core/report/sheetName.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { WORKLIST_IDS } from '../../src/core/worklist/worklistId.ts';
import { basisOf } from '../../src/desk/reports/builtSheets.ts';
import { createSheetRun } from '../../src/desk/reports/sheetRun.ts';
import { worklistPage } from '../../src/desk/worklists/worklists.ts';
import { followWork } from '../../src/jobs/worklists/followWork.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresSheets } from '../../src/store/postgres/sheets.ts';
import { createPostgresWork } from '../../src/store/postgres/workProjection.ts';
import { startRealParts } from '../harness/realParts.ts';
import { COUNTY, identityNumbers, ORG } from './load.ts';
import { cpuSeconds, percentile } from './measure.ts';
import { seedHistories } from './seedHistories.ts';

// What the day's reports of a county cost, each counted alone and then all that wait together; and how long the first page of
// each worklist takes, of today, of a day that has passed, and of one for which no rows are kept: that one is made from all
// youths. `node test/bench/sheets.ts`. SHEETS_YOUTHS (20 000), SHEETS_ALONE (stock,
// contact-time,checks: which are counted alone). Trust the seconds of processor, of the program and its threads: the time that
// passes is that of the machine's other work, and of the rests between portions.

const YOUTHS = Number(process.env.SHEETS_YOUTHS ?? 20_000);
const ALONE = (process.env.SHEETS_ALONE ?? 'stock,contact-time,checks').split(',');
const DAYS_AGO = [
  ['today', 0],
  ['a day that has passed', 28],
  ['from all youths', 200],
] as const;
/** Rows are kept for days that are no longer ago. */
const KEPT_AT_LEAST = 90;
/** How often each page is asked for. */
const ROUNDS = 5;
const say = (text: string) => process.stdout.write(`${text}\n`);

const parts = await startRealParts({
  kafka: false,
  settings: { shared_buffers: '2GB', max_wal_size: '16GB' },
});
const pool = createPool({ databaseUrl: parts.databaseUrl, size: 4, onIdleError: () => undefined });
try {
  const records = await seedHistories(pool, identityNumbers(YOUTHS));
  say(`${YOUTHS} youths, ${records} records`);
  const orgs = organisationIds(pool);
  const readers = createReaders(pool);
  const sheets = createPostgresSheets(orgs, readers, readers);
  const organisation = { id: ORG, county: COUNTY, virtualClock: false, policy: {} };
  const desk = {
    queries: createPostgresQueries(pool, orgs, readers),
    operations: createPostgresOperations(pool),
    organisations: [organisation],
    policyOf: () => defaultPolicy(COUNTY),
    now: () => Date.now(),
    sheets,
  };
  const fails = (error: unknown) => {
    throw error;
  };
  const run = createSheetRun(desk, { by: randomUUID(), count: countInThread, failed: fails });
  const real = () => instantOf(Date.now());
  const on = osloDate(real());

  const count = async (names: readonly SheetName[]) => {
    for (const name of names) {
      const asked = { name, on, step: 'maaned' as const, permission: WHOLE_COUNTY };
      await sheets.askSheet(basisOf(desk, organisation, asked, on).key, real(), names.length);
    }
    while ((await run.step()) > 0);
  };
  for (const name of SHEET_NAMES.filter((each) => ALONE.includes(each)))
    await measured(name, () => count([name]));
  await measured(`all ${SHEET_NAMES.length} together`, () => count(SHEET_NAMES));
  const work = createPostgresWork(orgs, readers);
  const basis = { policy: defaultPolicy(COUNTY), agreements: [], now: real() };
  await measured('rows of the worklists kept', async () => {
    while ((await followWork(work, ORG, basis)) !== 'done');
  });
  await pool.query('vacuum analyze');
  const lists = { ...desk, work, agreementsOf: async () => [] };
  for (const [what, days] of DAYS_AGO) {
    const date = osloDate(instantOf(Date.now() - days * 86_400_000));
    const times: number[] = [];
    for (const name of WORKLIST_IDS)
      for (let round = 0; round < (days > KEPT_AT_LEAST ? 1 : ROUNDS); round += 1) {
        const began = performance.now();
        const asked = {
          ...{ name, date, protectedYouths: true },
          order: 'urgency' as const,
          page: { limit: 50 },
        };
        await worklistPage(lists, organisation, asked);
        times.push(performance.now() - began);
      }
    times.sort((one, other) => one - other);
    const [p50, p95] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(0));
    say(`first page of a worklist of ${date}, ${what}: p50 ${p50}, p95 ${p95} ms`);
  }
} finally {
  await pool.end();
  await parts.stop();
}

/** Of the program alone: the database is started apart. */
async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const [began, spent, database] = [performance.now(), process.cpuUsage(), cpuOfDatabase()];
  await work();
  const { user, system } = process.cpuUsage(spent);
  const [seconds, own] = [(performance.now() - began) / 1_000, (user + system) / 1e6];
  const stored = cpuOfDatabase() - database;
  say(
    `${what}: ${seconds.toFixed(1)} s, ${own.toFixed(1)} s of processor and ${stored.toFixed(1)} of the database's, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
}

function cpuOfDatabase(): number {
  return cpuSeconds(parts.postgres?.pid() ?? 0);
}
