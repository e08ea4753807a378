import { beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { pagesOf } from './adviserPages.ts';
import { type AdviserWorld, AT_RISK, adviserWorld, LEFT, NAME, NOW } from './adviserWorld.ts';

let world: AdviserWorld;
let left: string;
beforeEach(async () => {
  world = await adviserWorld();
  left = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
});

const contact = (changes: Record<string, string> = {}) => ({
  'kontakt-hvem': 'UNGDOM',
  'kontakt-kanal': 'TELEFON',
  'kontakt-dato': '07.10.2026',
  'kontakt-grunn': '',
  ...changes,
});

const status = (form: 'forslag' | 'status', changes: Record<string, string>) => ({
  valg: form,
  [`${form}-dato`]: '07.10.2026',
  ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`${form}-${name}`, value])),
});

describe('what an adviser does with an alert', () => {
  test('contact goes in as a record on the feed of advisers, and its effect is on the page', async () => {
    const pages = pagesOf(world, 'radgiver');
    const answer = await pages.post(`/varsel/${left}/kontakt`, contact(), `/varsel/${left}`);
    expect(answer.status).toBe(303);
    const to = answer.headers.get('location') ?? '';
    expect(to).toMatch(new RegExp(`^/k/telemarkfylke-no/varsel/${left}\\?kvittering=[0-9a-f-]{36}#tittel$`));
    const path = to.replace('/k/telemarkfylke-no', '').replace('#tittel', '');
    expect(await pages.text(path)).toContain('Broen behandler meldingen nå');
    await world.settle();
    const after = await pages.text(path);
    expect(after).toContain('Registrert. Under ser du hva som gjelder nå.');
    expect(after).toMatch(/Kontakt<td>[^<]*<td>Gjort/);
    const sent = world.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'));
    expect(sent).toHaveLength(1);
    expect(JSON.parse(String(sent[0]?.value))).toMatchObject({
      type: 'kontaktforsok',
      kilde: 'ot:konsoll',
      besvart: true,
      besvartAv: 'UNGDOM',
    });
  });

  test('why a record was refused is told to who reads receipts whole, and not to who sees them masked', async () => {
    const body = JSON.stringify([{ type: 'kontaktforsok', fodselsnummer: LEFT.fodselsnummer, kanal: 'XX' }]);
    const headers = { 'content-type': 'application/json' };
    const api = apiInMemory(world.pipeline, () => NOW);
    const sent = await bodyOf(await api.request('feeds/ot-adviser', { method: 'POST', headers, body }));
    await world.settle();
    const at = `/varsel/${left}?kvittering=${sent.receiptId}`;
    expect(await pagesOf(world, 'leder').text(at)).toContain('Feltet «');
    expect(await pagesOf(world, 'leder').text(`/varsel/${left}`)).toMatch(
      /<a href="\/k\/[^"]+\/regler\/(R\d+)">\1<\/a>/,
    );
    const masked = await pagesOf(world, 'drift').text(at);
    expect(masked).toContain('Meldingen kunne ikke brukes');
    expect(masked).not.toContain('Feltet «');
  });

  test('the same form sent twice is told once', async () => {
    const pages = pagesOf(world, 'radgiver');
    const key = /name="skjema" value="([^"]+)"/.exec(await pages.text(`/varsel/${left}`))?.[1] ?? '';
    const send = () =>
      pages.post(`/varsel/${left}/kontakt`, { ...contact(), skjema: key }, `/varsel/${left}`);
    const [one, other] = [await send(), await send()];
    expect(other.headers.get('location')).toContain('igjen=1');
    expect(one.headers.get('location')?.slice(0, 150)).toBe(
      other.headers.get('location')?.replace('&igjen=1', '').slice(0, 150),
    );
    // Also by a process that has forgotten the form.
    const late = await pagesOf(world, 'radgiver').post(
      `/varsel/${left}/kontakt`,
      { ...contact(), skjema: key },
      `/varsel/${left}`,
    );
    expect(late.headers.get('location')).toBe(one.headers.get('location'));
    await world.settle();
    const records = world.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'));
    expect(records).toHaveLength(1);
  });

  test('a status after contact ends the alert', async () => {
    const pages = pagesOf(world, 'leder');
    await pages.post(`/varsel/${left}/kontakt`, contact(), `/varsel/${left}`);
    await world.settle();
    const sent = status('status', { kode: 'OTOV', grunnlag: 'DIALOG' });
    expect((await pages.post(`/varsel/${left}/status`, sent, `/varsel/${left}`)).status).toBe(303);
    await world.settle();
    expect(await pages.text(`/varsel/${left}`)).toContain('Det varselet ber om, er gjort.');
    const youth = await world.pipeline.youth(LEFT.fodselsnummer);
    expect(youth?.youth.registrations[0]?.status.code).toBe('OTOV');
  });

  test('a proposal is taken as it is, or gone against with a reason alone', async () => {
    const proposal = await world.alertOf(AT_RISK.fodselsnummer, 'STATUS_FORSLAG');
    const pages = pagesOf(world, 'radgiver');
    const on = `/varsel/${proposal}`;
    const against = status('status', { kode: 'OTUK' });
    const refused = await pages.post(`${on}/status`, against, on);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Velg hvorfor du går imot forslaget.');
    expect(page).toMatch(/<option value="OTUK" selected>/);
    const accepted = await pages.post(
      `${on}/status`,
      status('forslag', { kode: 'ELVG_IM', grunnlag: 'FOREBYGGING' }),
      on,
    );
    expect(accepted.status).toBe(303);
    await world.settle();
    expect(await pages.text(on)).toContain('Varselet ble trukket');
  });

  test('going against a proposal with a reason is a record with it', async () => {
    const proposal = await world.alertOf(AT_RISK.fodselsnummer, 'STATUS_FORSLAG');
    const on = `/varsel/${proposal}`;
    const pages = pagesOf(world, 'radgiver');
    const sent = status('status', { kode: 'OTUK', fastholdtFordi: 'RADGIVERS_VURDERING' });
    expect((await pages.post(`${on}/status`, sent, on)).status).toBe(303);
    const [record] = world.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'));
    expect(JSON.parse(String(record?.value))).toMatchObject({
      type: 'status',
      kode: 'OTUK',
      fastholdtFordi: 'RADGIVERS_VURDERING',
      skolear: '2026-27',
    });
  });

  test.each([
    ['kontakt', contact({ 'kontakt-hvem': '' }), 'Velg hvem som svarte.'],
    ['kontakt', contact({ 'kontakt-dato': '07.10.2027' }), 'fram i tid'],
    ['kontakt', contact({ 'kontakt-dato': 'i går' }), 'Datoen kan ikke leses'],
    ['kontakt', contact({ 'kontakt-kanal': 'RØYK' }), 'Velg hvordan du prøvde.'],
    ['kontakt', contact({ 'kontakt-grunn': 'SYKDOM' }), 'Grunnen passer ikke'],
    [
      'kontakt',
      contact({ 'kontakt-hvem': 'FORESATT', 'kontakt-grunn': 'RAMPESTREK' }),
      'Grunnen passer ikke',
    ],
    ['status', status('status', { kode: '' }), 'Velg en status.'],
    ['status', status('status', { kode: 'OTAR' }), 'Svar på om OT har bidratt.'],
    ['status', status('status', { kode: 'XXXX' }), 'Statusen kan ikke velges'],
    ['status', status('status', { kode: 'OTOV', grunnlag: 'MAGEFØLELSE' }), 'kan ikke brukes her'],
    ['status', status('status', { kode: 'OTOV', fastholdtFordi: 'DERFOR' }), 'Velg hvorfor'],
    ['status', status('forslag', { kode: 'OTOV' }), 'Velg en status.'],
  ])('%s %# is refused by the field, and nothing is sent', async (act, fields, told) => {
    const pages = pagesOf(world, 'radgiver');
    const answer = await pages.post(`/varsel/${left}/${act}`, fields, `/varsel/${left}`);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(told);
    expect(world.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'))).toEqual([]);
  });

  test('the audit trail has who acted on whom, and the receipt', async () => {
    const pages = pagesOf(world, 'radgiver');
    await pages.post(`/varsel/${left}/kontakt`, contact(), `/varsel/${left}`);
    const ref = await world.refOf(LEFT.fodselsnummer);
    const trail = await world.pipeline.store.seenBy(world.pipeline.org, ref as never, {
      access: 'youth:act',
      before: null,
      limit: 10,
    });
    expect(trail.map(({ outcome, item }) => [outcome, item?.split(':')[0]])).toContainEqual([
      'OK',
      'receipt',
    ]);
  });
});

