import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { type Sheet, showSheet } from '../../../src/core/report/sheet.ts';
import { SHEET_NAMES, type SheetName } from '../../../src/core/report/sheetName.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK as target } from '../../../src/local/sample/target.ts';
import { buildSheet } from '../../../src/reports/buildSheet.ts';
import { sheetDocument } from '../../../src/reports/sheetDocument.ts';
import type { SheetDocument } from '../../../src/reports/sheetShape.ts';
import { FEED_ORDERS, play } from './played.ts';

// The sample county counted in every way the reports know.

const year = sampleYear();
const { pipeline, built } = await play(year, FEED_ORDERS[0]);
const policy = defaultPolicy(countyNumber('38'));
/** Counting the county takes most of a second: once for all tests that look at the same sheet. */
const sheets = new Map<string, Sheet>();

describe('U02 two counts of one day, both right', () => {
  test('VIGO’s view has 2 968 and 1 231, Udir’s 2 794 and 1 187', async () => {
    const rows = rowsOf(await shown('reconciliation'), 'avstemming', 'rad');
    expect(rows['Alle registrerte (VIGO)']).toMatchObject({
      tilmeldt: target.register.total,
      malgruppe: target.register.targetGroup,
    });
    expect(rows['I Udirs tall']).toMatchObject({ tilmeldt: 2794, malgruppe: 1187, utenfor: 1607 });
  });

  test('the 174 between them are named one by one with the reason, and add up', async () => {
    const sheet = await shown('reconciliation');
    const rows = rowsOf(sheet, 'avstemming', 'rad');
    expect(rows['− Over aldersgrensen']).toMatchObject({ tilmeldt: 150, malgruppe: 41 });
    expect(rows['− Registrert to ganger']).toMatchObject({ tilmeldt: 16, malgruppe: 3 });
    expect(rows['− Et annet fylke har overtatt']).toMatchObject({ tilmeldt: 8, malgruppe: 0 });
    const left = sheet.tables.find(({ name }) => name === 'utelatt');
    expect(left?.rows.length).toBe(174);
    expect(left?.rows.filter(({ values }) => values.malgruppe === 'ja').length).toBe(44);
    expect(new Set(left?.rows.map(({ values }) => values.ungdom)).size).toBe(174);
  });

  test('P18, born in 1998, is over age', async () => {
    const { rows = [] } = (await shown('reconciliation')).tables.find(({ name }) => name === 'utelatt') ?? {};
    const p18 = rows.find(({ values }) => values.ungdom === '09899839924');
    expect(p18?.values.grunn).toBe('Over aldersgrensen');
  });

  test('a register of the same people without the rule on names counts those who are there twice', async () => {
    const { rows } = tableOf(await shown('reconciliation', { countedOnceBy: 'NUMBER' }), 'avstemming');
    expect(rows.at(-1)?.values.tilmeldt).toBe(2794 + 16);
  });
});

describe('U01 tables 1 and 2 and the flow', () => {
  test('a report counted when it is asked for has the figures of the one that was frozen', async () => {
    for (const { report } of built) {
      const sheet = await shown('stock', {}, report.referenceDate);
      const rows = rowsOf(sheet, 'hovedgruppe', 'hovedgruppe');
      expect(rows.Totalt?.antall).toBe(report.total);
      expect(rows['I målgruppen']?.antall).toBe(report.targetGroup);
      expect(sheet.cutoff).toBe(report.cutoff);
    }
  });

  test('864 have had OTOV in the year, 207 have it on the day', async () => {
    expect(rowsOf(await shown('flow'), 'kode', 'kode').OTOV).toMatchObject({ har: 207, hatt: 864 });
  });
});

