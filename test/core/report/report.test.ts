import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { canonicalJson } from '../../../src/core/report/canonical.ts';
import type { RecordedEvents } from '../../../src/core/report/register.ts';
import { cutoffOf, referenceDates, reportedSchoolYear } from '../../../src/core/report/report.ts';
import { stockAsOf } from '../../../src/core/report/stock.ts';
import type { Tilmeldingskode } from '../../../src/core/youth/statusEvent.ts';
import type { OtStatus, YouthEvent } from '../../../src/core/youth/youthEvent.ts';

const KEY = { schoolYear: '2020-21', county: countyNumber('38') };
const SCOPE = {
  ...KEY,
  cutoff: '2020-11-08T22:59:59.999Z',
  view: 'UDIR' as const,
  on: '2020-11-15',
  policy: defaultPolicy(countyNumber('38')),
};

describe('cut-off of a reference date', () => {
  test('the report is run a week before, and the whole of that day in Oslo counts', () => {
    const policy = defaultPolicy(countyNumber('38'));
    expect(cutoffOf('2020-11-15', policy)).toBe('2020-11-08T22:59:59.999Z');
    expect(cutoffOf('2021-02-15', policy)).toBe('2021-02-08T22:59:59.999Z');
    expect(cutoffOf('2021-06-15', policy), 'summer time').toBe('2021-06-08T21:59:59.999Z');
  });

  test('a county may run its report on another day', () => {
    expect(cutoffOf('2020-11-15', { reportDaysBefore: 0 })).toBe('2020-11-15T22:59:59.999Z');
  });

  test('a school year is reported on three dates, each of that year', () => {
    expect(referenceDates('2020-21')).toEqual(['2020-11-15', '2021-02-15', '2021-06-15']);
    for (const date of referenceDates('2020-21')) expect(reportedSchoolYear(date)).toBe('2020-21');
  });
});

describe('stock at a cut-off', () => {
  test('a registration counts once in each table', () => {
    expect(stockAsOf([registered('a', 1), registered('b', 1), status('b', 2, OTOV)], SCOPE)).toEqual({
      list: 'OT-2016-07',
      tilmelding: { IKKE_SOKT: 2, TAKKET_NEI: 0, AVBRUTT: 0, ANDRE_GRUNNER: 0 },
      tilmeldingUnknown: 0,
      groups: { '1': 1, '2': 1 },
      codes: { OTUK: 1, OTOV: 1 },
      targetGroup: 2,
      outside: 0,
      total: 2,
      everHad: { OTUK: 2, OTOV: 1 },
      excluded: { OVER_ALDERSGRENSEN: 0, ANNET_FYLKE: 0, DOBBELT: 0 },
      ageUnknown: 2,
    });
  });

  test('what is recorded after the cut-off does not count, what is recorded at it does', () => {
    const late = { ...status('a', 2, OTOV), recorded: '2020-11-08T23:00:00.000Z' };
    const last = { ...status('a', 2, OTOV), recorded: SCOPE.cutoff };
    expect(stockAsOf([registered('a', 1), late], SCOPE).codes).toEqual({ OTUK: 1 });
    expect(stockAsOf([registered('a', 1), last], SCOPE).codes).toEqual({ OTOV: 1 });
  });

  test('other school years and other counties are kept apart from it', () => {
    const next = registered('a', 2, { schoolYear: '2021-22', county: countyNumber('38') });
    const elsewhere = registered('b', 1, { schoolYear: '2020-21', county: countyNumber('30') });
    expect(stockAsOf([registered('a', 1), next, elsewhere], SCOPE).total).toBe(1);
  });

  test('a re-coded registration moves, an annulled one leaves, one that is opened again is back', () => {
    const recoded = changed('a', 2, 'ANDRE_GRUNNER');
    expect(stockAsOf([registered('a', 1), recoded], SCOPE).tilmelding).toMatchObject({
      IKKE_SOKT: 0,
      ANDRE_GRUNNER: 1,
    });
    const annulled = record('a', 2, [{ type: 'TilmeldingAnnulled', ...KEY, rule: 'R01' }]);
    expect(stockAsOf([registered('a', 1), annulled], SCOPE)).toMatchObject({
      total: 0,
      codes: {},
      groups: {},
    });
    expect(stockAsOf([registered('a', 1), annulled, registered('a', 3)], SCOPE).total).toBe(1);
  });

  test('a youth that had OTOV counts in the flow, whatever it has now', () => {
    const stock = stockAsOf([registered('a', 1), status('a', 2, OTOV), status('a', 3, OTAR_IM)], SCOPE);
    expect(stock.codes).toEqual({ OTAR_IM: 1 });
    expect(stock).toMatchObject({ targetGroup: 0, outside: 1, everHad: { OTUK: 1, OTOV: 1, OTAR_IM: 1 } });
  });

  test('the order in which records are read never matters', () => {
    const records = [
      registered('a', 1),
      changed('a', 2, 'TAKKET_NEI'),
      status('a', 3, OTOV),
      status('a', 4, OTAR_IM),
      registered('b', 1),
      record('b', 2, [{ type: 'TilmeldingAnnulled', ...KEY, rule: 'R01' }]),
      registered('c', 1),
      record('c', 2, [{ type: 'TilmeldingAnnulled', ...KEY, rule: 'R01' }]),
      registered('c', 3),
      status('c', 4, OTOV),
    ];
    const expected = stockAsOf(records, SCOPE);
    expect(expected.total).toBe(2);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(stockAsOf(shuffled, SCOPE)).toEqual(expected);
      }),
    );
  });

  test('a registration without a status is an error, not a table that does not add up', () => {
    const bare = record('a', 1, registered('a', 1).events.slice(0, 1));
    expect(() => stockAsOf([bare], SCOPE)).toThrow('cross-foot');
  });

  test('U04 when the list changes in the year, a code with one successor is counted as it', () => {
    const old = { ...OTOV, code: 'OTIK', list: 'OT-2011-01', group: 2 };
    expect(stockAsOf([registered('a', 1), registered('b', 1), status('b', 2, old)], SCOPE)).toMatchObject({
      list: 'OT-2016-07',
      codes: { OTUK: 1, OTIF: 1 },
      groups: { '1': 1, '4': 1 },
    });
  });

  test.each([
    ['OTHL', 'two successors'],
    ['OTFA', 'another side of the target group'],
  ])('groups of two code lists are never summed: %s has %s', (code) => {
    const old = { ...OTOV, code, list: 'OT-2011-01' };
    expect(() => stockAsOf([registered('a', 1), registered('b', 1), status('b', 2, old)], SCOPE)).toThrow(
      'OT-2011-01',
    );
  });

  test('a registration without a known tilmeldingskode is counted as such', () => {
    const unknown = changed('a', 2, null);
    expect(stockAsOf([registered('a', 1), unknown], SCOPE)).toMatchObject({ total: 1, tilmeldingUnknown: 1 });
  });
});

