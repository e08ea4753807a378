import { describe, expect, it } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { Fodselsnummer } from '../../../src/core/person/fodselsnummer.ts';
import { type PersonRef, personOfNumber } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { stockAsOf } from '../../../src/core/report/stock.ts';
import { unpackedRecord } from '../../../src/store/form/packedRecord.ts';
import { createVault } from '../../../src/store/vault.ts';
import { createTestPipeline, type TestPipeline } from '../../harness/memoryPipeline.ts';
import { left, status, story } from '../../harness/story.ts';

// What a person is (§2.5): numbers change, twins are two, and a name never identifies a person. Through the whole
// pipeline.

interface Person {
  fodselsnummer: string;
  fodselsdato?: string;
  navn?: string;
}

const P01 = { fodselsnummer: '14830989960', fodselsdato: '2009-03-14' };
const P03A = { fodselsnummer: '21860876016', fodselsdato: '2008-06-21', navn: 'Mild Multe' };
const P03B = { fodselsnummer: '21860875818', fodselsdato: '2008-06-21', navn: 'Milde Multe' };
const P06 = { fodselsnummer: '45850864989', fodselsdato: '2008-05-05' };
const P06F = { ...P06, fodselsnummer: '05850863778' };
const P06R = { fodselsnummer: '55810862636', fodselsdato: '2008-03-02' };
const P07 = { fodselsnummer: '50900999111', fodselsdato: '2009-10-10' };
const P07F = { ...P07, fodselsnummer: '10900969967' };

const AT = '2026-10-07T07:12:00.000Z';
const vault = createVault(Buffer.alloc(32, 7));

const nonShow = (person: Person, id: string, more = {}) => ({
  id,
  type: 'ikkemott',
  ...person,
  skolear: '2026-27',
  dato: '2026-08-17',
  skolenummer: '11014',
  ...more,
});
const dropout = (person: Person, id: string, more = {}) => ({
  id,
  type: 'avbrudd',
  ...person,
  skolenummer: '40014',
  avbruddsdato: '2026-10-06',
  avbruddsarsak: 'FV',
  ...more,
});
const start = (person: Person, id: string, more = {}) => ({
  id,
  type: 'oppstart',
  ...person,
  skolenummer: '40014',
  startdato: '2026-08-17',
  ...more,
});
const change = (now: Person, was: Person, id = 'n-1', more = {}) => ({
  id,
  type: 'nummerendring',
  fodselsnummer: now.fodselsnummer,
  tidligereNummer: was.fodselsnummer,
  dato: '2026-10-05',
  ...more,
});

async function refOf({ store, org }: TestPipeline, { fodselsnummer }: Person): Promise<PersonRef> {
  const number = await store.refOf(vault.hmac(new Fodselsnummer(fodselsnummer)));
  if (number === undefined) throw new Error('an unknown number');
  const ref = personOfNumber(number);
  return (await store.youth(org, ref))?.ref ?? ref;
}

async function youthOf(pipeline: TestPipeline, person: Person) {
  const loaded = await pipeline.store.youth(pipeline.org, await refOf(pipeline, person));
  if (!loaded) throw new Error('no youth');
  return loaded.youth;
}

async function casesOf(pipeline: TestPipeline, person: Person): Promise<string[]> {
  const { registrations } = await youthOf(pipeline, person);
  return registrations.map(({ tilmeldingskode, status: now }) => `${tilmeldingskode} ${now.code}`);
}

async function openOf(pipeline: TestPipeline, person: Person): Promise<string[]> {
  return (await youthOf(pipeline, person)).alerts.map(({ kind }) => kind).sort();
}

async function registered(pipeline: TestPipeline, number: string): Promise<number> {
  const records = [];
  const cutoff = '2026-11-14T22:59:59.999Z';
  for await (const portion of pipeline.store.recordedUpto(pipeline.org, cutoff))
    records.push(...portion.map(unpackedRecord));
  const county = countyNumber(number);
  const scope = { county, schoolYear: '2026-27', cutoff, view: 'VIGO' as const, on: '2026-11-15' };
  return stockAsOf(records, { ...scope, policy: defaultPolicy(county) }).total;
}

