import { beforeEach, describe, expect, test } from 'vitest';
import { contact } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT, leaving, NAME } from './adviserWorld.ts';

let world: AdviserWorld;
beforeEach(async () => {
  world = await adviserWorld();
});

const tableOf = (page: string, caption: string) =>
  new RegExp(`<caption>${caption}.*?</table>`, 's').exec(page)?.[0] ?? '';
const youthsIn = (text: string) => [...text.matchAll(/\/ungdom\/([0-9a-f-]{36})"/g)].map(([, ref]) => ref);

describe('Brev', () => {
  test('lists the letters of the wheel by when they go, and each is a link away from it', async () => {
    const pages = pagesOf(world, 'leder');
    const page = await pages.text('/brev');
    for (const id of ['W13', 'W14', 'W24', 'W25', 'W30', 'W30-SMS'])
      expect(page).toContain(`/k/telemarkfylke-no/brev/${id}?skolear=`);
    expect(page).toContain('Brevene sender fylket selv.');
    expect(page.indexOf('/brev/W24?')).toBeLessThan(page.indexOf('/brev/W13?'));
    expect(await pages.text('/hjul')).toContain('<a href="/k/telemarkfylke-no/brev/W24">Brev W24</a>');
  });

  test('says who gets it, to whom it goes and why; who does not and why', async () => {
    const pages = pagesOf(world, 'leder');
    const ref = await world.refOf(LEFT.fodselsnummer);
    const page = await pages.text('/brev/W24');
    expect(page).toContain('Gjelder registreringer i skoleåret 2026–27.');
    expect(page).toMatch(/<strong>\d brev skal sendes\. /);
    const gets = tableOf(page, 'De som skal ha brevet');
    expect(youthsIn(gets)).toContain(ref);
    expect(gets).toMatch(/<td>Ungdommen<td>.*\(regel W24\)/);
    for (const secret of [LEFT.fodselsnummer, NAME.fornavn, NAME.etternavn])
      expect(page).not.toContain(secret);
    // Contact has been had: the reminder is held back, with the reason.
    await world.pipeline.send('ot-adviser', [contact(LEFT, '2026-10-06')], {
      at: '2026-10-07T08:00:00.000Z',
    });
    await world.settle('2026-10-07T09:00:00.000Z');
    const after = await pages.text('/brev/W25');
    expect(youthsIn(tableOf(after, 'De som skal ha brevet'))).not.toContain(ref);
    const not = tableOf(after, 'De som ikke skal ha brevet');
    expect(youthsIn(not)).toContain(ref);
    expect(not).toContain('OT har alt kontakt med ungdommen.');
  });

  test('has pages of 40 and a file of all, with references and no names', async () => {
    const many = crowd(70, { first: '2005-01-01', last: '2006-12-31' }).map((one, at) =>
      leaving(one, `m-${at}`),
    );
    await world.pipeline.send('school-dropout', many, { at: '2026-10-07T08:00:00.000Z' });
    await world.settle('2026-10-07T09:00:00.000Z');
    const pages = pagesOf(world, 'leder');
    const seen: (string | undefined)[] = [];
    let path: string | undefined = '/brev/W24';
    let sizes = '';
    while (path !== undefined) {
      const page: string = await pages.text(path);
      const rows = youthsIn(page);
      sizes += `${rows.length} `;
      seen.push(...rows);
      path = /<a href="\/k\/telemarkfylke-no(\/brev\/[^"]+)">Neste side/
        .exec(page)?.[1]
        ?.replaceAll('&amp;', '&');
    }
    expect(sizes).toMatch(/^40 \d+ $/);
    const file = await pages.get('/brev/W24/regneark?skolear=2026-27');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="W24-2026-27.csv"');
    const lines = (await file.text()).trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(';')[1])).toEqual(seen);
    for (const { fodselsnummer } of many) expect(lines.join()).not.toContain(fodselsnummer);
    const none = await pages.text('/brev/W24?enhet=40999');
    expect(none).toContain('Brevet gjelder ingen for denne enheten.');
  });

  test('another year is a link away; what is no year or no letter says so', async () => {
    const pages = pagesOf(world, 'leder');
    expect(await pages.text('/brev/W24?skolear=2027-28')).toContain(
      'Brevet gjelder ingen i dette skoleåret.',
    );
    expect(await pages.text('/brev/W13')).toContain('Gjelder registreringer i skoleåret 2027–28.');
    expect(await pages.text('/brev/W13?skolear=1814')).toContain('Det er ikke et skoleår.');
    expect((await pages.get('/brev/W99')).status).toBe(404);
    expect(await pages.text('/brev/W24', { 'accept-language': 'nn' })).toContain('Skal ha brevet');
  });

  test('a unit has its own lines, and roles without worklists have no letters', async () => {
    expect(youthsIn(await pagesOf(world, 'radgiver', { unit: '40300' }).text('/brev/W24'))).toEqual([]);
    for (const role of ['skole', 'inntak', 'drift', 'personvern', 'nav'] as const) {
      expect((await pagesOf(world, role).get('/brev/W24')).status).toBe(403);
      expect((await pagesOf(world, role).get('/brev/W24/regneark')).status).toBe(403);
    }
  });
});
