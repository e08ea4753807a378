import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/core/rules/rules.ts';
import { appOf, dropout, PERSON, sent as sentOn, testParts } from '../api/parts.ts';
import { BASE, pagesAs } from './rolePages.ts';

describe('Regler og kodeverk', () => {
  test('has every rule with its sentence, each at an address of its own, and every code list', async () => {
    const pages = pagesAs(testParts(), 'nav');
    const first = await pages.text('/regler');
    const others = [...first.matchAll(/href="\?del=(\w+)"/g)].map(([, part = '']) => part);
    expect(others).toContain('kodeverk');
    const all = await Promise.all(others.map((part) => pages.text(`/regler?del=${part}`)));
    for (const each of [first, ...all]) expect(Buffer.byteLength(each)).toBeLessThan(15_000);
    const page = all.join('');
    expect(first).toContain(`href="${BASE}/regler/R01"`);
    expect(await pages.text('/regler?del=annet')).toContain(`href="${BASE}/regler/R01"`);
    for (const { id } of RULES) expect(page).toContain(`href="${BASE}/regler/${id}"`);
    expect(page).toContain('Den som har takket nei til oppfølging, skal få tilbudet på nytt hvert skoleår');
    expect(page).toContain(`href="${BASE}/regler/kodeverk/OT-2016-07"`);
    expect(page).toContain('B06-2022-05');
    expect(page).toContain('05.05.2022–01.05.2023');
  });

  test('R27 says since when, from where, what it leads to and which tests hold it', async () => {
    const pages = pagesAs(testParts(), 'skole');
    const page = await pages.text('/regler/R27');
    expect(page).toContain('Gjelder fra 1. juli 2016 (for 10 år siden).');
    expect(page).toContain('K, kode 4.1');
    expect(page).toContain('Kodeverk for oppfølgingstjenesten (OT), Utdanningsdirektoratet');
    expect(page).toContain('<code>TILBUD_PA_NYTT</code>');
    expect(page).toContain('test/scenarios/adviser.ts');
    const nynorsk = await pages.text('/regler/R27', { cookie: 'ot-sprak=nn' });
    expect(nynorsk).toContain('Gjeld frå 1. juli 2016');
    expect(nynorsk).toContain('Den som har takka nei til oppfølging, skal få tilbodet på nytt');
    expect((await pages.get('/regler/R99')).status).toBe(404);
  });

  test('a rule that judges has its answers, and one of the law says where the law is now', async () => {
    const pages = pagesAs(testParts(), 'leder');
    expect(await pages.text('/regler/R26')).toContain(
      'Advarsel: valget blir stående. Rådgiver kan fastholde valget med en begrunnelse.',
    );
    expect(await pages.text('/regler/R46')).toContain('Fra 01.08.2024 gjelder opplæringslova § 9-4');
    expect(await pages.text('/regler/Q6')).toContain('<code>ANDRE_GRUNNER</code>');
  });

  test('a code list has official names and what is read from them, in pages of 50', async () => {
    const pages = pagesAs(testParts(), 'personvern');
    const page = await pages.text('/regler/kodeverk/OT-2016-07');
    expect(page).toContain('<code>OTUK</code>');
    expect(page).toContain('hovedgruppe 1: Ukjent aktivitet; i målgruppen');
    const first = await pages.text('/regler/kodeverk/kommuner');
    expect(first.match(/<th scope="row">/g)).toHaveLength(50);
    expect(first).toContain('/regler/kodeverk/kommuner?etter=50');
    expect(await pages.text('/regler/kodeverk/kommuner?etter=50')).toContain('Viser 51–100 av');
    expect(await pages.text('/regler/kodeverk/OT-2011-09')).toContain(
      'Innholdet i denne utgaven er ikke funnet.',
    );
    expect((await pages.get('/regler/kodeverk/B99')).status).toBe(404);
  });
});