test('a form that is refused shows the page all the same, and that is in the trail', async () => {
  const pages = pagesOf(world, 'radgiver');
  // The key of another page's form: the alert has not been opened.
  const answer = await pages.post(`/varsel/${left}/kontakt`, contact({ 'kontakt-hvem': '' }), '/finn');
  expect(answer.status).toBe(422);
  const ref = await world.refOf(LEFT.fodselsnummer);
  const filter = { access: 'youth:act', before: null, limit: 10 } as const;
  const trail = await world.pipeline.store.seenBy(world.pipeline.org, ref as never, filter);
  expect(trail.map(({ outcome }) => outcome)).toContain('INVALID_REQUEST');
});

describe('who sees what of an alert', () => {
  test.each(['drift', 'personvern'] as const)(
    '%s: the rule and the deadlines, no message and no act',
    async (role) => {
      const page = await pagesOf(world, role).text(`/varsel/${left}`);
      expect(page).toContain('R01');
      expect(page).toContain('Rollen din ser ikke hva meldingene sier.');
      for (const hidden of ['skole:40014', 'skole 40014', 'skule 40014', 'Utan', 'name="skjema"', '40200<'])
        expect(page.includes(hidden), hidden).toBe(false);
    },
  );

  test('another unit does not find it, nor may it act', async () => {
    const pages = pagesOf(world, 'radgiver', { unit: '40300' });
    expect((await pages.get(`/varsel/${left}`)).status).toBe(404);
    const own = pagesOf(world, 'radgiver');
    const key = /name="skjema" value="([^"]+)"/.exec(await own.text(`/varsel/${left}`))?.[1] ?? '';
    const answer = await pages.post(`/varsel/${left}/kontakt`, { ...contact(), skjema: key });
    expect(answer.status).toBe(404);
    expect(world.pipeline.records().filter(({ topic }) => topic.endsWith('ot-adviser'))).toEqual([]);
  });

  test('no page names the number or the name of the youth', async () => {
    for (const language of ['nb', 'nn'])
      for (const role of ['radgiver', 'leder', 'drift'] as const) {
        const page = await pagesOf(world, role).text(`/varsel/${left}`, { 'accept-language': language });
        for (const secret of [LEFT.fodselsnummer, NAME.fornavn, NAME.etternavn])
          expect(page.includes(secret), `${role} ${language}`).toBe(false);
      }
  });

  test('in nynorsk, the rule says it in nynorsk', async () => {
    const page = await pagesOf(world, 'radgiver').text(`/varsel/${left}`, { 'accept-language': 'nn' });
    expect(page).toContain('<strong>Ei ny tilmelding får OTUK som første statuskode');
    expect(page).toContain('Utan denne meldinga?');
  });
});

test('relative time is by the clock of the organisation', async () => {
  expect(await pagesOf(world, 'radgiver').text(`/varsel/${left}`)).toContain('om 2 dager');
  expect(NOW.slice(0, 10)).toBe('2026-10-07');
});

test('an apprenticeship officer does not find what another feed has raised', async () => {
  expect((await pagesOf(world, 'fagopplaering').get(`/varsel/${left}`)).status).toBe(404);
});