const raised = (pipeline: TestPipeline, kind: string) =>
  pipeline.out('alert').filter((alert) => alert.kind === kind && alert.state === 'REIST').length;

async function send(
  pipeline: TestPipeline,
  steps: readonly Parameters<TestPipeline['send']>[],
): Promise<void> {
  for (const step of steps) {
    await pipeline.send(...step);
    await pipeline.settle();
  }
}

describe('I05 a fictive number becomes real', () => {
  const intake = (...records: unknown[]): Parameters<TestPipeline['send']> => [
    'vigo-intake',
    records,
    { at: AT },
  ];

  it('I05 a number that fails its check digits is registered, and its change makes no new case', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [intake(nonShow(P07, 'i-1'))]);
    const before = await youthOf(pipeline, P07);
    expect(await casesOf(pipeline, P07)).toEqual(['ANDRE_GRUNNER OTUK']);
    await send(pipeline, [intake(change(P07F, P07))]);
    expect(await refOf(pipeline, P07F)).toBe(await refOf(pipeline, P07));
    const { registrations, alerts, facts } = await youthOf(pipeline, P07F);
    expect({ registrations, alerts }).toEqual({
      registrations: before.registrations,
      alerts: before.alerts,
    });
    expect(facts.map(({ kind }) => kind)).toEqual(['NoShow', 'Renumbered']);
    expect(raised(pipeline, 'NY_TILMELDING')).toBe(1);
    expect(pipeline.out('status')).toHaveLength(1);
    expect(await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 9, after: null })).toEqual(
      [],
    );
  });

  it('I05 the old number still finds the person: a repeat has no effect, and a new record has its own', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      intake(change(P07F, P07)),
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07, 's-1')], { at: AT }],
    ]);
    expect(await casesOf(pipeline, P07F)).toEqual(['AVBRUTT OTUK']);
    expect(raised(pipeline, 'NY_TILMELDING')).toBe(1);
    await pipeline.restart();
    await send(pipeline, [intake(nonShow(P07, 'i-1'), change(P07F, P07))]);
    expect(raised(pipeline, 'NY_TILMELDING')).toBe(1);
    expect(await registered(pipeline, '11')).toBe(1);
  });

  it.each([
    ['only the new one is known', [intake(nonShow(P07F, 'i-1')), intake(change(P07F, P07))]],
    ['neither is known yet', [intake(change(P07F, P07)), intake(nonShow(P07, 'i-1'))]],
    [
      'neither is known yet, and the new one is used',
      [intake(change(P07F, P07)), intake(nonShow(P07F, 'i-1'))],
    ],
    ['all of it comes in one batch', [intake(nonShow(P07, 'i-1'), change(P07F, P07), nonShow(P07F, 'i-2'))]],
  ])('I05 both numbers are one person when %s', async (_title, steps) => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, steps);
    expect(await refOf(pipeline, P07F)).toBe(await refOf(pipeline, P07));
    expect(await casesOf(pipeline, P07)).toEqual(['ANDRE_GRUNNER OTUK']);
    expect(raised(pipeline, 'NY_TILMELDING') - withdrawn(pipeline, 'NY_TILMELDING')).toBe(1);
    expect(await registered(pipeline, '11')).toBe(1);
  });

  it('I05 two who were registered are merged: all facts on one, a review, and one less on 15 November', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07F, 's-1')], { at: '2026-10-08T07:00:00.000Z' }],
      [
        'ot-adviser',
        [{ id: 'k-1', type: 'kontakt', kilde: 'ot:11201', ...P07F, dato: '2026-10-09', via: 'UNGDOM' }],
        { at: '2026-10-09T07:00:00.000Z' },
      ],
    ]);
    const gone = await refOf(pipeline, P07F);
    const stays = await refOf(pipeline, P07);
    expect(gone).not.toBe(stays);
    expect(await registered(pipeline, '11')).toBe(2);
    const before = raised(pipeline, 'NY_TILMELDING');

    await send(pipeline, [['vigo-intake', [change(P07F, P07)], { at: '2026-10-12T07:00:00.000Z' }]]);
    expect(await refOf(pipeline, P07F)).toBe(stays);
    expect(await casesOf(pipeline, P07F)).toEqual(['AVBRUTT OTUK']);
    expect((await youthOf(pipeline, P07)).facts.map(({ kind }) => kind).sort()).toEqual([
      'Contact',
      'Left',
      'NoShow',
      'Renumbered',
    ]);
    expect(await openOf(pipeline, P07)).toContain('NUMRE_SLATT_SAMMEN');
    expect(await registered(pipeline, '11')).toBe(1);

    // What the survivor has already is not published again; under the other reference all of it is taken back.
    expect(raised(pipeline, 'NY_TILMELDING')).toBe(before);
    expect(pipeline.out('status').findLast(({ ref }) => ref === gone)).toMatchObject({
      state: 'ANNULLERT',
      rule: 'I05',
    });
    expect(pipeline.out('ot-ungdom').findLast(({ ref }) => ref === gone)).toMatchObject({
      registrations: [],
    });
    const alerts = new Map<unknown, unknown>();
    for (const alert of pipeline.out('alert')) if (alert.ref === gone) alerts.set(alert.alertId, alert.state);
    expect(new Set(alerts.values())).toEqual(new Set(['TRUKKET']));
    expect(pipeline.out('alert').find(({ kind }) => kind === 'NUMRE_SLATT_SAMMEN')).toMatchObject({
      ref: stays,
      category: 'KONTROLL',
      rule: 'I05',
    });
    const ids = [...pipeline.out('status'), ...pipeline.out('alert'), ...pipeline.out('ot-ungdom')];
    expect(new Set(ids.map(({ eventId }) => eventId)).size).toBe(ids.length);
  });

  it('I05 what is on its way under the reference that went, reaches the one that stays', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07F, 's-1')], { at: AT }],
    ]);
    const ref = await pipeline.store.refOf(vault.hmac(new Fodselsnummer(P07F.fodselsnummer)));
    await send(pipeline, [
      intake(change(P07F, P07)),
      [
        'bridge',
        [
          { id: 'f-1', type: 'forfall', ref, at: '2026-10-08T07:00:00.000Z' },
          { id: 'b-1', type: 'fravaer', ref, list: 'ot', run: 'r-1', dato: '2026-10-08' },
        ],
        { at: '2026-10-08T07:00:00.000Z' },
      ],
    ]);
    expect(pipeline.parked).toEqual([]);
    expect((await youthOf(pipeline, P07)).facts.filter(({ kind }) => kind === 'Absent')).toHaveLength(1);
  });

  it('I05 merging again, and taking over after a stop, changes nothing', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07F, 's-1')], { at: AT }],
      intake(change(P07F, P07)),
    ]);
    const before = await youthOf(pipeline, P07);
    const messages = pipeline.out('alert').length + pipeline.out('status').length;
    await pipeline.restart();
    await send(pipeline, [intake(change(P07F, P07))]);
    expect(await youthOf(pipeline, P07)).toEqual(before);
    // The population register reports the same: one more fact, and the same review.
    await send(pipeline, [['folkeregister', [change(P07F, P07, 'fr-1')], { at: AT }]]);
    expect(await casesOf(pipeline, P07)).toEqual(['AVBRUTT OTUK']);
    expect(raised(pipeline, 'NUMRE_SLATT_SAMMEN')).toBe(1);
    expect(pipeline.out('status').length + pipeline.out('alert').length - messages).toBeLessThanOrEqual(1);
  });

  it('I05 a status set after the merge is the answer to the review', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    const at = { at: '2026-10-20T07:00:00.000Z' };
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07F, 's-1')], { at: AT }],
      intake(change(P07F, P07)),
      [
        'ot-adviser',
        [
          { id: 'k-1', type: 'kontakt', kilde: 'ot:11201', ...P07F, dato: '2026-10-19', via: 'UNGDOM' },
          { id: 's-1', type: 'status', kilde: 'ot:11201', ...P07F, dato: '2026-10-20', kode: 'OTOV' },
        ],
        at,
      ],
    ]);
    expect(await openOf(pipeline, P07)).not.toContain('NUMRE_SLATT_SAMMEN');
    expect(await casesOf(pipeline, P07)).toEqual(['AVBRUTT OTOV']);
  });

  it('I05 a change that is taken back takes no two youths apart: a human looks', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      intake(change(P07F, P07)),
      intake({ id: 'a-1', type: 'annullering', fodselsnummer: P07F.fodselsnummer, annullerer: 'n-1' }),
    ]);
    expect(await refOf(pipeline, P07F)).toBe(await refOf(pipeline, P07));
    expect(await openOf(pipeline, P07)).toContain('NUMRE_SLATT_SAMMEN');
  });

  it('I05 a parked youth holds the change of its number back until it is let go', async () => {
    const pipeline = await createTestPipeline({ county: '11' });
    await send(pipeline, [
      intake(nonShow(P07, 'i-1')),
      ['school-dropout', [dropout(P07F, 's-1')], { at: AT }],
    ]);
    const ref = await refOf(pipeline, P07F);
    await pipeline.breakYouth(ref);
    await send(pipeline, [intake(change(P07F, P07))]);
    expect(await pipeline.store.parked(pipeline.org, { limit: 100, after: null })).toMatchObject([
      { ref, reason: 'decision-failed' },
    ]);
    expect(await casesOf(pipeline, P07)).toEqual(['ANDRE_GRUNNER OTUK']);
  });
});

