import { expect } from 'vitest';
import { legacyReport } from '../../src/cli/legacy.ts';
import { mapTable } from '../../src/core/legacy/mappedTable.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { showSheet } from '../../src/core/report/sheet.ts';
import type { SheetName } from '../../src/core/report/sheetName.ts';
import { TILMELDINGSKODER } from '../../src/core/report/stock.ts';
import { sampleYear } from '../../src/local/sample/population.ts';
import { MAIN_GROUPS, VESTFOLD_OG_TELEMARK as published, SAMPLE_ORG } from '../../src/local/sample/target.ts';
import { buildSheet } from '../../src/reports/buildSheet.ts';
import { sheetDocument } from '../../src/reports/sheetDocument.ts';
import { NATIONAL_CSV, nationalTable } from '../core/legacy/nationalFile.ts';
import { sheet } from '../harness/apiDocuments.ts';
import { contact, dropout, handover, status } from '../harness/feedRecords.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { listOf, rowsOf } from '../harness/storyReports.ts';
import { FEED_ORDERS, play as playSample, type Run } from '../local/sample/played.ts';

const P05A = person('P05a');
const P05B = person('P05b');
const P12 = person('P12');
const P18 = person('P18');
const P20 = person('P20');

let sample: Promise<Run> | undefined;

/** The sample county's year, 2020-21 in county 38, through the adapters and the rules; played once. */
function sampleCounty(): Promise<Run> {
  sample ??= playSample(sampleYear(), FEED_ORDERS[0]);
  return sample;
}

async function sampleSheet(name: SheetName) {
  const { pipeline } = await sampleCounty();
  const organisation = {
    id: SAMPLE_ORG,
    county: countyNumber('38'),
    policy: defaultPolicy(countyNumber('38')),
  };
  const request = { name, on: '2021-06-15', county: null, step: 'maaned', today: '2021-06-15' } as const;
  const made = await buildSheet(pipeline.queries, organisation, [organisation], request);
  if (!made.ok) throw new Error(made.code);
  return sheetDocument(showSheet(made.sheet, 'ot', organisation.policy.smallCell));
}

/** Two counties on one bridge: a person has one reference in both. */
async function twoCounties(): Promise<Readonly<Record<'39' | '40', TestPipeline>>> {
  const vestfold = await createTestPipeline({ org: orgId('vestfoldfylke-no'), county: '39' });
  const telemark = await createTestPipeline({ county: '40', store: vestfold.store });
  return { 39: vestfold, 40: telemark };
}

/** All of Norway that this bridge has, on a day: rows by county, and `Alle`. */
async function nationalOn(counties: Readonly<Record<'39' | '40', TestPipeline>>, on: string) {
  const all = Object.values(counties).map(({ org: id, policy }) => ({ id, county: policy.county, policy }));
  const [first] = all;
  if (first === undefined) throw new Error('no county');
  const request = { name: 'national', on, county: null, step: 'maaned', today: '2027-03-01' } as const;
  const made = await buildSheet(counties[39].store, first, all, request);
  if (!made.ok) throw new Error(made.code);
  return rowsOf(sheetDocument(showSheet(made.sheet, 'ot', 5)), 'fylker');
}

