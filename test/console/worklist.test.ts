import { beforeEach, describe, expect, test } from 'vitest';
import { crowd } from '../harness/manyPersons.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT, leaving, NAME } from './adviserWorld.ts';

let world: AdviserWorld;
beforeEach(async () => {
  world = await adviserWorld();
});

const rowsIn = (page: string) =>
  [...page.matchAll(/<th scope="row"><a href="([^"]+)"/g)].map(([, href]) => href);
const nextOf = (page: string) =>
  /<a href="\/k\/telemarkfylke-no(\/arbeidsliste\/[^"]+)">Neste side/
    .exec(page)?.[1]
    ?.replaceAll('&amp;', '&');

describe('a worklist', () => {
  test('has the deadline, and leads to the alert that asks for it', async () => {
    const page = await pagesOf(world, 'radgiver').text('/arbeidsliste/deadlines');
    const left = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
    expect(rowsIn(page)).toContain(`../varsel/${left}`);
    expect(page).toContain('09.10.2026, om 2 dager');
    for (const secret of [LEFT.fodselsnummer, NAME.fornavn]) expect(page).not.toContain(secret);
  });

  test('of registrations leads to the youth, and says once what all rows say', async () => {
    const page = await pagesOf(world, 'leder').text('/arbeidsliste/no-contact');
    expect(page.split('OTUK blir stående')).toHaveLength(2);
    expect(page).toContain(`>Ungdom ${(await world.refOf(LEFT.fodselsnummer)).slice(0, 8)}</a>`);
    expect(rowsIn(page)).toContain(`../ungdom/${await world.refOf(LEFT.fodselsnummer)}`);
  });

  test('pages of 50: every row once, and what comes above a page is a link', async () => {
    const many = crowd(120, { first: '2008-01-01', last: '2009-12-31' }).map((one, at) =>
      leaving(one, `m-${at}`),
    );
    await world.pipeline.send('school-dropout', many.slice(0, 110), { at: '2026-10-07T08:00:00.000Z' });
    await world.settle('2026-10-07T09:00:00.000Z');
    const pages = pagesOf(world, 'radgiver');
    const seen: (string | undefined)[] = [];
    const sizes: number[] = [];
    let path: string | undefined = '/arbeidsliste/deadlines?orden=frist';
    let second = '';
    while (path !== undefined) {
      const page: string = await pages.text(path);
      const rows = rowsIn(page);
      sizes.push(rows.length);
      seen.push(...rows);
      path = nextOf(page);
      if (second === '' && path !== undefined) second = path;
    }
    expect(sizes.slice(0, -1).every((size) => size === 50)).toBe(true);
    expect(sizes).toHaveLength(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(await pages.text(second)).not.toContain('over denne siden');
    // Reported late, and so with an earlier day than those on the second page.
    const before = many.slice(110).map((row) => ({ ...row, avbruddsdato: '2026-09-24' }));
    await world.pipeline.send('school-dropout', before, { at: '2026-10-07T09:30:00.000Z' });
    await world.settle('2026-10-07T10:00:00.000Z');
    expect(await pages.text(second)).toMatch(/10 nye over denne siden/);
    const again = rowsIn(await pages.text(second));
    expect(again).toEqual(seen.slice(50, 100));
  });

  test('of one unit: its rows alone, and an empty one says why', async () => {
    const pages = pagesOf(world, 'leder');
    expect(rowsIn(await pages.text('/arbeidsliste/deadlines?enhet=40200')).length).toBeGreaterThan(0);
    expect(await pages.text('/arbeidsliste/deadlines?enhet=40999')).toContain(
      'Ingen står i listen for denne enheten.',
    );
    expect(await pages.text('/arbeidsliste/closing-for-age')).toContain('Ingen står i listen nå.');
    expect(await pages.text('/arbeidsliste/stale-statuses')).toMatch(/Neste gang den er i årshjulet: \d+\. /);
  });

  test('another unit sees none of it, and other roles have no worklist', async () => {
    const page = await pagesOf(world, 'radgiver', { unit: '40300' }).text('/arbeidsliste/deadlines');
    expect(rowsIn(page)).toEqual([]);
    for (const role of ['skole', 'inntak', 'drift', 'personvern', 'nav'] as const)
      expect((await pagesOf(world, role).get('/arbeidsliste/deadlines')).status).toBe(403);
  });
});
