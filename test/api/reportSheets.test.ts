import { describe, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { SHEET_NAMES } from '../../src/core/report/sheetName.ts';
import { SheetSchema } from '../../src/reports/sheetShape.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, SAMPLE, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

const at = (name: string, query = '', org = ORG) =>
  `/organisations/${org}/reports/2026-11-15/${name}${query}`;

async function seeded() {
  const parts = testParts();
  const ref = await seedYouth(parts, PERSON);
  return { ...appOf(parts), ref };
}

describe('a report that is counted when it is asked for', () => {
  test.each(SHEET_NAMES)('%s is a document of the described shape', async (name) => {
    const { get } = await seeded();
    const response = await get(at(name));
    expect(response.status).toBe(200);
    const sheet = SheetSchema.parse(await bodyOf(response));
    expect(sheet).toMatchObject({ name, county: '40', schoolYear: '2026-27', audience: 'ot' });
  });

  test('OT sees the youth counted, others see no figure that small', async () => {
    const { get } = await seeded();
    const ours = SheetSchema.parse(await bodyOf(await get(at('stock'))));
    const theirs = SheetSchema.parse(await bodyOf(await get(at('stock', '?audience=ekstern'))));
    const row = (sheet: typeof ours) => sheet.tables[0]?.rows.find(({ sum }) => sum);
    expect(row(ours)).toMatchObject({ values: { antall: 1 }, hidden: [] });
    expect(row(theirs)).toMatchObject({ values: { antall: null }, hidden: ['antall'] });
  });

  test('is a spreadsheet when that is what is asked for', async () => {
    const { app } = await seeded();
    const response = await app.request(at('stock', '?table=hovedgruppe'), {
      headers: { accept: 'text/csv' },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="stock-2026-11-15.csv"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain('Hovedgruppe;Antall;rapport;fylke');
  });

  test('names no person: neither number nor birth date is in any of them, and to others no reference either', async () => {
    const { get, ref } = await seeded();
    for (const name of SHEET_NAMES) {
      const ours = await (await get(at(name))).text();
      const theirs = await (await get(at(name, '?audience=ekstern'))).text();
      for (const text of [ours, theirs]) {
        expect(text).not.toContain(PERSON);
        expect(text).not.toContain('2009-03-14');
      }
      expect(theirs).not.toContain(ref);
    }
  });

  test('an unknown report, day or organisation is an address that does not exist', async () => {
    const { get } = await seeded();
    expect((await get(at('alt'))).status).toBe(404);
    expect((await get(`/organisations/${ORG}/reports/2026-11-31/stock`)).status).toBe(404);
    expect((await get(at('stock', '', orgId('ukjent-no')))).status).toBe(404);
  });

  test('what cannot be chosen is refused with what can', async () => {
    const { app, get } = await seeded();
    const table = await problemOf(
      await app.request(at('reconciliation', '?table=utelatt&audience=ekstern'), {
        headers: { accept: 'text/csv' },
      }),
    );
    expect(table).toMatchObject({
      status: 400,
      problems: [{ field: 'table', cure: 'Velg en av: avstemming.' }],
    });
    expect((await get(at('stock', '?audience=alle'))).status).toBe(400);
    expect((await get(at('stock', '?county=4'))).status).toBe(400);
    const county = await problemOf(await get(at('stock', '?county=39')));
    expect(county).toMatchObject({ status: 400, problems: [{ field: 'county' }] });
  });

  test('a report on a year before the county had its number has the number of then', async () => {
    const { get } = await seeded();
    const sheet = SheetSchema.parse(
      await bodyOf(await get(`/organisations/${ORG}/reports/2021-06-15/stock`)),
    );
    expect(sheet).toMatchObject({ county: '38', countyName: 'Vestfold og Telemark' });
  });

  test('a sample is never counted together with real youths', async () => {
    const { get } = await seeded();
    const sheet = SheetSchema.parse(await bodyOf(await get(at('national'))));
    expect(sheet.tables[0]?.rows.map(({ values }) => values.fylke)).toEqual(['40', 'Alle']);
    const sample = SheetSchema.parse(
      await bodyOf(await get(`/organisations/${SAMPLE}/reports/2021-06-15/national`)),
    );
    expect(sample.tables[0]?.rows.map(({ values }) => values.fylke)).toEqual(['38', 'Alle']);
  });
});
