import { beforeEach, describe, expect, test } from 'vitest';
import { log } from '../../src/cli/log.ts';
import { appOf } from '../api/parts.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, adviserWorld, LEFT, NAME } from './adviserWorld.ts';

/** The Monday of a week that is over, and of the one that is running. */
const [OVER, RUNNING] = ['2026-10-05', '2026-10-12'];

let world: AdviserWorld;
beforeEach(async () => {
  world = await adviserWorld();
  const ref = await world.refOf(LEFT.fodselsnummer);
  await pagesOf(world, 'radgiver').text(`/ungdom/${ref}`);
  await pagesOf(world, 'drift').get(`/ungdom/${ref}`);
  await world.settle('2026-10-14T10:00:00.000Z');
});

const officer = () => pagesOf(world, 'personvern');
const signing = (fields: Record<string, string>) =>
  officer().post(`/personvern/logg/${OVER}/signer`, fields, `/personvern/logg/${OVER}`);

describe('Personvern', () => {
  test('says that the week is to be signed, by when, and leads to it', async () => {
    const page = await officer().text('/personvern');
    expect(page).toContain('Neste kontroll skal signeres innen 18. oktober 2026.');
    expect(page).toContain(`<a href="/k/telemarkfylke-no/personvern/logg/${OVER}">Kontroller uken fra`);
    expect(page).toContain('Ingen lister er laget til NAV.');
    expect(page).toContain('NAV har ikke svart om noen den ikke er spurt om.');
    expect(page).toMatch(/\d+ ungdom(mer)? mangler et gyldig samtykke/);
    expect(page).toContain('Registreringer, historikk og revisjonsspor slettes ikke av broen.');
    await world.settle('2026-10-20T10:00:00.000Z');
    expect(await officer().text('/personvern')).toContain('1 uke er ikke signert, og fristen er ute.');
  });

  test('a week shows who was shown what, line by line, and no youth', async () => {
    const page = await officer().text(`/personvern/logg/${OVER}`);
    const ref = await world.refOf(LEFT.fodselsnummer);
    expect(page).toContain('<td>Åpnet siden om ungdommen<td>–<td>Gjennomført<td>1');
    // Named as the API does where one asks for it alone.
    expect(page.split('<details')[0]).not.toContain('/k/{org}');
    expect(page).toContain(
      '<th scope="row">Åpnet siden om ungdommen<td><code>GET /k/{org}/ungdom/{ref}</code>',
    );
    expect(page).toContain('(OT-rådgiver)');
    for (const secret of [ref, LEFT.fodselsnummer, NAME.fornavn]) expect(page).not.toContain(secret);
    const refused = await officer().text(`/personvern/logg/${OVER}?del=identified`);
    expect(refused).toContain('Ingen slike linjer denne uken.');
    expect(refused).toContain('<strong aria-current="true">Med navn</strong>');
    for (const none of ['2026-10-06', '2026-10-19', 'uke-41'])
      expect((await officer().get(`/personvern/logg/${none}`)).status).toBe(404);
  });

  test('is signed with what was found; a deviation says what', async () => {
    const empty = await signing({});
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Velg om du fant avvik.');
    const silent = await signing({ funnet: 'AVVIK', merknad: ' ' });
    expect(await silent.text()).toContain('Skriv hva du fant, med minst tre tegn.');
    const signed = await signing({ funnet: 'AVVIK', merknad: 'Ett oppslag er tatt opp med lederen.' });
    expect(signed.status).toBe(303);
    expect(signed.headers.get('location')).toBe(`/k/telemarkfylke-no/personvern/logg/${OVER}#tittel`);
    const page = await officer().text(`/personvern/logg/${OVER}`);
    expect(page).toMatch(/Signert 14\.10\.2026 kl\. 12\.00 av \S+\./);
    expect(page).toContain('Ett oppslag er tatt opp med lederen.');
    expect(page).not.toContain('name="funnet"');
    expect(await officer().text('/personvern')).toContain('Alle uker som er over, er signert.');
  });

  test('a week that runs is not signed, nor one twice, by page or API', async () => {
    expect(await officer().text(`/personvern/logg/${RUNNING}`)).toContain(
      'Kontrollen kan signeres fra 19. oktober 2026.',
    );
    const { post, get } = appOf(world.parts);
    const at = '/organisations/telemarkfylke-no/log-controls';
    const own = officer();
    const page = await own.text(`/personvern/logg/${OVER}`);
    const skjema = /name="skjema" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const found = { found: 'INGEN_AVVIK' };
    expect((await post(`${at}/${RUNNING}/sign`, found)).status).toBe(409);
    expect((await post(`${at}/${OVER}/sign`, { found: 'AVVIK' })).status).toBe(400);
    expect((await post(`${at}/${OVER}/sign`, found)).status).toBe(200);
    expect((await post(`${at}/${OVER}/sign`, found)).status).toBe(409);
    expect((await post(`${at}/2026-10-06/sign`, found)).status).toBe(404);
    expect(await (await get(at)).json()).toMatchObject({
      weeks: [
        { week: RUNNING, state: 'running', control: null },
        { week: OVER, state: 'signed', signBy: '2026-10-18', control: { found: 'INGEN_AVVIK', note: null } },
      ],
    });
    const again = await own.post(
      `/personvern/logg/${OVER}/signer`,
      { skjema, funnet: 'INGEN_AVVIK', merknad: '' },
      '/personvern',
    );
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Kontrollen av uken er alt signert.');
  });

  test('the command line lists the weeks, shows one and signs it', async () => {
    const { app } = appOf(world.parts);
    const ask = async (path: string, body?: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const response = await app.request(
        path,
        body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) },
      );
      return { status: response.status, value: await response.json() };
    };
    const org = 'telemarkfylke-no';
    expect(await log.run(ask, [org])).toContain('Uken fra 05.10.2026: skal signeres innen 18.10.2026.');
    expect(await log.run(ask, [org, OVER])).toMatch(/\d+ linjer fra \d+ som har brukt tjenesten\./);
    expect(await log.run(ask, [org, OVER, 'signer', 'avvik', 'Tatt opp.'])).toMatch(
      /: signert .*, avvik\. Tatt opp\.$/,
    );
    await expect(log.run(ask, [org, OVER, 'signer', 'kanskje'])).rejects.toThrow('logg [org]');
    await expect(log.run(ask, [org, 'i-dag'])).rejects.toThrow('logg [org]');
  });

  test('is the data protection officer’s alone', async () => {
    for (const role of ['skole', 'inntak', 'radgiver', 'leder', 'drift', 'nav'] as const) {
      const pages = pagesOf(world, role);
      expect((await pages.get('/personvern')).status).toBe(403);
      expect((await pages.get(`/personvern/logg/${OVER}`)).status).toBe(403);
      expect(
        (await pages.post(`/personvern/logg/${OVER}/signer`, { funnet: 'INGEN_AVVIK' }, '/')).status,
      ).toBe(403);
    }
    expect(await pagesOf(world, 'leder').text('/')).not.toContain('/personvern"');
    expect(await officer().text('/', { cookie: 'sprak=nn' })).toContain('/personvern"');
  });
});