describe('every report of the sample county', () => {
  test.each(SHEET_NAMES)(
    '%s names its county, year, day, cut-off and what it follows, and adds up',
    async (name) => {
      const sheet = await shown(name);
      expect(sheet).toMatchObject({
        county: '38',
        countyName: 'Vestfold og Telemark',
        schoolYear: '2020-21',
      });
      expect(sheet.cutoff).toMatch(/^2021-06-(08|15)T21:59:59\.999Z$/);
      expect(sheet.follows.length).toBeGreaterThan(0);
      expect(sheet.tables.length).toBeGreaterThan(0);
      for (const table of sheet.tables) {
        for (const row of table.rows)
          expect(Object.keys(row.values)).toEqual(table.columns.map((column) => column.name));
      }
    },
  );

  test.each(SHEET_NAMES)('%s shows no person and no small figure to others than OT', async (name) => {
    const sheet = await shown(name, {}, '2021-06-15', 'ekstern');
    const text = JSON.stringify(sheet);
    for (const { fodselsnummer } of year.identities.slice(0, 500)) expect(text).not.toContain(fodselsnummer);
    for (const { rows, columns } of sheet.tables) {
      for (const { values } of rows) {
        for (const column of columns.filter(
          ({ kind, name: own }) => kind === 'number' && !/^p\d/.test(own),
        )) {
          const value = values[column.name];
          if (typeof value === 'number')
            expect(value === 0 || value >= 5, `${name} ${column.name}`).toBe(true);
        }
      }
    }
  });

  test('counted twice it is the same', async () => {
    for (const name of SHEET_NAMES) {
      const again = await counted({ name, change: {}, on: '2021-06-15' });
      expect(sheetDocument(showSheet(again, 'ot', policy.smallCell))).toEqual(await shown(name));
    }
  });

  test('the series has a figure for the end of every month, and each is that of a report on the day', async () => {
    const { rows } = tableOf(await shown('series'), 'tidsserie');
    const days = rows.map(({ values }) => String(values.dato));
    expect(days).toEqual([
      '2020-08-31',
      '2020-09-30',
      '2020-10-31',
      '2020-11-30',
      '2020-12-31',
      '2021-01-31',
      '2021-02-28',
      '2021-03-31',
      '2021-04-30',
      '2021-05-31',
    ]);
    for (const { values } of [rows[0], rows[3], rows[9]].flatMap((row) => row ?? [])) {
      const there = rowsOf(await shown('stock', {}, String(values.dato)), 'hovedgruppe', 'hovedgruppe');
      expect(values).toMatchObject({
        otuk: there['1 Ukjent aktivitet']?.antall,
        malgruppe: there['I målgruppen']?.antall,
        tilmeldt: there.Totalt?.antall,
      });
    }
    expect(Number(rows[0]?.values.otuk)).toBeGreaterThan(Number(rows[3]?.values.otuk));
  });

  test('what came after the last report was run, is listed with its lag', async () => {
    const sheet = await shown('late-arrivals');
    const counts = rowsOf(sheet, 'etterslep', 'hva');
    expect(counts['Ny tilmelding']?.antall).toBe(9);
    const { rows } = tableOf(sheet, 'liste');
    expect(rows.length).toBe(counts.Alle?.antall);
    for (const { values } of rows) {
      expect(String(values.gjelderFra) <= '2021-06-08').toBe(true);
      expect(String(values.mottatt) > '2021-06-08').toBe(true);
    }
  });

  test('schools take up to some weeks to report a dropout', async () => {
    const rows = rowsOf(await shown('school-lag'), 'meldetid', 'skole');
    expect(Object.keys(rows)).toContain('Fagopplæring');
    expect(Number(rows.Alle?.p95)).toBeGreaterThan(21);
    expect(Number(rows.Alle?.p50)).toBeLessThan(15);
  });

  test('KOSTRA counts those under 21 at the end of 2021, not through it', async () => {
    const rows = rowsOf(await shown('kostra'), 'alder', 'alder');
    expect(rows['20']).toBeDefined();
    expect(rows['21']).toBeUndefined();
    expect(Number(rows['Ikke med: fylt grensen']?.antall)).toBeGreaterThan(150);
  });
});

type Change = Partial<Pick<typeof policy, 'countedOnceBy'>>;

async function shown(
  name: SheetName,
  change: Change = {},
  on = '2021-06-15',
  audience: 'ot' | 'ekstern' = 'ot',
): Promise<SheetDocument> {
  const wanted = { name, change, on };
  const key = JSON.stringify(wanted);
  const sheet = sheets.get(key) ?? (await counted(wanted));
  sheets.set(key, sheet);
  return sheetDocument(showSheet(sheet, audience, policy.smallCell));
}

async function counted({ name, change, on }: { name: SheetName; change: Change; on: string }) {
  const organisation = { id: SAMPLE_ORG, county: countyNumber('38'), policy: { ...policy, ...change } };
  const request = { name, on, county: null, step: 'maaned', today: '2021-06-15' } as const;
  const answer = await buildSheet(pipeline.queries, organisation, [organisation], request);
  if (!answer.ok) throw new Error(answer.code);
  return answer.sheet;
}

function tableOf(sheet: SheetDocument, name: string): SheetDocument['tables'][number] {
  const table = sheet.tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** Rows by the text of their first or named column. */
function rowsOf(sheet: SheetDocument, name: string, label: string) {
  return Object.fromEntries(tableOf(sheet, name).rows.map(({ values }) => [String(values[label]), values]));
}
