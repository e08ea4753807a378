import { beforeEach, describe, expect, test } from 'vitest';
import type { PersonPrincipal, Principal } from '../../src/core/access/principal.ts';
import type { AuditEntry } from '../../src/core/audit/entry.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { assignment, controlOf, machine, person } from '../access/callers.ts';
import { appOf, NOW, ORG, PERSON, type TestParts, testParts } from '../api/parts.ts';

const LOGIN = { people: () => ({ origin: 'http://localhost' }) as never };
const AT = `/k/${ORG}`;
const FEED = `${AT}/lister/ny/school-dropout`;

let parts: TestParts;
let entries: AuditEntry[];
let caller: Principal | undefined;
let app: ReturnType<typeof appOf>['app'];

beforeEach(() => {
  entries = [];
  caller = school();
  const own = testParts();
  parts = {
    ...own,
    login: LOGIN,
    access: { ...controlOf(undefined), principalOf: () => caller },
    audit: {
      ...own.audit,
      async append(added) {
        for (const { entry } of added) entries.push(entry);
        return own.audit.append(added);
      },
    },
  };
  app = appOf(parts).app;
});

const school = (changes: Partial<PersonPrincipal> = {}) =>
  person([assignment('skole', ORG, { institution: '40014' })], changes);

const OWN_PAGE = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await app.request(path, { headers });
  return { response, text: await response.text() };
}

async function post(path: string, fields: Record<string, string> | FormData, headers = {}) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const response = await app.request(path, { method: 'POST', headers: { ...OWN_PAGE, ...headers }, body });
  return { response, text: await response.text() };
}

const keyIn = (text: string) => /name="skjema" value="([^"]+)"/.exec(text)?.[1] ?? '';

/** A list of one pupil, and one whose number has lost a digit. */
const LIST = `Hva raden gjelder;Fnr;Skolenr;Sluttdato;Årsak\nAvbrudd;${PERSON};40014;05.10.2026;FV\nAvbrudd;1483098996;40014;05.10.2026;FV\n`;

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.set('skjema', keyIn((await get(FEED)).text));
  form.set('fil', new File([LIST], 'Nordmann.csv'));
  const { response } = await post(FEED, form);
  expect(response.status).toBe(303);
  return String(response.headers.get('location')).replace('#tittel', '');
}

describe('a page', () => {
  test('is under a strict policy, is not kept, and says its language and its place', async () => {
    const { response, text } = await get(`${AT}/`);
    expect(response.status).toBe(200);
    const policy = String(response.headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).toContain('<html lang="nb"');
    expect(text).toContain('aria-current="page">I dag');
    expect(text).not.toMatch(/<script>|\son\w+=|\sstyle=/);
  });

  test('names the organisation as people know it, by its id where it has no name', async () => {
    expect((await get(`${AT}/`)).text).toContain(`<span class="org">${ORG}</span>`);
    const [organisation] = parts.organisations;
    if (organisation === undefined) throw new Error('no organisation');
    const named = [{ ...organisation, name: 'Telemark fylkeskommune' }];
    const { app } = appOf({ ...parts, organisations: named, access: controlOf(caller) });
    const page = await (await app.request(`${AT}/`)).text();
    expect(page).toContain('<span class="org">Telemark fylkeskommune</span>');
  });

  test('has its style and script from here, under a name that may be kept', async () => {
    const { text } = await get(`${AT}/`);
    const files = [...text.matchAll(/(?:href|src)="(\/console\/[^"]+)"/g)].map(([, path]) => String(path));
    expect(files).toHaveLength(2);
    for (const file of files) {
      const { response, text: content } = await get(file);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(content.length).toBeLessThan(15_000);
    }
    expect((await get('/console/console-0000000000000000.css')).response.status).toBe(404);
  });

  test('is in the language that was chosen, else the browser’s', async () => {
    expect((await get(`${AT}/`, { 'accept-language': 'nn-NO,nb;q=0.8' })).text).toContain('<html lang="nn"');
    const { response } = await post('/console/sprak', { sprak: 'nn', til: `${AT}/lister/ny` });
    expect(response.headers.get('location')).toBe(`${AT}/lister/ny`);
    const [cookie = ''] = String(response.headers.get('set-cookie')).split(';');
    expect((await get(`${AT}/`, { cookie })).text).toContain('<html lang="nn"');
    for (const til of ['//evil.example', 'https://evil.example/k/', '/k/../login?step-up=1&x=https://e'])
      expect((await post('/console/sprak', { sprak: 'nb', til })).response.headers.get('location')).toMatch(
        /^\/k\//,
      );
  });

  test('is on record with who saw it, and leads only where the role may go', async () => {
    const { text } = await get(`${AT}/`);
    expect(text).toContain('skole 40014');
    expect(text).toContain(`${AT}/lister/ny`);
    expect(entries).toMatchObject([{ operation: 'GET /k/{org}/', access: 'console:open', outcome: 'OK' }]);
    caller = person([assignment('drift', ORG)]);
    expect((await get(`${AT}/`)).text).not.toContain(`${AT}/lister/ny`);
  });
});

