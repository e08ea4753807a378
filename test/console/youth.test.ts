import { beforeEach, describe, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT, leaving, NAME } from './adviserWorld.ts';

let world: AdviserWorld;
let ref: string;
beforeEach(async () => {
  world = await adviserWorld();
  ref = await world.refOf(LEFT.fodselsnummer);
});

const asked = (changes: Record<string, string> = {}) => ({
  felt: 'nummer',
  formal: 'KONTAKT',
  grunn: 'skal ringe i dag',
  ...changes,
});
const seen = async () => {
  const filter = { access: null, before: null, limit: 50 };
  return world.pipeline.store.seenBy(world.pipeline.org, ref as PersonRef, filter);
};

describe('who a youth is', () => {
  test('is covered, also for those who may ask', async () => {
    for (const role of ['radgiver', 'leder', 'drift', 'personvern'] as const) {
      const page = await pagesOf(world, role).text(`/ungdom/${ref}`);
      expect(page.match(/<dd>Skjult<\/dd>/g), role).toHaveLength(2);
      for (const secret of [LEFT.fodselsnummer, NAME.fornavn]) expect(page.includes(secret)).toBe(false);
    }
  });

  test('one field is shown for a quarter of an hour, to that session alone, and is in the log', async () => {
    const pages = pagesOf(world, 'radgiver');
    const answer = await pages.post(`/ungdom/${ref}/vis`, asked(), `/ungdom/${ref}`);
    expect(answer.headers.get('location')).toBe(`/k/telemarkfylke-no/ungdom/${ref}#tittel`);
    const page = await pages.text(`/ungdom/${ref}`);
    expect(page).toContain(`<strong>${LEFT.fodselsnummer}</strong> (vises til 07.10.2026 kl. 09.27)`);
    expect(page.match(/<dd>Skjult<\/dd>/g)).toHaveLength(1);
    expect(await pagesOf(world, 'leder').text(`/ungdom/${ref}`)).not.toContain(LEFT.fodselsnummer);
    const logged = (await seen()).map(({ access, purpose }) => [access, purpose]);
    expect(logged).toContainEqual(['youth:identify', 'KONTAKT (nummer): skal ringe i dag']);
    // Each time it is shown.
    expect(logged).toContainEqual(['youth:read', 'KONTAKT (nummer): skal ringe i dag']);
    await world.settle('2026-10-07T07:26:59.000Z');
    expect(await pages.text(`/ungdom/${ref}`)).toContain(LEFT.fodselsnummer);
    await world.settle('2026-10-07T07:27:00.000Z');
    expect(await pages.text(`/ungdom/${ref}`)).not.toContain(LEFT.fodselsnummer);
  });

  test.each([
    [{ felt: '' }, 'Velg hva du vil se.'],
    [{ formal: '' }, 'Velg hva du skal bruke det til.'],
    [{ formal: 'NYSGJERRIG' }, 'Velg hva du skal bruke det til.'],
    [{ grunn: '' }, 'Skriv hvorfor'],
    [{ grunn: `gjelder ${LEFT.fodselsnummer}` }, 'Skriv hvorfor'],
  ])('%o is not enough', async (changes, told) => {
    const pages = pagesOf(world, 'radgiver');
    const answer = await pages.post(`/ungdom/${ref}/vis`, asked(changes), `/ungdom/${ref}`);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(told);
    expect(await pages.text(`/ungdom/${ref}`)).not.toContain(LEFT.fodselsnummer);
  });

  test('of a graded address is not shown, not even for the rest of the quarter', async () => {
    const pages = pagesOf(world, 'leder');
    await pages.post(`/ungdom/${ref}/vis`, asked(), `/ungdom/${ref}`);
    const { fodselsnummer } = LEFT;
    const grading = { id: 'g-1', type: 'adressebeskyttelse', fodselsnummer, dato: '2026-10-07' };
    await world.pipeline.send('folkeregister', [{ ...grading, gradering: 'FORTROLIG' }], {
      at: '2026-10-07T07:13:00.000Z',
    });
    await world.settle('2026-10-07T07:14:00.000Z');
    const page = await pages.text(`/ungdom/${ref}`);
    expect(page).toContain('Kan ikke vises nå:');
    expect(page).not.toContain(fodselsnummer);
  });
});