export const UDIR: Scenarios = {
  'U01 the sample county of 2020-21 gives tables 1 and 2 cell by cell on the three dates': async () => {
    const reports = (await sampleCounty()).built.map(({ report }) => report);
    expect(reports.map(({ referenceDate }) => referenceDate)).toEqual([
      '2020-11-15',
      '2021-02-15',
      '2021-06-15',
    ]);
    for (const code of TILMELDINGSKODER)
      expect(
        reports.map(({ tilmelding }) => tilmelding[code]),
        code,
      ).toEqual([...published.tilmelding[code]]);
    for (const group of MAIN_GROUPS)
      expect(
        reports.map(({ groups }) => groups[group]),
        group,
      ).toEqual([...published.groups[group]]);
    expect(reports.map(({ total }) => total)).toEqual([2365, 2559, 2794]);
    expect(reports.map(({ targetGroup }) => targetGroup)).toEqual([962, 1073, 1187]);
    expect(reports.map(({ outside }) => outside)).toEqual([1403, 1486, 1607]);
    // Registrations are re-coded and annulled: the figure falls.
    expect(reports.map(({ tilmelding }) => tilmelding.TAKKET_NEI)).toEqual([347, 338, 321]);
  },

  'U01 864 have had OTOV at least once, which is a flow and not the stock of 207': async () => {
    const { report } = (await sampleCounty()).built.at(-1) ?? {};
    expect([report?.everHad.OTOV, report?.codes.OTOV]).toEqual([864, 207]);
    const flows = listOf(await sampleSheet('flow'), 'kode');
    expect(flows.find(({ kode }) => kode === 'OTOV')).toMatchObject({ har: 207, hatt: 864 });
  },

  'U02 VIGO counts 2 968 and 1 231 where Udir counts 2 794 and 1 187, and each of the 174 has a reason':
    async () => {
      const document = await sampleSheet('reconciliation');
      const rows = rowsOf(document, 'avstemming');
      expect(rows['Alle registrerte (VIGO)']).toMatchObject({ tilmeldt: 2968, malgruppe: 1231 });
      expect(rows['I Udirs tall']).toMatchObject({ tilmeldt: 2794, malgruppe: 1187 });
      const out = listOf(document, 'utelatt');
      expect(out).toHaveLength(2968 - 2794);
      expect(new Set(out.map(({ grunn }) => grunn))).toEqual(
        new Set(['Over aldersgrensen', 'Registrert to ganger', 'Et annet fylke har overtatt']),
      );
      expect(out.filter(({ malgruppe }) => malgruppe === 'ja')).toHaveLength(1231 - 1187);
      expect(out.find(({ ungdom }) => ungdom === P18.fodselsnummer)?.grunn).toBe('Over aldersgrensen');
      expect(document.follows.join(' ')).toContain('fyller 21 år');
    },

  'U02 the same question in 2026 is answered by the limit of 24': staged({ county: '40' }, async (stage) => {
    // Born in 1998, 2002, 2003 and 2004: 28, 24, 23 and 22 in the year.
    for (const each of [P18, P05A, P05B, P20])
      await stage.send('2026-09-10T08:00:00.000Z', 'school-dropout', dropout(each, '2026-09-09'));
    const document = await sheet(stage, 'reconciliation', '2026-11-15');
    const rows = rowsOf(document, 'avstemming');
    expect(document.follows.join(' ')).toContain('fyller 24 år');
    expect(rows['Alle registrerte (VIGO)']?.tilmeldt).toBe(4);
    expect(rows['I Udirs tall']?.tilmeldt).toBe(3);
    expect(listOf(document, 'utelatt')).toMatchObject([
      { ungdom: await stage.ref(P18.fodselsnummer), grunn: 'Over aldersgrensen' },
    ]);
  }),

  'U03 a youth in two counties counts once in the country, in the county that owns it on the day':
    async () => {
      const counties = await twoCounties();
      const at = { at: '2026-09-10T08:00:00.000Z' };
      const school = { skolenummer: '39014' };
      await counties[39].send('school-dropout', [dropout(P12, '2026-09-09', school)], at);
      await counties[39].send('school-dropout', [dropout(P20, '2026-09-09', school)], at);
      await counties[40].send('school-dropout', [dropout(P05B, '2026-09-09')], at);
      await counties[39].settle();
      const ours = { kilde: 'ot:39201' };
      const followed = [contact(P12, '2026-09-14', ours), status(P12, '2026-09-15', 'OTOV', ours)];
      await counties[39].send('ot-adviser', followed, { at: '2026-09-15T08:00:00.000Z' });
      await counties[39].settle();

      const accepted = { at: '2027-02-15T08:00:00.000Z' };
      const answer = handover(P12, '2027-02-15', '40', 'GODTATT', { ...ours, enhet: '40201' });
      await counties[39].send('ot-adviser', [answer], accepted);
      const theirs = [contact(P12, '2027-02-15'), status(P12, '2027-02-15', 'OTOV', { enhet: '40201' })];
      await counties[40].send('ot-adviser', theirs, accepted);
      for (const county of Object.values(counties)) await county.settle();
      const [there, here] = await Promise.all(
        Object.values(counties).map((county) => county.youth(P12.fodselsnummer)),
      );
      expect(there?.ref).toBe(here?.ref);

      const before = await nationalOn(counties, '2027-02-14');
      expect(before['39']).toMatchObject({ registrert: 2, talt: 2, andreSteder: 0 });
      expect(before['40']).toMatchObject({ registrert: 1, talt: 1, andreSteder: 0 });
      expect(before.Alle).toMatchObject({ registrert: 3, talt: 3 });
      const after = await nationalOn(counties, '2027-02-16');
      expect(after['39']).toMatchObject({ registrert: 2, talt: 1, andreSteder: 1 });
      expect(after['40']).toMatchObject({ registrert: 2, talt: 2, andreSteder: 0 });
      // The sum of the counties less those counted elsewhere is the country.
      expect(after.Alle).toMatchObject({ registrert: 2 + 2, andreSteder: 1, talt: 2 + 2 - 1 });
    },

  'U05 the national table of 2011 becomes 27 149 in the target group, 18 007 outside and 12 quarantined':
    async () => {
      const { sums, rows } = mapTable(nationalTable());
      expect(sums.get('total')).toMatchObject({ target: 27149, outside: 18007, quarantine: 12, all: 45168 });
      expect(27149 + 18007 + 12).toBe(45168);
      expect(sums.get('12')).toMatchObject({ target: 2772, outside: 429, quarantine: 0 });
      for (const row of rows) expect(row.ambiguous, String(row.from)).toBe(row.alternatives.length > 0);
      expect(rows.filter(({ ambiguous }) => ambiguous)).toHaveLength(14);
      // Only what has no code is quarantined; no figure is too large or too small to be right.
      const held = rows.filter(({ side }) => side === 'quarantine');
      expect(held.map(({ from, cells }) => [from, cells.total])).toEqual([[null, 12]]);
      const cell = (code: string, county: string) =>
        rows.find(({ from }) => from === code)?.cells.counties[county];
      expect([cell('OTNO', '12'), cell('OTUK', '05')]).toEqual([900, 12]);
      const printed = legacyReport('nygiv-2011.csv', NATIONAL_CSV, '2011-01-01').replaceAll('\u00a0', ' ');
      expect(printed).toMatch(/Hele landet +27 149 +18 007 +12 +45 168/);
      expect(printed).toMatch(/12 Hordaland +2 772 +429 +0 /);
    },
};
