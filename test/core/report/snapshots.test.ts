import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { cutoffOf } from '../../../src/core/report/report.ts';
import { stockAsOf } from '../../../src/core/report/stock.ts';
import { contact, left, status } from '../../harness/story.ts';
import { listOf, registerOf, rowsOf, shown } from '../../harness/storyReports.ts';

const policy = defaultPolicy(countyNumber('40'));
const scope = (on: string) => ({
  county: countyNumber('40'),
  schoolYear: '2026-27',
  view: 'UDIR' as const,
  on,
  cutoff: cutoffOf(on, policy),
  policy,
});

describe('S09 a late registration after the report', () => {
  const register = registerOf();
  register.youth('early').when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-05' });
  const november = stockAsOf(register.records(), scope('2026-11-15'));
  register.youth('late').when('2026-11-20T09:00:00Z', left('40014', 'FV'), { effective: '2026-11-02' });

  test('the November report is the same when it is built again, and the youth is in February’s', () => {
    expect(stockAsOf(register.records(), scope('2026-11-15'))).toEqual(november);
    expect(november.total).toBe(1);
    expect(stockAsOf(register.records(), scope('2027-02-15')).total).toBe(2);
  });

  test('the list of late arrivals has it with 18 days', async () => {
    const sheet = await shown({ 40: register.records() }, { name: 'late-arrivals', on: '2026-11-15' });
    expect(listOf(sheet, 'liste')).toEqual([
      {
        ungdom: 'late',
        hva: 'Ny tilmelding',
        gjelderFra: '2026-11-02',
        mottatt: '2026-11-20',
        dager: 18,
      },
    ]);
    expect(rowsOf(sheet, 'etterslep').Alle).toMatchObject({ antall: 1, p50: 18, p95: 18 });
  });

  test('others than OT see that something came late, and never about whom', async () => {
    const sheet = await shown(
      { 40: register.records() },
      { name: 'late-arrivals', on: '2026-11-15', audience: 'ekstern' },
    );
    expect(sheet.tables.map(({ name }) => name)).toEqual(['etterslep']);
    expect(sheet.tables[0]?.rows.flatMap(({ hidden }) => hidden)).toContain('p50');
    expect(JSON.stringify(sheet)).not.toContain('"late"');
  });

  test('a status, an annulment and a corrected date that come late are reported as such, what holds later is not', async () => {
    const more = registerOf();
    const one = more.youth('one');
    one.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-05', id: 'a' });
    one.when('2026-11-10T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-01', id: 'a', version: 2 });
    one.when('2026-11-11T08:00:00Z', contact, { effective: '2026-11-04' });
    one.when('2026-11-11T09:00:00Z', status('2026-27', 'OTOV'), { effective: '2026-11-05' });
    one.when('2026-11-12T09:00:00Z', status('2026-27', 'OTNO'), { effective: '2026-11-12' });
    const other = more.youth('other');
    other.when('2026-10-07T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-05', id: 'b' });
    other.when('2026-11-11T08:00:00Z', { kind: 'Annulled', annuls: 'b' }, { source: 'skole:40014' });
    const sheet = await shown({ 40: more.records() }, { name: 'late-arrivals', on: '2026-11-15' });
    expect(listOf(sheet, 'liste').map(({ ungdom, hva, dager }) => [ungdom, hva, dager])).toEqual([
      ['one', 'Rettet dato', 40],
      ['one', 'Ny status', 6],
      ['other', 'Annullert', 37],
    ]);
  });
});

describe('U02 who is counted', () => {
  const register = registerOf('38');
  const year = { name: 'reconciliation', county: '40', on: '2021-06-15' } as const;
  const provenance = { effective: '2020-10-05' };
  register.youth('p18', { born: '1998-09-09' }).when('2020-10-07T08:00:00Z', left('38014', 'FV'), provenance);
  register.youth('in', { born: '2000-12-31' }).when('2020-10-07T08:00:00Z', left('38014', 'FV'), provenance);
  register.youth('unknown', { born: null }).when('2020-10-07T08:00:00Z', left('38014', 'FV'), provenance);

  test('a youth above the limit is registered, and not in Udir’s figures', async () => {
    const sheet = await shown({ 40: register.records() }, year);
    expect(rowsOf(sheet, 'avstemming')['Alle registrerte (VIGO)']?.tilmeldt).toBe(3);
    expect(rowsOf(sheet, 'avstemming')['I Udirs tall']?.tilmeldt).toBe(2);
    expect(listOf(sheet, 'utelatt')).toEqual([
      { ungdom: 'p18', grunn: 'Over aldersgrensen', malgruppe: 'ja' },
    ]);
  });

  test('a report on 2021 says county 38, also when the organisation is 40 today', async () => {
    expect(await shown({ 40: register.records() }, year)).toMatchObject({
      county: '38',
      countyName: 'Vestfold og Telemark',
    });
  });

  test('in 2026 the same question is judged by 24', async () => {
    const now = registerOf();
    for (const [ref, born] of [
      ['24', '2002-01-01'],
      ['25', '2001-12-31'],
    ] as const)
      now.youth(ref, { born }).when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    const sheet = await shown({ 40: now.records() }, { name: 'reconciliation', on: '2026-11-15' });
    expect(listOf(sheet, 'utelatt').map(({ ungdom }) => ungdom)).toEqual(['25']);
    expect(sheet.follows.join(' ')).toContain('24 år');
  });

  test('the report counts those of unknown age and says how many they are', () => {
    const { policy: _, ...rest } = scope('2021-06-15');
    const stock = stockAsOf(register.records(), {
      ...rest,
      county: countyNumber('38'),
      schoolYear: '2020-21',
      policy: defaultPolicy(countyNumber('38')),
    });
    expect(stock).toMatchObject({ total: 2, ageUnknown: 1, excluded: { OVER_ALDERSGRENSEN: 1 } });
    const left = Object.values(stock.excluded).reduce((sum, count) => sum + count, 0);
    expect(stock.total + left).toBe(3);
  });
});