describe('canonical bytes', () => {
  test('the order in which an object was built does not show', () => {
    const one = { b: 1, a: { d: [{ y: 1, x: 2 }], c: 'ø' } };
    const other = { a: { c: 'ø', d: [{ x: 2, y: 1 }] }, b: 1 };
    expect(canonicalJson(one)).toEqual(canonicalJson(other));
    expect(new TextDecoder().decode(canonicalJson({ b: null, a: 1 }))).toBe('{\n  "a": 1,\n  "b": null\n}\n');
  });

  test('nothing is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = new TextDecoder().decode(canonicalJson(value));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

const OTUK: OtStatus = {
  code: 'OTUK',
  list: 'OT-2016-07',
  group: 1,
  targetGroup: true,
  viaOt: 'UKJENT',
  effective: '2020-09-01',
  setBy: 'RULE',
  rule: 'R01',
};
const OTOV: OtStatus = { ...OTUK, code: 'OTOV', group: 2, setBy: 'ADVISER', rule: 'R06' };
const OTAR_IM: OtStatus = { ...OTOV, code: 'OTAR_IM', group: 5, targetGroup: false, viaOt: 'NEI' };

function record(ref: string, version: number, events: YouthEvent[]): RecordedEvents {
  return { ref: personRef(ref), version, recorded: `2020-09-0${version}T10:00:00.000Z`, events };
}

function registered(ref: string, version: number, key = KEY): RecordedEvents {
  const common = { ...key, tilmeldingskode: 'IKKE_SOKT' as const, owner: '38200' };
  return record(ref, version, [
    { type: 'TilmeldingOpened', ...common, effective: '2020-09-01', rule: 'R01' },
    { type: 'StatusSet', ...common, status: OTUK },
  ]);
}

function changed(ref: string, version: number, tilmeldingskode: Tilmeldingskode | null): RecordedEvents {
  return record(ref, version, [
    {
      type: 'TilmeldingChanged',
      ...KEY,
      tilmeldingskode,
      effective: '2020-09-01',
      owner: '38200',
      rule: 'R01',
    },
  ]);
}

function status(ref: string, version: number, value: OtStatus): RecordedEvents {
  const common = {
    ...KEY,
    tilmeldingskode: version > 2 && ref === 'a' ? ('TAKKET_NEI' as const) : ('IKKE_SOKT' as const),
  };
  return record(ref, version, [{ type: 'StatusSet', ...common, owner: '38200', status: value }]);
}