describe('Prøv en melding', () => {
  const whole = { protectedYouths: true };
  const follow = (answer: Response) =>
    (answer.headers.get('location') ?? '').slice(BASE.length).replace('#tittel', '');

  test('a pasted record is answered with what it would lead to, by rule and sentence, and nothing is stored', async () => {
    const parts = testParts();
    const pages = pagesAs(parts, 'leder', whole);
    const lanes = await parts.memory.lanes();
    const adviser = { type: 'kontakt', fodselsnummer: PERSON, skolear: '2026-27', dato: '2026-10-06' };
    const sent = await pages.post('/prov/ot-adviser', {
      melding: JSON.stringify({ ...dropout(), ...adviser, kanal: 'TELEFON', utfall: 'SVART' }),
    });
    expect(sent.status).toBe(303);
    expect(follow(sent)).toMatch(/^\/prov\/ot-adviser\/resultat\/[0-9a-f-]{36}$/);
    const page = await pages.text(follow(sent));
    expect(page).toContain('Ingenting blir lagret, sendt eller endret.');
    expect(page).not.toContain(PERSON);
    expect(await parts.memory.lanes()).toEqual(lanes);
    expect(sentOn(parts.publisher, 'ot-adviser')).toEqual([]);
  });

  test('who may not read every youth learns whether it would be accepted, and not what follows', async () => {
    const pages = pagesAs(testParts(), 'skole');
    const sent = await pages.post('/prov/school-dropout', { melding: JSON.stringify(dropout()) });
    const page = await pages.text(follow(sent));
    expect(page).toContain('Ville blitt godtatt.');
    expect(page).toContain('Rollen din ser bare om meldingen ville blitt godtatt.');
    expect(page).not.toContain('/regler/R01');
  });

  test('in a county without roles, what follows has its rule, and leads to it', async () => {
    const { app } = appOf(testParts());
    const at = `${BASE}/prov/school-dropout`;
    const form = await (await app.request(at)).text();
    const skjema = /name="skjema" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const sent = await app.request(at, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        skjema,
        melding: JSON.stringify([dropout(), dropout({ avbruddsarsak: 'XX' })]),
      }).toString(),
    });
    const page = await (await app.request(`${BASE}${follow(sent)}`)).text();
    expect(page).toContain('Ny tilmelding AVBRUTT for 2026-27 med status OTUK.');
    expect(page).toContain(`<a href="${BASE}/regler/R01">R01</a>`);
    expect(page).toContain('En ny tilmelding får OTUK som første statuskode');
    expect(page).toContain('<code>avbruddsarsak</code>');
  });

  test('what is no record is said at the field, and what was pasted stays', async () => {
    const pages = pagesAs(testParts(), 'skole');
    const broken = await pages.post('/prov/school-dropout', { melding: '{"type": ' });
    expect(broken.status).toBe(422);
    const page = await broken.text();
    expect(page).toContain('aria-invalid="true"');
    expect(page).toContain('{&quot;type&quot;:');
    expect(await (await pages.post('/prov/school-dropout', { melding: '' })).text()).toContain(
      'Lim inn en melding først.',
    );
    const many = JSON.stringify(Array.from({ length: 51 }, () => dropout()));
    expect((await pages.post('/prov/school-dropout', { melding: many })).status).toBe(422);
  });

  test('a form is tried by the same fields as a report, with the faults at the fields', async () => {
    const pages = pagesAs(testParts(), 'skole');
    const at = '/prov/school-dropout/skjema/avbrudd';
    const empty = await pages.post(at, { 'felt-skolenummer': '40014' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('href="#felt-fodselsnummer"');
    const sent = await pages.post(at, {
      'felt-fodselsnummer': PERSON,
      'felt-skolenummer': '40014',
      'felt-avbruddsdato': '05.10.2026',
      'felt-avbruddsarsak': 'AF',
    });
    expect(await pages.text(follow(sent))).toContain('Ville blitt godtatt.');
    expect((await pages.get('/prov/school-dropout/skjema/finnes-ikke')).status).toBe(404);
  });

  test('is within the rights to send: another feed is refused, and who sends nothing is offered nothing', async () => {
    const school = pagesAs(testParts(), 'skole');
    expect((await school.get('/prov/nav-match')).status).toBe(403);
    expect(await school.text('/prov')).not.toContain('/prov/nav-match');
    const operations = pagesAs(testParts(), 'drift');
    expect((await operations.get('/prov')).status).toBe(403);
    expect(await operations.text('/regler')).not.toContain(`${BASE}/prov`);
  });

  test('a result of another is not there, and a forgotten one says so', async () => {
    const pages = pagesAs(testParts(), 'skole');
    const none = await pages.get('/prov/school-dropout/resultat/00000000-0000-4000-8000-000000000000');
    expect(none.status).toBe(200);
    expect(await none.text()).toContain('Resultatet er glemt.');
  });
});