describe('one person under two numbers', () => {
  const twice = () => {
    const register = registerOf();
    const provenance = { effective: '2026-10-05', nameTag: 'tag-a' };
    const real = register.youth('real', { born: '2007-05-05' });
    real.when('2026-10-07T08:00:00Z', left('40014', 'FV'), provenance);
    real.when('2026-10-08T08:00:00Z', contact);
    real.when('2026-10-09T08:00:00Z', status('2026-27', 'OTOV'));
    const fictive = register.youth('fictive', { born: '2007-05-05' });
    fictive.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { ...provenance, id: 'x' });
    return register;
  };

  test('counts once, as the one OT has worked with', () => {
    expect(stockAsOf(twice().records(), scope('2026-11-15'))).toMatchObject({
      total: 1,
      codes: { OTOV: 1 },
      everHad: { OTOV: 1, OTUK: 1 },
      excluded: { DOBBELT: 1 },
    });
  });

  test('counts twice where the county counts numbers', () => {
    const counted = { ...scope('2026-11-15'), policy: { ...policy, countedOnceBy: 'NUMBER' as const } };
    expect(stockAsOf(twice().records(), counted).total).toBe(2);
  });

  test('twins have one birth date and two names, and count as two (Y03)', () => {
    const register = registerOf();
    for (const nameTag of ['tag-a', 'tag-b'])
      register
        .youth(nameTag, { born: '2008-06-21' })
        .when('2026-10-07T08:00:00Z', left('40014', 'FV'), { nameTag });
    expect(stockAsOf(register.records(), scope('2026-11-15')).total).toBe(2);
  });

  test('a name that has a spelling in common with another is another all the same, where no number joins them', () => {
    const register = registerOf();
    for (const nameTag of ['moller folded', 'mueller folded', 'folded'])
      register
        .youth(nameTag, { born: '2008-06-21' })
        .when('2026-10-07T08:00:00Z', left('40014', 'FV'), { nameTag });
    expect(stockAsOf(register.records(), scope('2026-11-15')).total).toBe(3);
  });

  test('after the numbers are merged the flow is that of one person, and the report before it is unchanged', () => {
    const register = registerOf();
    const old = register.youth('old');
    old.when('2026-10-07T08:00:00Z', left('40014', 'FV'));
    old.when('2026-10-08T08:00:00Z', contact);
    old.when('2026-10-09T08:00:00Z', status('2026-27', 'OTOV'));
    const kept = register.youth('kept');
    kept.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { id: 'x' });
    const november = stockAsOf(register.records(), scope('2026-11-15'));
    register.records().push({
      ref: personRef('old'),
      version: 4,
      recorded: '2026-12-01T08:00:00.000Z',
      events: [
        { type: 'TilmeldingAnnulled', schoolYear: '2026-27', county: countyNumber('40'), rule: 'I05' },
        { type: 'MergedInto', survivor: personRef('kept'), rule: 'I05' },
      ],
    });
    expect(stockAsOf(register.records(), scope('2026-11-15'))).toEqual(november);
    expect(november.total).toBe(2);
    expect(stockAsOf(register.records(), scope('2027-02-15'))).toMatchObject({
      total: 1,
      everHad: { OTUK: 1, OTOV: 1 },
    });
  });

  test('the order in which records are read never matters', () => {
    const records = twice().records();
    const expected = stockAsOf(records, scope('2026-11-15'));
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(stockAsOf(shuffled, scope('2026-11-15'))).toEqual(expected);
      }),
    );
  });
});
