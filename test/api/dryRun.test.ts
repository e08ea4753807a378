import { beforeEach, describe, expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { createVault } from '../../src/store/vault.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { CONCLUDED } from '../store/commits.ts';
import { appOf, bodyOf, dropout, dryRunOn, NOW, ORG, PERSON, problemOf, sent, testParts } from './parts.ts';

const AT = new Date(NOW).toISOString();
const VAULT = createVault(Buffer.alloc(32, 7));

let pipeline: TestPipeline;
let app: ReturnType<typeof appOf>;
let parts: ReturnType<typeof testParts>;

beforeEach(async () => {
  pipeline = await createTestPipeline();
  parts = testParts({
    queries: pipeline.store,
    operations: pipeline.store,
    store: pipeline.store,
    dryRun: dryRunOn(pipeline.store, VAULT),
  });
  app = appOf(parts);
});

const tryOut = async (feed: string, body: unknown, at = '') => {
  const answer = await app.post(`${at}/feeds/${feed}/dry-run`, body);
  expect(answer.status).toBe(200);
  return bodyOf(answer);
};

/** What is stored of every person, and what has been sent. */
async function everything() {
  const lanes = await pipeline.store.lanes();
  return JSON.stringify({
    counts: lanes.map(({ counts, nextOffset }) => ({ counts, nextOffset: String(nextOffset) })),
    parked: await pipeline.store.parked(ORG, { limit: 100, after: null }),
    quarantine: await pipeline.store.quarantine(ORG, { status: 'open', limit: 100, after: null }),
    due: await pipeline.store.due(ORG, '2099-01-01T00:00:00.000Z', 100),
    out: (['status', 'alert', 'ot-ungdom', 'status-group'] as const).map(
      (topic) => pipeline.out(topic).length,
    ),
  });
}

const nonShow = (person: { fodselsnummer: string }) => ({
  type: 'ikkemott',
  ...person,
  skolear: '2026-27',
  dato: '2026-08-17',
  skolenummer: '40014',
});

/** 42 rows: row 17 has a number with ten digits, row 30 repeats row 3. */
function nonShows() {
  const rows = crowd(11, 41).map(nonShow);
  const posted = rows.toSpliced(29, 0, rows[2]!);
  const whole = posted[16]!;
  return { rows: posted.with(16, { ...whole, fodselsnummer: whole.fodselsnummer.slice(0, 10) }), whole };
}

describe('a dry run', () => {
  test('S11 answers row by row what the list would lead to, and does nothing', async () => {
    const before = await everything();
    const { rows, whole } = nonShows();
    const answer = await tryOut('vigo-intake', rows);
    expect(answer.counts).toEqual({ applied: 40, duplicate: 1, rejected: 0, quarantined: 1, parked: 0 });
    expect(answer.text).toBe(
      '42 rader: 40 ville blitt godtatt, 1 duplikat, 1 må rettes. Dette er en prøve: ingenting er lagret eller sendt.',
    );
    expect(answer.results).toHaveLength(42);
    expect(answer.results[16]).toMatchObject({
      row: 17,
      outcome: 'quarantined',
      problems: [{ field: 'fodselsnummer', text: expect.stringMatching(/^Nummeret har ti sifre/) }],
    });
    expect(answer.results[29]).toMatchObject({ row: 30, outcome: 'duplicate', repeats: 3 });
    expect(answer.results[29].text).toBe('Sier det samme som rad 3.');
    const [opened, alert] = answer.results[0].effects;
    expect(opened).toMatchObject({
      what: 'TILMELDING_APNES',
      schoolYear: '2026-27',
      county: '40',
      tilmeldingskode: 'ANDRE_GRUNNER',
      code: 'OTUK',
      rule: 'R01',
    });
    expect(alert).toMatchObject({ what: 'VARSEL_SENDES', kind: 'NY_TILMELDING', rule: 'R01' });
    expect(alert.reason).toMatch(/\.$/);
    expect(answer.effects).toContainEqual({ what: 'TILMELDING_APNES', kind: null, count: 40 });

    expect(await everything()).toBe(before);
    expect(sent(parts.publisher, 'vigo-intake')).toEqual([]);
    const { known } = await pipeline.store.find(
      ORG,
      [VAULT.hmac(new Fodselsnummer(whole.fodselsnummer))],
      [],
    );
    expect(known).toEqual([undefined]);
    expect(JSON.stringify(answer)).not.toMatch(/\d{10}/);
  });

  test('I05 answers what a change of number would merge, whichever of the two is unknown', async () => {
    const [known, stranger, late] = crowd(12, 3);
    await pipeline.send('vigo-intake', [{ ...nonShow(known!), id: 'i-1' }], { at: AT });
    await pipeline.settle();
    const change = (now: typeof known, was: typeof known, id: string) => ({
      id,
      type: 'nummerendring',
      fodselsnummer: now?.fodselsnummer,
      tidligereNummer: was?.fodselsnummer,
      dato: '2026-10-05',
    });
    const before = await everything();
    const answer = await tryOut('vigo-intake', [
      { ...nonShow(late!), id: 'i-2' },
      change(stranger, known, 'n-1'),
      { ...nonShow(known!), id: 'i-1' },
      change(late, stranger, 'n-2'),
    ]);
    const what = answer.results.map(
      ({ outcome, effects }: { outcome: string; effects: { what: string }[] }) => [
        outcome,
        ...effects.map((effect) => effect.what),
      ],
    );
    expect(what).toEqual([
      ['applied', 'TILMELDING_APNES', 'VARSEL_SENDES'],
      ['applied', 'PERSONER_SLAS_SAMMEN'],
      ['duplicate'],
      [
        'applied',
        'TILMELDING_ANNULLERES',
        'VARSEL_TREKKES',
        'PERSONER_SLAS_SAMMEN',
        'VARSEL_SENDES',
        'VARSEL_ENDRES',
      ],
    ]);
    expect(answer.results[3].effects.at(-2)).toMatchObject({ kind: 'NUMRE_SLATT_SAMMEN', rule: 'I05' });
    expect(await everything()).toBe(before);
  });

  test('S11 the list that is then sent does what the dry run answered, and a second dry run knows it', async () => {
    const { rows, whole } = nonShows();
    const answered = await tryOut('vigo-intake', rows);
    await pipeline.send('vigo-intake', rows, { at: '2026-09-08T08:00:00.000Z' });
    await pipeline.settle();
    const done = await pipeline.store.lanes();
    const applied = done.reduce((sum, { counts }) => sum + counts.applied, 0);
    const duplicate = done.reduce((sum, { counts }) => sum + counts.duplicate, 0);
    const quarantined = done.reduce((sum, { counts }) => sum + counts.quarantined, 0);
    expect({ applied, duplicate, quarantined }).toEqual({ applied: 40, duplicate: 1, quarantined: 1 });
    expect(answered.counts).toMatchObject({ applied, duplicate, quarantined });
    const deadlines = pipeline
      .out('alert')
      .filter(({ kind }) => kind === 'NY_TILMELDING')
      .map(({ deadlines: all }) => all);
    expect(deadlines).toHaveLength(40);
    for (const each of deadlines) {
      expect(each).toMatchObject([
        { what: 'KONTAKT', date: '2026-09-15' },
        { what: 'VEILEDNINGSTIME', date: '2026-09-29' },
      ]);
    }

    const again = await tryOut('vigo-intake', rows.with(16, whole));
    expect(again.counts).toMatchObject({ applied: 1, duplicate: 41, quarantined: 0 });
    expect(again.results[0]).toMatchObject({
      outcome: 'duplicate',
      repeats: null,
      text: 'Kjent fra før: endrer ingenting.',
    });
    await pipeline.send('vigo-intake', [whole]);
    await pipeline.settle();
    expect(pipeline.out('status')).toHaveLength(41);
  });

  test('I02 shows the raw code of a wish that cannot be read, and guesses nothing', async () => {
    const wish = (fodselsnummer: string, onskestatus: string) => ({
      type: 'onskestatus',
      fodselsnummer,
      skolear: '2026-27',
      dato: '2026-08-01',
      onskestatus,
    });
    const [one, two] = crowd(3, 2);
    const answer = await tryOut('vigo-intake', [
      wish(one!.fodselsnummer, 'STRONT'),
      wish(two!.fodselsnummer, 'STRUKJ'),
    ]);
    expect(answer.counts).toMatchObject({ applied: 1, quarantined: 1 });
    expect(answer.results[1]).toMatchObject({
      effects: [],
      problems: [{ code: 'UNKNOWN_CODE', raw: 'STRUKJ' }],
    });
  });

  test('decides each row on what the rows before it would have led to', async () => {
    const answer = await tryOut('school-dropout', [
      dropout({ id: 'e-1', fodselsdato: '2009-03-14', avbruddsarsak: 'FV' }),
      dropout({
        id: 'e-1',
        version: 2,
        fodselsdato: '2009-03-14',
        avbruddsdato: '2026-09-14',
        avbruddsarsak: 'FV',
      }),
      { type: 'annullering', id: 'a-1', annullerer: 'e-1', fodselsnummer: PERSON, skolenummer: '40014' },
    ]);
    const whats = answer.results.map((row: { effects: { what: string }[] }) =>
      row.effects.map(({ what }) => what),
    );
    expect(whats[0]).toContain('TILMELDING_APNES');
    expect(whats[1]).toContain('TILMELDING_ENDRES');
    expect(whats[2]).toContain('TILMELDING_ANNULLERES');
    expect(whats[2]).toContain('VARSEL_TREKKES');
  });

  test('takes more rows than one portion, and a youth who is in two of them', async () => {
    const rows = crowd(11, 450).map(nonShow);
    const answer = await tryOut('vigo-intake', [...rows, rows[0], { ...rows[0], dato: '2026-08-18' }]);
    expect(answer.counts).toMatchObject({ applied: 451, duplicate: 1 });
    expect(answer.results[450]).toMatchObject({ repeats: 1 });
    const changed = answer.results[451].effects.map(({ what }: { what: string }) => what);
    expect(changed).not.toContain('TILMELDING_APNES');
  });

  test('of a proposal gives the code and the rule', async () => {
    await pipeline.send(
      'vigo-intake',
      [{ type: 'neisvar', fodselsnummer: '12880877605', skolear: '2026-27', dato: '2026-09-15' }],
      { at: '2026-09-15T08:00:00.000Z' },
    );
    await pipeline.settle();
    const answer = await tryOut('private-school', {
      skole: '40301',
      dato: '2026-09-18',
      antall: 1,
      elever: [{ fodselsnummer: '12880877605', startdato: '2026-08-17' }],
    });
    expect(answer.results[0].effects).toContainEqual(
      expect.objectContaining({
        what: 'VARSEL_SENDES',
        kind: 'STATUS_FORSLAG',
        category: 'FORSLAG',
        proposed: ['OTVF_IM'],
        rule: 'R22',
      }),
    );
    expect(answer.results[0].text).toContain('Varsel «Forslag til status» (OTVF_IM).');
    expect(answer.list).toMatchObject({ verdict: 'concluded', missing: 0 });
  });
});

describe('a dry run answers', () => {
  test('of a NAV answer only that it would wait for the whole delivery', async () => {
    const answer = await tryOut('nav-match', [
      {
        type: 'svar',
        batchId: 'B-2026-10',
        maaned: '2026-10',
        id: 'rad-1',
        fodselsnummer: PERSON,
        registrert: 'JA',
        kontor: '4601',
      },
    ]);
    expect(answer.results).toMatchObject([
      { outcome: 'applied', effects: [], text: 'Ville ventet til hele leveransen var kommet.' },
    ]);
    expect(answer.list).toMatchObject({ verdict: 'held', missing: null });
    expect(JSON.stringify(answer)).not.toContain('4601');
  });

  test('that a wish the intake is not done with is kept, and decides nothing by itself', async () => {
    const wish = { type: 'onskestatus', skolear: '2027-28', dato: '2026-08-01', onskestatus: 'SBEHA' };
    const answer = await tryOut('vigo-intake', { ...wish, fodselsnummer: PERSON });
    expect(answer.results).toMatchObject([
      { outcome: 'applied', text: expect.stringMatching(/^Ville blitt lagret; endrer verken/) },
    ]);
  });

  test('that a youth whose case has stopped would wait', async () => {
    await pipeline.send('school-dropout', [dropout({ avbruddsarsak: 'FV' })]);
    await pipeline.settle();
    const [{ ref }] = pipeline.out('status') as [{ ref: string }];
    await pipeline.breakYouth(ref);
    const answer = await tryOut(
      'school-dropout',
      dropout({ avbruddsdato: '2026-10-06', avbruddsarsak: 'FV' }),
    );
    expect(answer.counts).toMatchObject({ parked: 1 });
    expect(await pipeline.store.parked(ORG, { limit: 100, after: null })).toEqual([]);
  });
});

describe('a dry run of a whole list', () => {
  const pupils = crowd(7, 60).map(({ fodselsnummer }) => ({ fodselsnummer, startdato: '2026-08-17' }));
  const list = (elever: unknown[]) => ({ skole: '40301', dato: '2026-09-18', antall: elever.length, elever });

  /** The list as the pipeline has it once it is concluded. */
  async function load(elever: typeof pupils) {
    const run = 'skoleliste-40301-a';
    await pipeline.send(
      'private-school',
      elever.map((pupil) => ({ type: 'elev', skolenummer: '40301', dato: '2026-09-11', ...pupil })),
      {
        at: '2026-09-11T08:00:00.000Z',
        headers: {
          'sync-list': 'private-school:40301',
          'sync-correlation-id': run,
          'sync-type': 'FULL',
          'sync-total-size': String(elever.length),
        },
      },
    );
    await pipeline.settle();
    await pipeline.store.concludeList(ORG, 'private-school:40301', run, CONCLUDED);
  }

  test('counts who would be missing, and names no person', async () => {
    await load(pupils);
    const answer = await tryOut('private-school', list(pupils.slice(3)));
    expect(answer.counts).toMatchObject({ duplicate: 57 });
    expect(answer.list).toEqual({
      verdict: 'concluded',
      missing: 3,
      text: expect.stringMatching(/^3 som sto i de forrige listene/),
    });
  });

  test('that has shrunk says that it must be confirmed, and a confirmed one what it would do', async () => {
    await load(pupils);
    const short = list(pupils.slice(20));
    expect((await tryOut('private-school', short)).list).toMatchObject({ verdict: 'refused', missing: 20 });
    const confirmed = await tryOut('private-school', { ...short, bekreftetKortere: true });
    expect(confirmed.list).toMatchObject({ verdict: 'concluded', missing: 20 });
  });

  test('C5 with an unreadable row is whole, and reports no person missing who may be in that row', async () => {
    await load(pupils);
    const broken = [...pupils.slice(3, 59), { fodselsnummer: '1234567890', startdato: '2026-08-17' }];
    const answer = await tryOut('private-school', list(broken));
    expect(answer.counts).toMatchObject({ quarantined: 1 });
    expect(answer.list).toMatchObject({ verdict: 'concluded', missing: 0 });
  });

  test('a pupil who is listed twice does not make it incomplete', async () => {
    const answer = await tryOut('private-school', list([...pupils.slice(0, 5), pupils[0]]));
    expect(answer.list).toMatchObject({ verdict: 'concluded', missing: 0 });
    expect(answer.results[5]).toMatchObject({ outcome: 'duplicate', repeats: 1 });
  });

  test('that does not add up is refused as the feed refuses it', async () => {
    const answer = await app.post('/feeds/private-school/dry-run', { ...list(pupils), antall: 7 });
    expect(answer.status).toBe(422);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:INVALID_DOCUMENT');
  });
});

describe('the address of a dry run', () => {
  test('has the organisation in it, or is short when there is only one', async () => {
    const row = nonShow({ fodselsnummer: PERSON });
    const long = await tryOut('vigo-intake', row, `/organisations/${ORG}`);
    expect(long).toEqual(await tryOut('vigo-intake', row));
    expect(long.rows).toBe(1);
  });

  test.each([
    ['/feeds/bridge/dry-run', 403, 'FEED_CLOSED'],
    ['/feeds/elever/dry-run', 404, 'UNKNOWN_FEED'],
    ['/organisations/ingen-no/feeds/vigo-intake/dry-run', 404, 'UNKNOWN_ORGANISATION'],
  ])('%s answers %i %s', async (path, status, code) => {
    const answer = await app.post(path, [nonShow({ fodselsnummer: PERSON })]);
    expect(answer.status).toBe(status);
    expect((await problemOf(answer)).type).toBe(`urn:ot-bridge:${code}`);
  });

  test('takes no empty list', async () => {
    const answer = await app.post('/feeds/vigo-intake/dry-run', []);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:EMPTY_LIST');
  });

  test('has a limit of its own on rows', async () => {
    const answer = await app.post('/feeds/vigo-intake/dry-run', `[${'{},'.repeat(10_000)}{}]`);
    expect(answer.status).toBe(413);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:TOO_MANY_ROWS');
  });

  test('judges at the moment it is asked', async () => {
    const row = dropout({ avbruddsarsak: 'FV', fodselsdato: '2009-03-14' });
    const [first] = (await tryOut('school-dropout', row)).results;
    const alert = first.effects.find(({ kind }: { kind: string | null }) => kind === 'NY_TILMELDING');
    expect(alert.deadlines).toContainEqual({ what: 'KONTAKT', date: '2026-10-14' });
    expect(AT.slice(0, 10)).toBe('2026-10-07');
  });
});