const withdrawn = (pipeline: TestPipeline, kind: string) =>
  pipeline.out('alert').filter((alert) => alert.kind === kind && alert.state === 'TRUKKET').length;

describe('Y02 D-numbers', () => {
  const LEFT = { avbruddsdato: '2026-02-19' };

  it('Y02 age is that of the birth date field, never of the number', async () => {
    const pipeline = await createTestPipeline({ county: '03' });
    // The number says 15.01.2008: of age for five weeks. The population register says 02.03.2008.
    await send(pipeline, [
      ['school-dropout', [dropout(P06R, 's-1', LEFT)], { at: '2026-02-20T08:00:00.000Z' }],
    ]);
    expect(pipeline.out('alert')).toMatchObject([{ kind: 'NY_TILMELDING', minor: 'JA' }]);
  });

  it('Y02 without a birth date nothing is guessed: age is unknown, and a human looks', async () => {
    const pipeline = await createTestPipeline({ county: '03' });
    const { fodselsnummer } = P06R;
    await send(pipeline, [
      ['school-dropout', [dropout({ fodselsnummer }, 's-1', LEFT)], { at: '2026-02-20T08:00:00.000Z' }],
    ]);
    expect(pipeline.out('alert').find(({ kind }) => kind === 'NY_TILMELDING')).toMatchObject({
      minor: 'UKJENT',
    });
    expect(await openOf(pipeline, P06R)).toContain('ALDER_UKJENT');
    expect(await casesOf(pipeline, P06R)).toEqual(['AVBRUTT OTUK']);
  });

  it('Y02 a D-number that becomes a fødselsnummer is one person, with its consents and no new alert', async () => {
    const pipeline = await createTestPipeline({ county: '03' });
    const consent = (person: Person, side: string, tilstand = 'SAMTYKKET') => ({
      ...person,
      side,
      part: 'UNGDOM',
      tilstand,
      tidspunkt: tilstand === 'TRUKKET' ? '2026-11-20T10:00:00+01:00' : '2026-10-10T10:00:00+02:00',
      rettsgrunnlag: 'SAMTYKKE',
      kilde: 'ot:03201',
    });
    await send(pipeline, [
      ['school-dropout', [dropout(P06, 's-1')], { at: AT }],
      ['consent', [consent(P06, 'A'), consent(P06, 'B')], { at: '2026-10-10T08:00:00.000Z' }],
    ]);
    const ref = await refOf(pipeline, P06);
    const answer = { id: 'b-1', type: 'nav-svar', ref, batch: 'B-2026-11', maaned: '2026-11' };
    await send(pipeline, [
      ['bridge', [{ ...answer, registrert: 'JA', kontor: '0301' }], { at: '2026-11-03T08:00:00.000Z' }],
    ]);
    expect(await openOf(pipeline, P06)).toContain('KJENT_HOS_NAV');
    const alerts = pipeline.out('alert').length;

    await send(pipeline, [['folkeregister', [change(P06F, P06)], { at: '2026-11-10T08:00:00.000Z' }]]);
    expect(await refOf(pipeline, P06F)).toBe(ref);
    expect(await casesOf(pipeline, P06F)).toEqual(['AVBRUTT OTUK']);
    expect(await openOf(pipeline, P06F)).toContain('KJENT_HOS_NAV');
    expect(pipeline.out('alert')).toHaveLength(alerts);

    // The consents are the same ones: withdrawn under the new number, they end what they allowed under the old.
    await send(pipeline, [['consent', [consent(P06F, 'A', 'TRUKKET')], { at: '2026-11-20T09:00:00.000Z' }]]);
    expect(await openOf(pipeline, P06)).not.toContain('KJENT_HOS_NAV');
  });
});

