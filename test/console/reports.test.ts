import { describe, expect, test } from 'vitest';
import { bars } from '../../src/console/charts/bars.ts';
import { lines } from '../../src/console/charts/lines.ts';
import { SHEETS } from '../../src/core/report/sheetName.ts';
import { norwegianNumber } from '../../src/text/norwegian.ts';
import { NOW, PERSON, testParts } from '../api/parts.ts';
import { seedYouth } from '../api/seed.ts';
import { bulkWorld } from '../desk/bulkWorld.ts';
import { countedPage, counterOf, countHere, countReports } from '../desk/countReports.ts';
import { status } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
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

  test('has a day once, also when it is one that figures are reported for', async () => {
    const parts = testParts({ now: () => Date.parse('2026-11-15T11:00:00.000Z') });
    const page = await pagesAs(parts, 'leder').text('/rapporter');
    expect(page.match(/>15\.11\.2026<\/a> \(i dag, innrapportering\)/g)).toHaveLength(1);
    expect(page.match(/>15\.11\.2026<\/a>/g)).toHaveLength(1);
  });

  test.each(SHEETS.map(({ name }) => name))(
    '%s shows its tables, what they rest on, and each as a spreadsheet',
    async (name) => {
      const { parts } = await county();
      const pages = pagesAs(parts, 'leder');
      const page = await countedPage(parts, pages.text, `/rapporter/${name}?dato=2026-11-15`);
      // KOSTRA counts a school year, as of its last reference date.
      expect(page).toContain(name === 'kostra' ? 'Per 15. juni 2027' : 'Per 15. november 2026');
      expect(page).toMatch(/<h1 [^>]+>(?!Rapporter)[^<]+<\/h1>/);
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

  test('a list of youths shows fifty and says how many there are: the rest is in its spreadsheet', async () => {
    const { parts, pipeline, settle } = await bulkWorld(60);
    const many = crowd(60, { first: '2008-01-01', last: '2009-12-31' });
    const answered = many.map((one) => status(one, '2026-10-07', 'OTAP'));
    await pipeline.send('ot-adviser', answered, { at: '2026-10-07T07:40:00.000Z' });
    await settle('2026-10-07T07:50:00.000Z');
    const page = await countedPage(parts, pagesAs(parts, 'leder').text, '/rapporter/checks?dato=2026-11-15');
    expect(page).toContain('Her er de første 50 av 60. Hele listen er i regnearket.');
    expect(page.match(/\/ungdom\/[0-9a-f-]{36}"/g)).toHaveLength(50);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(15_000);
  });

  test('a report that is not made yet says so, how far it is, and what to do; it is asked for once', async () => {
    const { parts } = await county();
    const leader = pagesAs(parts, 'leder');
    const path = '/rapporter/stock?dato=2026-10-07&for=ot&steg=maaned';
    const page = await leader.text(path);
    expect(page).toContain('Rapporten lages nå.');
    expect(page).toContain('Den venter på tur.');
    expect(page).toContain(`<a href="${BASE}${path.replaceAll('&', '&amp;')}">Se om den er klar</a>`);
    expect(page).toContain('<meta http-equiv="refresh"');
    expect(page).not.toContain('Lag på nytt');
    const file = await leader.get('/rapporter/stock/regneark?dato=2026-10-07&for=ot&steg=maaned');
    expect([file.status, await file.text()]).toEqual([
      404,
      expect.stringContaining('Rapporten er ikke laget'),
    ]);
    const started = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const counting = counterOf(parts, async (queries, order, watch) => {
      watch.seen(1_500);
      started.resolve();
      await go.promise;
      return countHere(queries, order, watch);
    }).step();
    await started.promise;
    expect(await leader.text(path)).toMatch(/Hendelser som er lest: [\d ]+\./);
    go.resolve();
    await counting;
    const made = await leader.text(path);
    expect(made).toContain('Tallene er fra 07.10.2026 kl. 09.12 (nå).');
    expect(made).not.toContain('http-equiv="refresh"');
    expect(await countReports(parts)).toBe(0);
  });

  test('is made again when its reader asks, and its spreadsheet and its page say the same moment', async () => {
    const { parts } = await county();
    let now = NOW;
    const later = { ...parts, now: () => now };
    const leader = pagesAs(later, 'leder');
    const path = '/rapporter/stock?dato=2026-10-07&for=ot&steg=maaned';
    await countedPage(later, leader.text, path);
    now += 5 * 60_000;
    const old = await leader.text(path);
    expect(old).toContain('Tallene er fra 07.10.2026 kl. 09.12 (for 5 minutter siden).');
    expect(old).toContain('Lag på nytt');
    const act = '/rapporter/stock/lag?dato=2026-10-07&for=ot&steg=maaned';
    const sent = await leader.post(act, {}, path);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${BASE}${path}#tittel`]);
    const waiting = await leader.text(path);
    expect(waiting).toContain('Nye tall lages nå.');
    expect(waiting).toContain('kl. 09.12');
    expect(waiting).not.toContain('Lag på nytt');
    await countReports(later);
    expect(await leader.text(path)).toContain('Tallene er fra 07.10.2026 kl. 09.17 (nå).');
    const file = await leader.text('/rapporter/stock/regneark?dato=2026-10-07&for=ot&steg=maaned');
    expect(file.split('\n')[0]).toMatch(/;laget/);
    expect(file.split('\n')[1]).toContain('2026-10-07T07:17:00.000Z');
    expect((await pagesAs(later, 'skole').post(act, {}, '/rapporter')).status).toBe(403);
  });

  test('a report that cannot be counted says so and can be asked for again', async () => {
    const { parts } = await county();
    const leader = pagesAs(parts, 'leder');
    await leader.text('/rapporter/flow');
    const broken = counterOf(
      parts,
      () => Promise.reject(new Error('no memory')),
      () => undefined,
    );
    await broken.step();
    const page = await leader.text('/rapporter/flow');
    expect(page).toContain('Forrige forsøk gikk ikke.');
    expect(page).toContain('Lag på nytt');
    expect(page).not.toContain('no memory');
  });

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
