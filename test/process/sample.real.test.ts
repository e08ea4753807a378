import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAddress } from '../../src/local/addressFile.ts';
import { SUPERUSER } from '../../src/local/postgresInit.ts';
import { VESTFOLD_OG_TELEMARK } from '../../src/local/sample/target.ts';
import { ReportSchema } from '../../src/reports/reportShape.ts';
import { createHome, type Program, runProgram } from '../harness/program.ts';
import { until } from '../harness/until.ts';
import { publishedReport } from '../local/sample/publishedReport.ts';
import { linesNotShown } from './readmeScreen.ts';

const UP = /Ctrl-C stopper/;
const SAMPLE = '/organisations/vtfk-no';
const PLAYED_MS = 180_000;
const DATES = VESTFOLD_OG_TELEMARK.referenceDates;

let home: Awaited<ReturnType<typeof createHome>>;
let program: Program;
beforeAll(async () => {
  home = await createHome();
});
afterAll(async () => {
  program?.kill();
  await program?.ended;
  await home?.remove();
});

async function sql<Row extends Record<string, unknown>>(statement: string): Promise<Row[]> {
  const password = readFileSync(join(home.dir, 'postgres', 'password'), 'utf8').trim();
  const client = new Client({
    connectionString: `postgres://${SUPERUSER}:${password}@127.0.0.1:${home.postgresPort}/ot_bridge`,
  });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

const reports = () =>
  Promise.all(
    DATES.map(async (date) =>
      Buffer.from(await (await fetch(`${home.url}${SAMPLE}/reports/${date}`)).bytes()),
    ),
  );
async function allAlerts() {
  const found: { alert: { kind: string; state: string } }[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const answer = await fetch(`${home.url}${SAMPLE}/alerts?limit=200${after}`);
    const page = (await answer.json()) as { alerts: typeof found; next: string | null };
    found.push(...page.alerts);
    after = page.next === null ? null : `&after=${encodeURIComponent(page.next)}`;
  }
  return found;
}
/** From the tables on: what is shown of the sample. */
const shown = (screen: string) => screen.slice(screen.indexOf('Tabell'), screen.indexOf('Organisasjoner:'));
let tables = '';
let built: Buffer[] = [];

test('the sample, killed with -9 in the middle and started again, ends with the published tables', async () => {
  program = runProgram(home.settings);
  await program.shows(/spilles gjennom Kafka/);
  await until(
    'the first report is built',
    async () => (await fetch(`${home.url}${SAMPLE}/reports/${DATES[0]}`).catch(() => null))?.status === 200,
    PLAYED_MS,
  );
  expect(program.screen()).not.toMatch(UP);
  const begun = program.screen();
  expect(begun).toMatch(/Første varsel etter [\d,]+ s:\n {4}(VARSEL|KONTROLL) /);
  program.kill();
  await program.ended;

  program = runProgram(home.settings);
  await program.shows(UP, PLAYED_MS);
  expect(program.complaint()).toBe('');
  built = await reports();
  for (const at of [0, 1, 2] as const) {
    const report = ReportSchema.parse(JSON.parse(built[at]!.toString()));
    const { tilmelding, groups, targetGroup, outside, total } = publishedReport(at);
    expect(report).toMatchObject({ tilmelding, groups, targetGroup, outside, total });
  }
  const last = ReportSchema.parse(JSON.parse(built[2]!.toString()));
  expect(last.everHad.OTOV).toBe(VESTFOLD_OG_TELEMARK.everOtov);
  expect(readAddress(home.dir)).toBe(home.url);
  expect(linesNotShown(begun + program.screen()), 'the screen in README.md').toEqual([]);
  tables = shown(program.screen());
  for (const figure of ['2365', '2559', '2794', '1187', '321'])
    expect(tables.replaceAll(/[\s\u00a0](?=\d{3})/g, '')).toContain(figure);
}, 400_000);

test('three months of NAV: asked for, fetched with each youth on record, and used, waiting or held', async () => {
  const { batches } = (await (await fetch(`${home.url}${SAMPLE}/nav/batches`)).json()) as {
    batches: {
      id: string;
      fetched: number;
      answered: number;
      deliveries: { run: string; state: string }[];
    }[];
  };
  expect(batches.map(({ id, deliveries }) => [id, ...deliveries.map(({ state }) => state)])).toEqual([
    ['B-2021-05', 'held'],
    ['B-2021-04', 'incomplete'],
    ['B-2021-03', 'concluded'],
  ]);
  const [held, waits, used] = batches;
  expect(used?.answered).toBe(used?.fetched);
  expect([held?.answered, waits?.answered]).toEqual([0, 0]);
  const known = (await allAlerts()).filter(({ alert }) => alert.kind === 'KJENT_HOS_NAV');
  expect(known.length).toBeGreaterThan(5);
  expect(known.length).toBeLessThan(used?.answered ?? 0);
  // Some have taken their consent back since, or it has run out: of those nothing is shown any more.
  expect(new Set(known.map(({ alert }) => alert.state))).toEqual(new Set(['open']));
  const [{ given } = { given: 0 }] = await sql<{ given: number }>(
    `select count(distinct (r.batch, r.ref))::int as given from nav_disclosure d
     join nav_batch_row r using (decision) where d.how = 'fetch'`,
  );
  expect(given).toBe(batches.reduce((sum, { fetched }) => sum + fetched, 0));
  const [{ recorded } = { recorded: 0 }] = await sql<{ recorded: number }>(
    `select count(distinct item)::int as recorded from audit where access = 'nav:fetch' and purpose = 'NAV_UTVEKSLING'`,
  );
  expect(recorded).toBe(3);
});

test('every record of it is counted once, killed or not', async () => {
  const [sums] = await sql<{ received: string; ended: string }>(
    `select sum(next_offset) as received, sum(applied + duplicate + rejected + quarantined + parked) as ended
     from lane join organisation o on o.id = org_id where o.name = 'vtfk-no'`,
  );
  expect(Number(sums?.received)).toBeGreaterThan(5_000);
  expect(sums?.ended).toBe(sums?.received);
});

test('the next start plays nothing, shows the same, and builds lost reports again byte by byte', async () => {
  program.interrupt();
  expect(await program.ended).toBe(0);
  program = runProgram(home.settings);
  await program.shows(UP);
  expect(program.screen()).toContain('er spilt fra før');
  expect(shown(program.screen())).toBe(tables);
  expect(await reports()).toEqual(built);

  await sql('delete from report_snapshot');
  program.interrupt();
  expect(await program.ended).toBe(0);
  program = runProgram(home.settings);
  await program.shows(UP);
  expect(await reports()).toEqual(built);
  program.interrupt();
  expect(await program.ended).toBe(0);
  expect(readAddress(home.dir)).toBeUndefined();
  expect([...home.kafkas(), ...home.databases()]).toEqual([]);
});
