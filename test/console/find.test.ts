import { beforeEach, describe, expect, test } from 'vitest';
import { person } from '../harness/persons.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT } from './adviserWorld.ts';

let world: AdviserWorld;
let ref: string;
beforeEach(async () => {
  world = await adviserWorld();
  ref = await world.refOf(LEFT.fodselsnummer);
});

const UNKNOWN = person('P08').fodselsnummer;
const search = (hva: string, formal = 'KONTAKT') => ({ hva, formal });

describe('Finn', () => {
  test('leads to a youth by number, with a purpose that is logged', async () => {
    const pages = pagesOf(world, 'radgiver');
    const answer = await pages.post('/finn', search(LEFT.fodselsnummer));
    expect(answer.headers.get('location')).toBe(`/k/telemarkfylke-no/ungdom/${ref}#tittel`);
    const filter = { access: null, before: null, limit: 5 };
    const [first] = await world.pipeline.store.seenBy(world.pipeline.org, ref as never, filter);
    expect(first).toMatchObject({ operation: 'POST /k/{org}/finn', purpose: 'KONTAKT', outcome: 'OK' });
    expect((await pages.post('/finn', search(LEFT.fodselsnummer, ''))).status).toBe(422);
  });

  test('leads to an alert, a reference and a receipt', async () => {
    const pages = pagesOf(world, 'leder');
    const alert = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
    const to = async (hva: string) => (await pages.post('/finn', search(hva, ''))).headers.get('location');
    expect(await to(alert)).toBe(`/k/telemarkfylke-no/varsel/${alert}#tittel`);
    expect(await to(ref)).toBe(`/k/telemarkfylke-no/ungdom/${ref}#tittel`);
    const fields = { 'kontakt-hvem': 'UNGDOM', 'kontakt-kanal': 'SMS', 'kontakt-dato': '07.10.2026' };
    const sent = await pages.post(`/ungdom/${ref}/kontakt`, fields, `/ungdom/${ref}`);
    const receipt = /kvittering=([0-9a-f-]{36})/.exec(sent.headers.get('location') ?? '')?.[1] ?? '';
    expect(await to(receipt)).toBe(`/k/telemarkfylke-no/lister/${receipt}#tittel`);
  });

  test.each(['', 'noe annet', '00000000-0000-4000-8000-000000000000'])('«%s» finds nothing', async (hva) => {
    const answer = await pagesOf(world, 'leder').post('/finn', search(hva));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('aria-invalid');
  });

  test('does not confirm a covered number: a known and an unknown one are answered alike', async () => {
    const { fodselsnummer } = LEFT;
    const graded = { id: 'g-1', type: 'adressebeskyttelse', fodselsnummer, dato: '2026-10-07' };
    await world.pipeline.send('folkeregister', [{ ...graded, gradering: 'FORTROLIG' }], {
      at: '2026-10-07T07:13:00.000Z',
    });
    await world.settle('2026-10-07T07:14:00.000Z');
    const bare = (page: string) => page.replaceAll(/value="[^"]*\.[^"]*\.[0-9a-f]{64}"/g, '');
    for (const role of ['radgiver', 'leder', 'drift', 'personvern', 'skole', 'nav'] as const) {
      const pages = pagesOf(world, role);
      const answers = await Promise.all(
        [fodselsnummer, UNKNOWN].map(async (number) => {
          const answer = await pages.post('/finn', search(number));
          return { status: answer.status, page: bare(await answer.text()) };
        }),
      );
      expect(answers[0], role).toEqual(answers[1]);
      expect(answers[0]?.status, role).toBe(422);
      expect(answers[0]?.page.includes(fodselsnummer)).toBe(false);
    }
  });

  test('a number of another unit is unknown, and one without the right to search is told so', async () => {
    const other = await pagesOf(world, 'radgiver', { unit: '40300' }).post(
      '/finn',
      search(LEFT.fodselsnummer),
    );
    expect(await other.text()).toContain('Ingen du kan slå opp, har dette nummeret.');
    const school = await pagesOf(world, 'skole').post('/finn', search(LEFT.fodselsnummer));
    expect(await school.text()).toContain('Rollen din kan ikke søke på fødselsnummer.');
  });
});