describe('Y03 twins, and names that do not fit', () => {
  it('Y03 twins with the same birth date, school and nearly the same name are two: only one drops out', async () => {
    const pipeline = await createTestPipeline();
    await send(pipeline, [
      ['school-dropout', [start(P03A, 'o-a'), start(P03B, 'o-b')], { at: '2026-08-18T07:00:00.000Z' }],
      ['school-dropout', [dropout(P03A, 's-a')], { at: AT }],
    ]);
    expect(await casesOf(pipeline, P03A)).toEqual(['AVBRUTT OTUK']);
    expect(await casesOf(pipeline, P03B)).toEqual([]);
    expect(await openOf(pipeline, P03A)).not.toContain('NAVN_AVVIK');
  });

  it('Y03 a row with one twin’s number and the other’s name registers neither: a human looks', async () => {
    const pipeline = await createTestPipeline();
    await send(pipeline, [
      ['school-dropout', [start(P03A, 'o-a'), start(P03B, 'o-b')], { at: '2026-08-18T07:00:00.000Z' }],
      ['school-dropout', [dropout({ ...P03B, navn: P03A.navn }, 's-x')], { at: AT }],
    ]);
    expect(await casesOf(pipeline, P03A)).toEqual([]);
    expect(await casesOf(pipeline, P03B)).toEqual([]);
    expect(await openOf(pipeline, P03B)).toEqual(['NAVN_AVVIK']);
    expect(pipeline.out('alert')).toMatchObject([{ kind: 'NAVN_AVVIK', category: 'KONTROLL', rule: 'Y03' }]);
    expect(pipeline.out('status')).toEqual([]);
  });

  it('Y03 the school mends the row: under the right name it counts, and the review is withdrawn', async () => {
    const pipeline = await createTestPipeline();
    await send(pipeline, [
      ['school-dropout', [start(P03A, 'o-a'), start(P03B, 'o-b')], { at: '2026-08-18T07:00:00.000Z' }],
      ['school-dropout', [dropout({ ...P03B, navn: P03A.navn }, 's-x')], { at: AT }],
      ['school-dropout', [dropout(P03B, 's-x', { version: 2 })], { at: '2026-10-08T07:00:00.000Z' }],
    ]);
    expect(await casesOf(pipeline, P03B)).toEqual(['AVBRUTT OTUK']);
    expect(await openOf(pipeline, P03B)).not.toContain('NAVN_AVVIK');
  });

  it('Y03 a row that its school takes back needs no look, and opens nothing by being taken back', async () => {
    const pipeline = await createTestPipeline();
    const back = { id: 'a-1', type: 'annullering', ...P03B, skolenummer: '40014', annullerer: 's-x' };
    await send(pipeline, [
      ['school-dropout', [start(P03B, 'o-b')], { at: '2026-08-18T07:00:00.000Z' }],
      ['school-dropout', [dropout({ ...P03B, navn: P03A.navn }, 's-x')], { at: AT }],
      ['school-dropout', [back], { at: '2026-10-08T07:00:00.000Z' }],
    ]);
    expect(await casesOf(pipeline, P03B)).toEqual([]);
    expect(await openOf(pipeline, P03B)).toEqual([]);
    await send(pipeline, [
      [
        'bridge',
        [{ id: 'f-1', type: 'forfall', ref: await refOf(pipeline, P03B), at: '2026-10-12T07:00:00.000Z' }],
        { at: '2026-10-12T07:00:00.000Z' },
      ],
    ]);
    expect(await openOf(pipeline, P03B)).toEqual([]);
  });

  it('Y03 a NAV answer goes to the number it came with, whatever the names', async () => {
    const pipeline = await createTestPipeline();
    const consent = (person: Person, side: string) => ({
      fodselsnummer: person.fodselsnummer,
      side,
      part: 'UNGDOM',
      tilstand: 'SAMTYKKET',
      tidspunkt: '2026-10-10T10:00:00+02:00',
      rettsgrunnlag: 'SAMTYKKE',
      kilde: 'ot:40201',
    });
    await send(pipeline, [
      ['school-dropout', [dropout(P03A, 's-a'), dropout(P03B, 's-b')], { at: AT }],
      [
        'consent',
        [consent(P03A, 'A'), consent(P03A, 'B'), consent(P03B, 'A'), consent(P03B, 'B')],
        { at: '2026-10-10T08:00:00.000Z' },
      ],
    ]);
    const row = (person: Person, id: string, registrert: string) => ({
      type: 'svar',
      batchId: 'B-2026-11',
      maaned: '2026-11',
      id,
      fodselsnummer: person.fodselsnummer,
      registrert,
      ...(registrert === 'JA' && { kontor: '0801' }),
    });
    await send(pipeline, [
      [
        'nav-match',
        [
          row(P03A, 'm-1', 'NEI'),
          row(P03B, 'm-2', 'JA'),
          { type: 'manifest', batchId: 'B-2026-11', maaned: '2026-11', antall: 2 },
        ],
        { at: '2026-11-03T08:00:00.000Z' },
      ],
    ]);
    const [list] = await pipeline.store.completeLists();
    expect(list?.held.map(({ ref }) => ref).sort()).toEqual(
      [await refOf(pipeline, P03A), await refOf(pipeline, P03B)].sort(),
    );
    // A name in an answer is refused: no person is ever looked for by it.
    await send(pipeline, [
      ['nav-match', [{ ...row(P03A, 'm-3', 'JA'), navn: P03B.navn }], { at: '2026-11-03T08:00:00.000Z' }],
    ]);
    expect(
      await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 9, after: null }),
    ).toHaveLength(1);
  });

  it('Y03 no name is in a fact, a message or the quarantine’s words', async () => {
    const pipeline = await createTestPipeline();
    await send(pipeline, [
      ['school-dropout', [start(P03A, 'o-a'), dropout({ ...P03A, navn: 'Milde Multe' }, 's-x')], { at: AT }],
      ['school-dropout', [dropout({ ...P03B, navn: 'Milde Multe'.repeat(40) }, 's-y')], { at: AT }],
    ]);
    const items = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 9, after: null });
    expect(items).toHaveLength(1);
    const everything = [await youthOf(pipeline, P03A), pipeline.out('alert'), pipeline.out('status'), items];
    expect(
      JSON.stringify(everything, (_key, value) => (typeof value === 'bigint' ? null : value)),
    ).not.toMatch(/multe/i);
  });

  it('Y03 how a name is written is no difference, what it is, is', async () => {
    const spellings = ['Mild Multe', 'MILD MULTE', 'Multe, Mild', 'Mild Myr Multe', ' mild  multe '];
    for (const navn of spellings) {
      const pipeline = await createTestPipeline();
      await send(pipeline, [
        ['school-dropout', [start(P03A, 'o-a')], { at: '2026-08-18T07:00:00.000Z' }],
        ['school-dropout', [dropout({ ...P03A, navn }, 's-a')], { at: AT }],
      ]);
      expect(await casesOf(pipeline, P03A), navn).toEqual(['AVBRUTT OTUK']);
    }
  });
});

