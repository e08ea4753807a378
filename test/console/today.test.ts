import { beforeEach, describe, expect, test } from 'vitest';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { appOf, testParts } from '../api/parts.ts';
import { batch, listRow } from '../store/commits.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT } from './adviserWorld.ts';

let world: AdviserWorld;
beforeEach(async () => {
  world = await adviserWorld();
});

describe('I dag', () => {
  test('an adviser: the lists that have anybody, with figures and no youth', async () => {
    const page = await pagesOf(world, 'radgiver').text('/');
    const row = /<a href="\/k\/telemarkfylke-no\/arbeidsliste\/deadlines">Frister<\/a>(.*)/.exec(page)?.[1];
    expect(row).toBe('<td>2<td>2<td>0<td>2');
    expect(page).not.toContain(await world.refOf(LEFT.fodselsnummer));
    expect(page).toContain('etter årshjulet?');
    expect(page).not.toContain('Er alt kommet?');
  });

  test('with everything done, or in another unit, nothing waits', async () => {
    const page = await pagesOf(world, 'radgiver', { unit: '40300' }).text('/');
    expect(page).toContain('Ingen arbeidslister har noen i seg nå.');
  });

  test('a nightly list that did not come is named, for those who follow lists', async () => {
    const { org } = world.pipeline;
    const lane = await world.pipeline.store.claim({
      org,
      topic: `${org}.ot.event.apprenticeship`,
      partition: 0,
    });
    const name = { list: 'laktiv' as const, run: 'natt-1', type: 'FULL' as const, total: 1 };
    const listRows = [{ ...listRow(name, 'row-1', null), offset: lane.nextOffset }];
    await world.pipeline.store.commit(batch(lane, lane.nextOffset + 1n, { listRows }));
    const inTime = await pagesOf(world, 'leder').text('/');
    expect(inTime).toContain('<th scope="col">Liste<th scope="col">Siste hele liste');
    expect(inTime).toContain('Ja, alle faste lister er kommet som ventet.');
    await world.settle('2026-10-09T07:12:00.000Z');
    const late = await pagesOf(world, 'leder').text('/');
    expect(late).toContain('1 liste er ikke kommet.');
    expect(late).toMatch(/Lærekontrakter fra VIGO, hver natt<td>.*Er ikke kommet som ventet/);
    expect(await pagesOf(world, 'radgiver').text('/')).not.toContain('Lærekontrakter');
  });

  test('a school has no lists that come on their own', async () => {
    expect(await pagesOf(world, 'skole').text('/')).not.toContain('Er alt kommet?');
    expect(await pagesOf(world, 'inntak').text('/')).toContain('Er alt kommet?');
  });

  test('a role without worklists has neither, and links to what it may open', async () => {
    const page = await pagesOf(world, 'personvern').text('/');
    expect(page).not.toContain('Hva venter på deg?');
    expect(page).toContain('/finn"');
  });
});

test('no page or act of one organisation has anything of another', async () => {
  const other = await adviserWorld({ org: 'vestfoldfylke-no', county: '39' });
  const alert = await other.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
  const ref = await other.refOf(LEFT.fodselsnummer);
  const [here, there] = [world.pipeline.org, orgId('vestfoldfylke-no')];
  // One installation with both, on the store that has the youths of the other.
  const parts = testParts({
    ...other.parts,
    organisations: [
      { id: here, county: countyNumber('40'), virtualClock: false },
      { id: there, county: countyNumber('39'), virtualClock: false },
    ],
  });
  const { app: theirs } = appOf({ ...parts, access: controlOf(person([assignment('leder', there)])) });
  expect(await (await theirs.request(`/k/${there}/varsel/${alert}`)).text()).toContain('skole 40014');
  for (const role of ['radgiver', 'leder', 'drift', 'personvern', 'fagopplaering'] as const) {
    const roles = [assignment(role, here)];
    const { app } = appOf({ ...parts, access: controlOf(person(roles)) });
    const own = [
      `/varsel/${alert}`,
      `/ungdom/${ref}`,
      '/arbeidsliste/deadlines',
      '/arbeidsliste/no-contact',
      '/',
      '/finn',
    ];
    for (const path of own) {
      expect((await app.request(`/k/${there}${path}`)).status, `${role} ${path}`).toBe(403);
      const page = await (await app.request(`/k/${here}${path}`)).text();
      // The address that was asked for is the visitor's own.
      for (const mark of [ref, LEFT.fodselsnummer, 'skole 40014'])
        expect(page.replaceAll(`/k/${here}${path}`, '').includes(mark), `${role} ${path} ${mark}`).toBe(
          false,
        );
    }
    const key =
      /name="skjema" value="([^"]+)"/.exec(await (await app.request(`/k/${here}/finn`)).text())?.[1] ?? '';
    const acts: [string, Record<string, string>][] = [
      [
        `/varsel/${alert}/kontakt`,
        { 'kontakt-hvem': 'UNGDOM', 'kontakt-kanal': 'SMS', 'kontakt-dato': '07.10.2026' },
      ],
      [`/varsel/${alert}/status`, { valg: 'status', 'status-kode': 'OTOV', 'status-dato': '07.10.2026' }],
      [
        `/ungdom/${ref}/kontakt`,
        { 'kontakt-hvem': 'UNGDOM', 'kontakt-kanal': 'SMS', 'kontakt-dato': '07.10.2026' },
      ],
      [`/ungdom/${ref}/vis`, { felt: 'nummer', formal: 'KONTAKT', grunn: 'ringe' }],
      ['/finn', { hva: LEFT.fodselsnummer, formal: 'KONTAKT' }],
      ['/finn', { hva: alert, formal: '' }],
      ['/finn', { hva: ref, formal: '' }],
    ];
    for (const [path, fields] of acts)
      for (const org of [here, there]) {
        const answer = await app.request(`/k/${org}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ skjema: key, ...fields }).toString(),
        });
        expect([403, 404, 422], `${role} ${org} ${path}`).toContain(answer.status);
        expect((await answer.text()).includes(LEFT.fodselsnummer)).toBe(false);
      }
  }
  expect(other.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'))).toEqual([]);
});