describe('what has happened', () => {
  test('as known at a moment: what came later is left out', async () => {
    const pages = pagesOf(world, 'radgiver');
    const before = await pages.text(`/ungdom/${ref}?per=02.10.2026+kl.+09.59`);
    expect(before).toContain('Da visste vi ingenting om ungdommen.');
    const at = await pages.text(`/ungdom/${ref}?per=02.10.2026`);
    expect(at).toContain('Slik det var kjent 02.10.2026 kl. 23.59.');
    expect(at).toContain('Ungdommen har sluttet i opplæringen.');
    const { id: annullerer, fodselsnummer, skolenummer } = leaving(LEFT);
    const back = { id: 't-1', type: 'annullering', fodselsnummer, skolenummer, annullerer };
    await world.pipeline.send('school-dropout', [back], { at: '2026-10-08T08:00:00.000Z' });
    await world.settle('2026-10-08T09:00:00.000Z');
    expect(await pagesOf(world, 'leder').text(`/ungdom/${ref}`)).toContain(
      'Ungdommen har ingen registreringer.',
    );
    const then = await pagesOf(world, 'leder').text(`/ungdom/${ref}?per=07.10.2026`);
    expect(then).toMatch(/<th scope="row">2026-27<td>.*Avbrutt opplæringen<td>OTUK<small>Ukjent aktivitet/);
    expect(then).not.toContain('En tidligere melding er tatt tilbake.');
  });

  test('a moment that cannot be read, or is to come, shows what is known now', async () => {
    const pages = pagesOf(world, 'radgiver');
    expect(await pages.text(`/ungdom/${ref}?per=i+g%C3%A5r`)).toContain('Tidspunktet kan ikke leses.');
    expect(await pages.text(`/ungdom/${ref}?per=31.02.2026`)).toContain('Tidspunktet kan ikke leses.');
    expect(await pages.text(`/ungdom/${ref}?per=01.01.2030`)).not.toContain('Slik det var kjent');
  });

  test('who has seen the youth, for those who may know', async () => {
    const leader = pagesOf(world, 'leder');
    await leader.text(`/ungdom/${ref}`);
    expect(await leader.text(`/ungdom/${ref}`)).toMatch(
      /Hvem har sett ungdommen[\s\S]*<td>OT-leder<td>Åpnet siden om ungdommen<td>–<td>Gjennomført/,
    );
    expect(await pagesOf(world, 'drift').text(`/ungdom/${ref}`)).not.toContain('Hvem har sett ungdommen');
  });

  test('contact that is registered here is in the timeline', async () => {
    const pages = pagesOf(world, 'radgiver');
    const fields = { 'kontakt-hvem': 'INGEN', 'kontakt-kanal': 'SMS', 'kontakt-dato': '06.10.2026' };
    expect((await pages.post(`/ungdom/${ref}/kontakt`, fields, `/ungdom/${ref}`)).status).toBe(303);
    await world.settle();
    const page = await pages.text(`/ungdom/${ref}`);
    expect(page).toContain('OT har prøvd å få kontakt.');
    expect(page).toContain('<td>konsollen');
  });

  test('another unit and other roles do not find the youth', async () => {
    expect((await pagesOf(world, 'radgiver', { unit: '40300' }).get(`/ungdom/${ref}`)).status).toBe(404);
    for (const role of ['skole', 'inntak', 'fagopplaering', 'nav'] as const)
      expect((await pagesOf(world, role).get(`/ungdom/${ref}`)).status).toBe(403);
    expect((await pagesOf(world, 'leder').get('/ungdom/ingen')).status).toBe(404);
  });
});