describe('Y03 whose name holds', () => {
  const dropped = left('40014', 'FV');
  const seen = { kind: 'RegisterSeen' as const, code: 'OTUK', list: 'OT-2016-07', unit: null };
  const named = (nameTag: string, more = {}) => ({ nameTag, effective: '2026-10-06', ...more });

  it('Y03 a record that came before any other name keeps what it decided; the name is looked at', () => {
    const her = story();
    her.when('2026-10-07T07:12:00Z', dropped, named('one'));
    her.when('2026-10-08T00:05:00Z', seen, named('other'));
    expect(her.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(her.open()).toContain('NAVN_AVVIK');
  });

  it('Y03 the same name in another spelling deviates from nothing, in either order, and another name still does', () => {
    for (const [first, then] of [
      ['plain folded', 'folded'],
      ['folded', 'plain folded'],
      ['plain', 'plain folded'],
    ] as const) {
      const her = story();
      her.when('2026-09-01T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named(first));
      her.when('2026-10-07T07:12:00Z', dropped, named(then));
      expect(her.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
      expect(her.open()).not.toContain('NAVN_AVVIK');
      her.when('2026-10-08T07:12:00Z', { kind: 'Referral', by: 'ANDRE' }, named('other o'));
      expect(her.open()).toContain('NAVN_AVVIK');
    }
  });

  it('Y03 a new name in the register is known from then on: people change names', () => {
    const her = story();
    her.when(
      '2026-09-01T00:05:00Z',
      { ...seen, code: 'OTOV' },
      named('one', { source: 'vigo-ot', id: 'ot:1', version: 1 }),
    );
    her.when('2026-09-02T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named('one'));
    her.when(
      '2026-09-03T00:05:00Z',
      { ...seen, code: 'OTOV' },
      named('other', { source: 'vigo-ot', id: 'ot:1', version: 2 }),
    );
    expect(her.raised('NAVN_AVVIK')).toBe(1);
    her.when('2026-10-07T07:12:00Z', dropped, named('other'));
    expect(her.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(her.raised('NAVN_AVVIK')).toBe(1);
  });

  it('Y03 an adviser’s status for the number answers, and the record counts', () => {
    const her = story();
    her.when('2026-09-01T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named('one'));
    her.when('2026-10-07T07:12:00Z', dropped, named('other'));
    expect(her.open()).toContain('NAVN_AVVIK');
    expect(her.registrations()).toEqual([]);
    her.when('2026-10-09T07:12:00Z', status('2026-27', 'OTUK'));
    expect(her.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(her.open()).not.toContain('NAVN_AVVIK');
  });

  it('Y03 a second record under the same foreign name vouches for nothing', () => {
    const her = story();
    her.when('2026-09-01T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named('one'));
    her.when('2026-10-07T07:12:00Z', dropped, named('other'));
    her.when('2026-10-08T07:12:00Z', left('40022', 'FV'), named('other'));
    expect(her.registrations()).toEqual([]);
    expect(her.raised('NAVN_AVVIK')).toBe(2);
  });

  it('Y03 a county may let such records count immediately; they are looked at all the same', () => {
    const her = story({ policy: { deviatingNames: 'TELLER' } });
    her.when('2026-09-01T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named('one'));
    her.when('2026-10-07T07:12:00Z', dropped, named('other'));
    expect(her.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(her.open()).toContain('NAVN_AVVIK');
  });

  it('Y03 P01 with no name anywhere is no deviation', () => {
    const his = story({ born: P01.fodselsdato });
    his.when('2026-09-01T07:12:00Z', { kind: 'Referral', by: 'SELV' }, named('one'));
    his.when('2026-10-07T07:12:00Z', dropped, { effective: '2026-10-06' });
    expect(his.registrations()).toEqual(['AVBRUTT OTUK 2026-27']);
    expect(his.open()).not.toContain('NAVN_AVVIK');
  });
});
