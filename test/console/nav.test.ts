import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/core/access/role.ts';
import { pagesOf } from './adviserPages.ts';
import { type NavWorld, navWorld, YOUTHS } from './navWorld.ts';

let world: NavWorld;
beforeEach(async () => {
  world = await navWorld();
});
const page = (role: Role, path = '/nav') => pagesOf(world, role).text(path);
/** Each role is a person of its own. */
const post = (role: Role, path: string, fields: Record<string, string>) =>
  pagesOf(world, role, {}, { key: role, name: role, session: role }).post(path, fields, '/nav');
const where = (answer: Response) => answer.headers.get('location');

describe('the page of the exchange', () => {
  test.each(['leder', 'drift', 'personvern', 'nav'] as const)(
    'shows %s the months and what waits',
    async (role) => {
      const text = await page(role);
      for (const said of [
        'Avtalen slutter 20. mars 2027, og ingen ny følger den.',
        'Holdt tilbake: 1 svar gjelder noen NAV ikke er spurt om. Ingen svar er lest.',
        'Personvernombudet avgjør om det er et avvik.',
        'Holdt tilbake: 2 som NAV er spurt om, mangler. Ingen svar er brukt.',
        'Brukt: 4 svar.',
        'Ingen svar er kommet.',
        '13 rader er utlevert til NAV i disse listene. NAV har hentet 13 av dem.',
      ])
        expect(text).toContain(said);
      expect(text).toMatch(/november 2026.*?<td>4<td>4<td>4<td>1</s);
      for (const { fodselsnummer } of YOUTHS) expect(text).not.toContain(fodselsnummer);
    },
  );

  test('is for those four alone, and in their menu', async () => {
    for (const role of ['skole', 'inntak', 'fagopplaering', 'radgiver'] as const) {
      expect((await pagesOf(world, role).get('/nav')).status, role).toBe(403);
      expect(await page(role, '/')).not.toContain('/nav"');
    }
    for (const role of ['leder', 'drift', 'personvern', 'nav'] as const)
      expect(await page(role, '/')).toContain(`href="/k/${world.pipeline.org}/nav"`);
  });

  test.each<[Role, readonly string[]]>([
    ['leder', ['/nav/avtale"', '/nav/trekk"', '/nav/uttrekk"']],
    ['personvern', ['/nav/avtale"', '/nav/trekk"']],
    ['drift', ['/nav/leveranse/B-2027-01"', '/nav/leveranse/B-2026-12"']],
    ['nav', []],
  ])('gives %s its own acts and no other', async (role, acts) => {
    const forms = [...(await page(role)).matchAll(/action="\/k\/[^/]+(\/nav\/[^"]*")/g)].map(([, to]) => to);
    expect(forms.sort()).toEqual([...acts].sort());
  });

  test('says on the first page that something waits, and nothing when nothing does', async () => {
    expect(await page('personvern', '/')).toContain('Noe i utvekslingen med NAV venter på noen.');
    expect(await page('radgiver', '/')).not.toContain('utvekslingen med NAV venter');
    world = await navWorld(null);
    expect(await page('personvern', '/')).not.toContain('utvekslingen med NAV venter');
    const text = await page('leder');
    expect(text).toContain('Fylket har ingen avtale med NAV.');
    expect(text).toContain('Ingen liste er laget ennå.');
    expect(text).toContain('Ingenting venter på noen.');
  });
});

describe('acts', () => {
  const TERMS = {
    'avtale-part': '889 640 782',
    'avtale-grunnlag': 'samtykke',
    'avtale-fra': '21.03.2027',
    'avtale-til': '20.3.2030',
    'avtale-referanse': '27/00100',
    'avtale-hvorfor': 'Avtalen fornyes.',
  };

  test('an agreement is registered by a leader and approved by the officer, on the page', async () => {
    const { org, store } = world.pipeline;
    expect(where(await post('leder', '/nav/avtale', TERMS))).toBe(`/k/${org}/nav?gjort=venter#tittel`);
    const { id } = (await store.agreementProposals(org))[0]!;
    const waiting = await page('personvern');
    expect(waiting).toContain('889640782, 21.03.2027 til 20.03.2030, 27/00100');
    expect(waiting).toContain('Personvernombudet må godkjenne den.');
    expect(await page('nav')).not.toContain('27/00100');
    // The same person once more.
    const again = await post('leder', `/nav/avtale/${id}/godkjenn`, {});
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Derfor må to være enige');
    expect(where(await post('personvern', `/nav/avtale/${id}/godkjenn`, {}))).toContain('gjort=godkjent');
    const after = await page('leder', '/nav?gjort=godkjent');
    expect(after).toContain('Avtalen er godkjent og registrert.');
    expect(after).not.toContain('og ingen ny følger den');
    expect((await store.agreements(org)).at(-1)).toMatchObject({ from: '2027-03-21', to: '2030-03-20' });
  });

  test('one that waits is turned down, and an agreement revoked', async () => {
    const { org, store } = world.pipeline;
    await post('personvern', '/nav/avtale', TERMS);
    const { id } = (await store.agreementProposals(org))[0]!;
    expect(where(await post('leder', `/nav/avtale/${id}/avslag`, {}))).toContain('gjort=avslatt');
    expect(await store.agreementProposals(org)).toEqual([]);
    const { id: agreement } = (await store.agreements(org))[0]!;
    const revoking = { 'trekk-hvilken': agreement, 'trekk-hvorfor': 'Sagt opp av NAV.' };
    expect(where(await post('leder', '/nav/trekk', revoking))).toContain('gjort=trukket');
    expect(await page('leder')).toContain('Ingen avtale gjelder i dag.');
    const gone = await post('leder', '/nav/trekk', revoking);
    expect([gone.status, await gone.text()]).toEqual([
      422,
      expect.stringContaining('alt avgjort eller trukket'),
    ]);
  });

  test.each([
    ['avtale-part', '123456789', 'Skriv organisasjonsnummeret med ni siffer.'],
    ['avtale-grunnlag', '!', 'Skriv grunnlaget med store bokstaver.'],
    ['avtale-fra', '31.02.2027', 'Skriv første dag som 01.01.2027.'],
    ['avtale-til', 'neste år', 'Skriv siste dag som 31.12.2027.'],
    ['avtale-til', '01.01.2027', 'Skriv siste dag som 31.12.2027.'],
    ['avtale-referanse', '14830989960', 'Skriv referansen, uten fødselsnummer.'],
    ['avtale-hvorfor', 'x', 'Skriv en begrunnelse med minst 3 tegn, uten nummer.'],
  ])(
    '%s: %s is wrong, and what was typed stays',
    async (field, value, said) => {
      const answer = await post('leder', '/nav/avtale', { ...TERMS, [field]: value });
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text).toContain(`<a href="#${field}">${said}`);
      expect(text).toContain(`value="${value}"`);
      const other = field === 'avtale-fra' ? 'avtale-til' : 'avtale-fra';
      expect(text).toContain(`value="${TERMS[other]}"`);
      expect(text).toContain('<details class="no-print" open>');
      expect(await world.pipeline.store.agreementProposals(world.pipeline.org)).toEqual([]);
    },
    20_000,
  );

  test('a leader has the list of a month made; without an agreement it is said why not', async () => {
    const { org, store } = world.pipeline;
    expect((await post('leder', '/nav/uttrekk', { 'uttrekk-maned': 'mars' })).status).toBe(422);
    expect(where(await post('leder', '/nav/uttrekk', { 'uttrekk-maned': '2027-03' }))).toContain(
      'gjort=laget',
    );
    expect((await store.navBatches(org))[0]?.id).toBe('B-2027-03');
    expect(await page('leder')).toContain('Lages nå');
    world = await navWorld(null);
    const refused = await post('leder', '/nav/uttrekk', { 'uttrekk-maned': '2027-03' });
    expect(await refused.text()).toContain('Ingen avtale gjelder i dag. Uten avtale kan ingen liste lages.');
  });

  test('operations put a delivery aside, or use one that lacks answers; the incident stays', async () => {
    const settle = (run: string, hva: string, hvorfor = 'Ny leveranse kommer.') =>
      post('drift', `/nav/leveranse/${run}`, {
        [`avgjor-${run}-hva`]: hva,
        [`avgjor-${run}-hvorfor`]: hvorfor,
      });
    expect((await settle('B-2027-01', '')).status).toBe(422);
    expect((await settle('B-2027-01', 'drop', 'x')).status).toBe(422);
    // With strangers in it no answer may be used.
    expect((await settle('B-2027-01', 'conclude')).status).toBe(422);
    expect((await settle('B-2099-01', 'drop')).status).toBe(422);
    expect(where(await settle('B-2027-01', 'drop'))).toContain('gjort=avgjort');
    expect(where(await settle('B-2026-12', 'conclude'))).toContain('gjort=avgjort');
    await world.stage.conclude();
    const text = await page('personvern');
    expect(text).toContain('Lagt bort. Ingen svar er brukt.');
    expect(text).toContain(
      'Avvik å vurdere: 1 svar om noen NAV ikke er spurt om, oppdaget 04.01.2027 kl. 09.00.',
    );
    expect(text).toContain('B-2026-12: Brukt: 1 svar.');
    expect(text).toContain('Ingenting venter på noen.');
  });

  test('are refused to the roles that have them not', async () => {
    const run = 'B-2027-01';
    for (const [role, path] of [
      ['drift', '/nav/avtale'],
      ['nav', '/nav/avtale'],
      ['drift', '/nav/uttrekk'],
      ['personvern', '/nav/uttrekk'],
      ['nav', '/nav/uttrekk'],
      ['leder', `/nav/leveranse/${run}`],
      ['nav', `/nav/leveranse/${run}`],
    ] as const)
      expect((await post(role, path, {})).status, `${role} ${path}`).toBe(403);
  });
});