describe('who is let in', () => {
  test('one who has not logged in is led to the login, and back', async () => {
    caller = undefined;
    const { response } = await get(`${AT}/lister/ny?side=2`);
    expect(response.status).toBe(303);
    const back = encodeURIComponent(`${AT}/lister/ny?side=2`);
    expect(response.headers.get('location')).toBe(`/login?return=${back}`);
    const sent = await post(FEED, { skjema: 'x' });
    expect(sent.response.status).toBe(401);
    expect(sent.text).toContain('Du må logge inn');
  });

  test('everything is open on a machine of one’s own where no one can log in', async () => {
    caller = { kind: 'local', name: 'loopback', key: 'loopback' };
    app = appOf({ ...parts, login: { people: () => undefined } }).app;
    expect((await get(`${AT}/`)).text).toContain('På denne maskinen er alt åpent');
  });

  test('a machine is not, nor a person of another organisation; both get a page', async () => {
    for (const other of [machine([]), person([assignment('skole', 'annetfylke-no' as never)])]) {
      caller = other;
      const { response, text } = await get(`${AT}/`);
      expect(response.status).toBe(403);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(text).toContain('Du har ikke tilgang');
    }
  });

  test('a person of several organisations chooses, a person of one is led there', async () => {
    expect((await get('/k/')).response.headers.get('location')).toBe(`${AT}/`);
    caller = person([]);
    expect((await get('/k')).text).toContain('Du har ingen roller her ennå');
    caller = person(parts.organisations.map(({ id }) => assignment('leder', id)));
    expect((await get('/k/')).text).toContain(`<a href="${AT}/">`);
  });

  test('an address that is not there is answered as a page, also with another method', async () => {
    const { response, text } = await get(`${AT}/finnes-ikke`);
    expect([response.status, text.includes('Siden finnes ikke')]).toEqual([404, true]);
    const other = await post(`${AT}/`, {});
    expect([other.response.status, other.response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(other.text).toContain('<h1');
  });
});

describe('a form', () => {
  test('of another page, session or day is refused, and nothing has happened', async () => {
    const at = await uploaded();
    const key = keyIn((await get(`${at}/sjekk`)).text);
    for (const skjema of ['', 'x', key.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]) {
      const { response, text } = await post(`${at}/send`, { skjema, hva: 'klare' });
      expect([response.status, text.includes('Skjemaet gjelder ikke lenger')]).toEqual([403, true]);
    }
    caller = school({ session: 'another' });
    expect((await post(`${at}/send`, { skjema: key, hva: 'klare' })).response.status).toBe(403);
    caller = school();
    const foreign = await post(
      `${at}/send`,
      { skjema: key },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.response.status).toBe(403);
    expect(parts.publisher.read(`${ORG}.ot.event.school-dropout`).flat()).toEqual([]);
  });

  test('leads to where its effect is seen, and a second time to the same place', async () => {
    const at = await uploaded();
    const skjema = keyIn((await get(`${at}/sjekk`)).text);
    const [first, second] = await Promise.all([1, 2].map(() => post(`${at}/send`, { skjema, hva: 'klare' })));
    const places = [first, second].map((sent) => String(sent?.response.headers.get('location')));
    expect(places.filter((place) => place.includes('igjen=1'))).toHaveLength(1);
    expect(new Set(places.map((place) => place.split('?')[0])).size).toBe(1);
    expect((await get(String(places.find((place) => place.includes('igjen=1'))))).text).toContain(
      'Dette er allerede mottatt',
    );
    expect(parts.publisher.read(`${ORG}.ot.event.school-dropout`).flat()).toHaveLength(1);
  });

  test('that was filled in wrong is shown again with what was typed, and its refusal is on record', async () => {
    const at = await uploaded();
    const skjema = keyIn((await get(`${at}/sjekk`)).text);
    const { response, text } = await post(`${at}/sjekk`, { skjema, 'rad-3-fodselsnummer': '123' });
    expect(response.status).toBe(422);
    expect(text).toMatch(/<title>1 feil: Sjekk listen/);
    expect(text).toContain('<a href="#rad-3-fodselsnummer">');
    expect(text).toContain('value="123"');
    expect(entries.at(-1)).toMatchObject({
      operation: 'POST /k/{org}/lister/ny/{feed}/{id}/sjekk',
      outcome: 'INVALID_REQUEST',
    });
  });

  test('mends all that was typed, or nothing', async () => {
    const at = await uploaded();
    const typed = { 'rad-3-fodselsnummer': '123', 'rad-900-fodselsnummer': '123' };
    const page = async () => (await get(`${at}/sjekk`)).text;
    const skjema = keyIn(await page());
    const keyless = async () => (await page()).replaceAll(/name="skjema" value="[^"]+"/g, '');
    const before = await keyless();
    const { response } = await post(`${at}/sjekk`, { skjema, ...typed });
    expect(response.status).toBe(404);
    expect(await keyless()).toBe(before);
  });

  test('that is too large, or no form, is refused with a page', async () => {
    const skjema = keyIn((await get(FEED)).text);
    const large = new FormData();
    large.set('skjema', skjema);
    large.set('fil', new File([Buffer.alloc(21 * 1024 * 1024)], 'x.csv'));
    const { response, text } = await post(FEED, large);
    expect([response.status, text.includes('<h1')]).toEqual([413, true]);
    const json = await app.request(FEED, {
      method: 'POST',
      headers: { ...OWN_PAGE, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
  });
});

describe('a receipt', () => {
  test('shows its rows to who sent it, the counts to those who see no persons, and nothing to another school', async () => {
    const at = await uploaded();
    const skjema = keyIn((await get(`${at}/sjekk`)).text);
    const { response } = await post(`${at}/send`, { skjema, hva: 'klare' });
    const place = String(response.headers.get('location')).replace('#tittel', '');
    const own = await get(place);
    expect(own.text).toContain('Raden er ikke behandlet ennå.');
    expect(own.text).toContain(`${at}/sjekk`);
    expect(own.text).toMatch(/http-equiv="refresh" content="3; url=\/k\//);
    caller = person([assignment('drift', ORG)]);
    const masked = await get(place);
    expect(masked.text).toContain('Rollen din viser bare antallene');
    expect(masked.text).not.toContain(`${at}/sjekk`);
    caller = person([assignment('skole', ORG, { institution: '40001' })], {
      person: 'c'.repeat(64) as never,
    });
    const other = await get(place);
    expect([other.response.status, other.text.includes('Kvitteringen finnes ikke her')]).toEqual([404, true]);
    expect((await get(`${AT}/lister/${PERSON}`)).response.status).toBe(404);
  });
});

describe('an upload', () => {
  test('is its sender’s alone, and stays out of addresses, titles and the log', async () => {
    const at = await uploaded();
    const page = await get(`${at}/sjekk`);
    expect(page.text).toContain('Rad 3 i filen');
    expect(at + page.text + JSON.stringify([entries, parts.logged, parts.problems])).not.toMatch(
      /1483098996|Nordmann/,
    );
    caller = person([assignment('skole', ORG, { institution: '40014' })], {
      person: 'b'.repeat(64) as never,
    });
    const other = await get(`${at}/sjekk`);
    expect([other.response.status, other.text.includes('Opplastingen er borte')]).toEqual([404, true]);
  });

  test('comes back with what is wrong in each row after a new login alone', async () => {
    const at = await uploaded();
    await get(`${at}/sjekk`);
    caller = school({ authenticated: instantOf(NOW - 11 * 60_000) });
    const old = await get(`${at}/feilfil`, { referer: `http://localhost${at}/sjekk` });
    expect(old.response.status).toBe(401);
    expect(old.text).toContain(`/login?step-up=1&amp;return=${encodeURIComponent(`${at}/sjekk`)}`);
    caller = school();
    const file = await get(`${at}/feilfil?format=csv`);
    expect(file.response.headers.get('content-disposition')).toBe(
      'attachment; filename="rettes-school-dropout.csv"',
    );
    expect(file.text).toContain('1483098996');
    expect(entries.at(-1)).toMatchObject({ access: 'upload:errors', outcome: 'OK' });
  });

  test('says what must be chosen, one thing after the other', async () => {
    const form = new FormData();
    form.set('skjema', keyIn((await get(FEED)).text));
    form.set(
      'fil',
      new File([`Person;Når;Skole-nr;Klasse;Orsak\n${PERSON};06.09.2026;40014;1A;Feilvalg\n`], 'x.csv'),
    );
    const at = String((await post(FEED, form)).response.headers.get('location')).replace('#tittel', '');
    const choose = async (fields: Record<string, string>) =>
      post(at, { skjema: keyIn((await get(at)).text), ...fields });
    expect((await choose({ overskrift: 'x' })).text).toContain('Skriv nummeret på raden med overskriftene');
    expect((await choose({ overskrift: '9' })).text).toContain('Rad 9 er tom');
    expect((await choose({ overskrift: '1' })).response.status).toBe(303);
    const columns = {
      overskrift: '1',
      'kolonne-1': 'fodselsnummer',
      'kolonne-2': 'avbruddsdato',
      'kolonne-3': 'skolenummer',
    };
    const open = await choose({ ...columns, 'kolonne-4': '', 'kolonne-5': 'avbruddsarsak' });
    expect(open.text).toContain('Velg hva «Klasse» er');
    const typeless = await choose({ ...columns, 'kolonne-4': '-', 'kolonne-5': 'avbruddsarsak' });
    expect(typeless.text).toContain('href="#alle-type"');
    const twice = await choose({
      ...columns,
      'kolonne-4': 'skolenummer',
      'kolonne-5': 'avbruddsarsak',
      'alle-type': 'avbrudd',
    });
    expect(twice.text).toContain('er begge');
    const done = await choose({
      ...columns,
      'kolonne-4': '-',
      'kolonne-5': 'avbruddsarsak',
      'alle-type': 'avbrudd',
    });
    expect(done.response.headers.get('location')).toBe(`${at}/sjekk#tittel`);
    expect((await get(`${at}/sjekk`)).text).toContain('Alle radene kan sendes');
  });
});
