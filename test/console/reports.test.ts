import { describe, expect, test } from 'vitest';
import { bars } from '../../src/console/charts/bars.ts';
import { lines } from '../../src/console/charts/lines.ts';
import { SHEETS } from '../../src/core/report/sheetName.ts';
import { norwegianNumber } from '../../src/text/norwegian.ts';
import { PERSON, testParts } from '../api/parts.ts';
import { seedYouth } from '../api/seed.ts';
import { countedPage } from '../desk/countReports.ts';
import { BASE, pagesAs } from './rolePages.ts';

async function county() {
  const parts = testParts();
  const ref = await seedYouth(parts, PERSON);
  return { parts, ref };
}

describe('Rapporter', () => {
  test('lists the reports that the role has, as of today or of the day asked for', async () => {
    const { parts } = await county();
    const leader = await pagesAs(parts, 'leder').text('/rapporter');
    for (const { name } of SHEETS) expect(leader).toContain(`${BASE}/rapporter/${name}?dato=2026-10-07`);
    const asked = await pagesAs(parts, 'leder').text('/rapporter?dato=15.2.2026');
    expect(asked).toContain(`${BASE}/rapporter/stock?dato=2026-02-15`);
    const school = await pagesAs(parts, 'skole').text('/rapporter');
    expect([...school.matchAll(/rapporter\/([a-z-]+)\?/g)].map(([, name]) => name)).toEqual(['school-lag']);
  });

  test.each(SHEETS.map(({ name }) => name))(
    '%s shows its tables, what they rest on, and each as a spreadsheet',
    async (name) => {
      const { parts } = await county();
      const pages = pagesAs(parts, 'leder');
      const page = await countedPage(parts, pages.text, `/rapporter/${name}?dato=2026-11-15`);
      // KOSTRA counts a school year, as of its last reference date.
      expect(page).toContain(name === 'kostra' ? 'Per 15. juni 2027' : 'Per 15. november 2026');
      expect(page).toContain('Tallene følger');
      expect(page).not.toContain(PERSON);
      const files = [...page.matchAll(/href="\/k\/[^"/]+(\/rapporter\/[^"]+regneark[^"]+)"/g)].map(
        ([, path]) => (path ?? '').replaceAll('&amp;', '&'),
      );
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const response = await pages.get(file);
        expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
        expect(await response.text()).not.toContain(PERSON);
      }
    },
  );

  test('prints the values beside bars that say the same as the table', async () => {
    const { parts } = await county();
    const { text } = pagesAs(parts, 'leder');
    const page = await countedPage(parts, text, '/rapporter/stock?dato=2026-11-15');
    expect(page).toContain('<svg class="chart"');
    expect(page).toMatch(
      /<text y="15">Avbrutt[^<]*<\/text>\s*<rect class="bar-0"[^>]*width="550"[^>]*\/><text class="value"[^>]*>1<\/text>/,
    );
  });

  test('without small figures they are hidden in the bars too, and no youth is listed', async () => {
    const { parts, ref } = await county();
    const leader = pagesAs(parts, 'leder');
    const page = await countedPage(parts, leader.text, '/rapporter/stock?dato=2026-11-15&for=ekstern');
    expect(page).toContain('Skjult betyr at tallet er så lite');
    expect(page).not.toMatch(/<text class="value"[^>]*>1<\/text>/);
    const masked = await countedPage(
      parts,
      pagesAs(parts, 'personvern').text,
      '/rapporter/reconciliation?dato=2026-11-15',
    );
    expect(masked).not.toContain(ref);
  });

  test('an unknown report, one of another role or a day that is none lead to no figures of another', async () => {
    const { parts } = await county();
    expect((await pagesAs(parts, 'leder').get('/rapporter/finnes-ikke')).status).toBe(404);
    expect((await pagesAs(parts, 'skole').get('/rapporter/stock')).status).toBe(403);
    const odd = await countedPage(parts, pagesAs(parts, 'leder').text, '/rapporter/stock?dato=31.02.2026');
    expect(odd).toContain('Det er ikke en dato. Her er tallene per i dag.');
    expect(odd).toContain('Per 7. oktober 2026');
  });
});

describe('bars', () => {
  const chart = {
    label: 'Søylediagram',
    number: norwegianNumber,
    missing: 'skjult',
  };

  test('are drawn from the data alone, with one scale for all', async () => {
    const drawn = await bars({
      ...chart,
      series: ['Har nå', 'Har hatt'],
      rows: [
        { label: 'OTUK', values: [1_000, 250] },
        { label: 'OTOV <&', values: [null, 0] },
      ],
    });
    await expect(String(drawn)).toMatchFileSnapshot('../golden/bars.svg');
  });

  test('of nothing but zeros are drawn without a length', async () => {
    const drawn = String(await bars({ ...chart, series: ['Antall'], rows: [{ label: 'a', values: [0] }] }));
    expect(drawn).toContain('width="0"');
    expect(drawn).not.toContain('NaN');
  });
});

describe('lines', () => {
  const chart = { label: 'Linjediagram', number: norwegianNumber, missing: 'skjult' };

  test('are drawn from the data alone, break where a value is hidden, and end in their names', async () => {
    const drawn = await lines({
      ...chart,
      points: ['06.09.2026', '13.09.2026', '20.09.2026', '27.09.2026'],
      series: [
        { name: '1 Ukjent aktivitet', values: [100, 1_000, 900, 850] },
        { name: '2 Under oppfølging <&', values: [90, null, 840, 845] },
        { name: '3 I aktivitet', values: [null, 5, null, null] },
      ],
    });
    await expect(String(drawn)).toMatchFileSnapshot('../golden/lines.svg');
  });

  test('names that end at one place do not cover each other, and stay in the drawing', async () => {
    const series = Array.from({ length: 7 }, (_, at) => ({ name: `linje ${at}`, values: [0, 0] }));
    const drawn = String(await lines({ ...chart, points: ['a', 'b'], series }));
    const heights = [...drawn.matchAll(/<text class="name" x="360" y="([\d.]+)">/g)]
      .map(([, y]) => Number(y))
      .sort((a, b) => a - b);
    expect(heights).toHaveLength(7);
    for (const [at, height] of heights.entries())
      if (at > 0) expect(height - (heights[at - 1] ?? 0)).toBeGreaterThanOrEqual(18);
    expect(Math.max(...heights)).toBeLessThan(284);
    expect(drawn).not.toContain('NaN');
  });
});