describe('what NAV was given', () => {
  test('is shown by month to leaders and the officer, with the way to each youth', async () => {
    const ref = await world.refOf(1);
    for (const role of ['leder', 'personvern'] as const) {
      expect(await page(role)).toContain('/nav/utlevert/B-2026-12"');
      const text = await page(role, '/nav/utlevert/B-2026-12');
      expect(text).toContain(`/ungdom/${ref}#utlevert`);
      expect(text.match(/Hentet av NAV/g)).toHaveLength(3);
    }
    for (const role of ['drift', 'nav'] as const) {
      expect(await page(role)).not.toContain('/nav/utlevert/');
      expect((await pagesOf(world, role).get('/nav/utlevert/B-2026-12')).status).toBe(403);
    }
    expect((await pagesOf(world, 'leder').get('/nav/utlevert/x')).status).toBe(404);
  });

  test('is on the page of the youth, above who has seen it, and on record', async () => {
    const [asked, never] = [await world.refOf(1), await world.refOf(4)];
    const text = await page('personvern', `/ungdom/${asked}`);
    expect(text.indexOf('Utlevert til NAV')).toBeLessThan(text.indexOf('Hvem har sett ungdommen'));
    expect(text.match(/Satt i listen/g)).toHaveLength(4);
    expect(await page('personvern', `/ungdom/${never}`)).toContain(
      'NAV har ikke fått vite noe om ungdommen.',
    );
    expect(await page('drift', `/ungdom/${asked}`)).not.toContain('Utlevert til NAV');
  });
});
