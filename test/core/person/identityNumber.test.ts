import { existsSync, readFileSync } from 'node:fs';
import { idnr } from '@navikt/fnrvalidator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdentityReading, readIdentityNumber } from '../../../src/core/person/identityNumber.ts';

const INVALID = { ok: false, code: 'INVALID_IDENTITY_NUMBER' };
const ENVIRONMENTS = ['test', 'production'] as const;

// The synthetic cast: Tenor numbers, Tenor D-numbers and one fictive VIGO number.
const CAST = `
  14830989960 02910788054 21860876016 21860875818 29820869980 31920282000 01810382070 05850863778
  10900969967 17890761240 08810860163 23840672131 11870873311 30900674437 19820775425 06860776543
  12880877605 25850578535 03830779875 09899839924 16841080738 20920483098 04907530030 22887830987
`
  .trim()
  .split(/\s+/);
const CAST_D = ['45850864989', '55810862636'];
const FICTIVE = ['50900999111', '42059199202', '55049199119', '41085899108'];

const FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const sum = (digits: string, weights: number[]) =>
  weights.reduce((all, weight, i) => all + weight * Number(digits[i]), 0);

/** Adds check digits that leave `remainder` in the first sum; undefined when there are none. */
function withCheckDigits(nine: string, remainder: number): string | undefined {
  const first = (remainder + 11 - (sum(nine, FIRST) % 11)) % 11;
  if (first === 10) return undefined;
  const second = (11 - (sum(nine + first, SECOND) % 11)) % 11;
  return second === 10 ? undefined : `${nine}${first}${second}`;
}

const two = (value: number) => String(value).padStart(2, '0');
const written = fc
  .record({
    day: fc.integer({ min: 0, max: 32 }),
    month: fc.integer({ min: 0, max: 13 }),
    year: fc.integer({ min: 0, max: 99 }),
    individual: fc.oneof(
      { weight: 4, arbitrary: fc.nat(999) },
      { weight: 1, arbitrary: fc.integer({ min: 970, max: 999 }) },
    ),
    dayShift: fc.constantFrom(0, 40),
    monthShift: fc.constantFrom(0, 20, 40, 60, 80),
    remainder: fc.integer({ min: 0, max: 4 }),
    spoilt: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ at: fc.integer({ min: 0, max: 10 }), digit: fc.nat(9) }) },
    ),
  })
  .map(({ day, month, year, individual, dayShift, monthShift, remainder, spoilt }) => {
    const nine =
      two(day + dayShift) + two(month + monthShift) + two(year) + String(individual).padStart(3, '0');
    const number = withCheckDigits(nine, remainder) ?? `${nine}00`;
    if (spoilt === null) return number;
    return number.slice(0, spoilt.at) + spoilt.digit + number.slice(spoilt.at + 1);
  });
const elevenDigits = fc
  .bigInt({ min: 0n, max: 99999999999n })
  .map((value) => String(value).padStart(11, '0'));

const KINDS = {
  fnr: ['fodselsnummer', 'production'],
  dnr: ['d-nummer', 'production'],
  hnr: ['h-nummer', 'test'],
  tnr: ['tenor', 'test'],
  'dnr-and-hnr': ['d-h-nummer', 'test'],
  'dnr-and-tnr': ['d-tenor', 'test'],
} as const;

/** What the published validator says, put in our terms. */
function oracle(number: string, environment: 'test' | 'production'): object {
  const verdict = idnr(number);
  if (verdict.status === 'invalid') return INVALID;
  const [kind, home] = KINDS[verdict.type];
  if (environment === home) return { ok: true, number, kind };
  return { ok: false, code: home === 'test' ? 'SYNTHETIC_IN_PRODUCTION' : 'REAL_IN_TEST' };
}

function essence(reading: IdentityReading): object {
  return reading.ok ? reading : { ok: reading.ok, code: reading.code };
}

describe('identity numbers', () => {
  it('agree with the published validator on 20 000 numbers, save the fictive ones', () => {
    const seen = new Map<string, number>();
    const sameVerdict = (number: string) => {
      for (const environment of ENVIRONMENTS) {
        const reading = readIdentityNumber(number, environment);
        const kind = reading.ok ? reading.kind : reading.code;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
        if (reading.ok && reading.kind === 'fiktivt') {
          expect(number).toMatch(/^[4-7]\d{5}9[789]\d{3}$/);
          expect(idnr(number)).toEqual({ status: 'invalid', reasons: ["checksums don't match"] });
        } else {
          expect(essence(reading)).toEqual(oracle(number, environment));
        }
      }
    };
    fc.assert(fc.property(written, sameVerdict), { numRuns: 15_000 });
    fc.assert(fc.property(elevenDigits, sameVerdict), { numRuns: 5_000 });
    // Without each of them in numbers, the agreement would say little.
    expect([...seen.keys()].sort()).toEqual([
      'INVALID_IDENTITY_NUMBER',
      'REAL_IN_TEST',
      'SYNTHETIC_IN_PRODUCTION',
      'd-h-nummer',
      'd-nummer',
      'd-tenor',
      'fiktivt',
      'fodselsnummer',
      'h-nummer',
      'tenor',
    ]);
    expect(Math.min(...seen.values())).toBeGreaterThan(100);
  });

  it('the synthetic cast is accepted in test and refused in production', () => {
    for (const [numbers, kind] of [
      [CAST, 'tenor'],
      [CAST_D, 'd-tenor'],
    ] as const) {
      for (const number of numbers) {
        expect(readIdentityNumber(number, 'test')).toEqual({ ok: true, number, kind });
        expect(readIdentityNumber(number, 'production')).toMatchObject({
          ok: false,
          code: 'SYNTHETIC_IN_PRODUCTION',
        });
      }
    }
  });

  it('a fictive VIGO number is accepted everywhere although its check digits fail', () => {
    for (const number of FICTIVE) {
      for (const environment of ENVIRONMENTS) {
        expect(readIdentityNumber(number, environment)).toEqual({ ok: true, number, kind: 'fiktivt' });
      }
    }
  });

  it('a number with failing check digits is fictive only with day + 40 and 97, 98 or 99 after the date', () => {
    for (const number of ['10900999111', '50900996111', '50900990111', '72900999111', '50930999111']) {
      expect(readIdentityNumber(number, 'test')).toMatchObject(INVALID);
    }
    for (const number of ['50900998111', '50900997112']) {
      expect(readIdentityNumber(number, 'test')).toMatchObject({ ok: true, kind: 'fiktivt' });
    }
  });

  it('the rule of 2032 lets the first sum leave 0 to 3, and the second nothing', () => {
    for (const remainder of [0, 1, 2, 3, 4, 5]) {
      const number = ['148309899', '148309898', '148309897']
        .map((nine) => withCheckDigits(nine, remainder))
        .find((found) => found !== undefined);
      expect(number).toBeDefined();
      expect(readIdentityNumber(number ?? '', 'test').ok).toBe(remainder <= 3);
    }
  });

  it('a real-looking number is refused in test, and accepted in production', () => {
    // Built at run time: a number that could be a person's is written in no file.
    const nines = ['001', '002', '003', '004'].map((individual) => `140309${individual}`);
    const number = nines.map((nine) => withCheckDigits(nine, 0)).find((found) => found !== undefined) ?? '';
    expect(readIdentityNumber(number, 'test')).toMatchObject({ ok: false, code: 'REAL_IN_TEST' });
    expect(readIdentityNumber(number, 'production')).toEqual({ ok: true, number, kind: 'fodselsnummer' });
  });

  it('the date must exist: 31 February never, 29 February in leap years of any century', () => {
    const exists = (six: string) =>
      ['001', '002', '003', '004']
        .map((individual) => withCheckDigits(six + individual, 0))
        .some((number) => number !== undefined && readIdentityNumber(number, 'test').ok);
    expect(['298208', '298200', '308408', '318108'].map(exists)).toEqual([true, true, true, true]);
    expect(['318208', '308208', '298209', '318408', '008108', '018008', '019308'].map(exists)).toEqual(
      new Array(7).fill(false),
    );
  });

  it('space or hyphen after the sixth digit, and space around, are removed', () => {
    const number = CAST[0] ?? '';
    const [head, tail] = [number.slice(0, 6), number.slice(6)];
    for (const text of [
      `${head} ${tail}`,
      `${head}-${tail}`,
      `${head} - ${tail}`,
      `  ${number} `,
      `${head}\u00a0${tail}`,
    ]) {
      expect(readIdentityNumber(text, 'test')).toEqual({ ok: true, number, kind: 'tenor' });
    }
    for (const text of [
      `${head}.${tail}`,
      `${head}0${tail}`,
      `${head.slice(0, 5)} ${number.slice(5)}`,
      `${number}\u0000`,
    ]) {
      expect(readIdentityNumber(text, 'test')).toMatchObject(INVALID);
    }
  });

  it('ten digits: the cure says that a spreadsheet may have dropped the first zero', () => {
    const reading = readIdentityNumber('2910788054', 'test');
    expect(reading).toMatchObject(INVALID);
    expect(reading.ok ? '' : reading.cure).toMatch(/regneark.*nullen/);
  });

  it('an NPID is refused by name', () => {
    for (const number of ['01210800000', '01720800000']) {
      const reading = readIdentityNumber(number, 'production');
      expect(reading).toMatchObject({ ...INVALID, text: expect.stringContaining('NPID') });
    }
  });

  it('what is not a number at all is refused, however long', () => {
    for (const text of [
      '',
      ' ',
      'abc',
      '1234567890a',
      '１４８３０９８９９６０',
      '1'.repeat(1_000_000),
      '-'.repeat(12),
    ]) {
      expect(readIdentityNumber(text, 'test')).toMatchObject(INVALID);
    }
  });

  it('no refusal holds a digit of the value', () => {
    fc.assert(
      fc.property(fc.oneof(written, elevenDigits, fc.string()), (text) => {
        for (const environment of ENVIRONMENTS) {
          const reading = readIdentityNumber(text, environment);
          if (!reading.ok) expect(`${reading.text} ${reading.cure}`).not.toMatch(/\d/);
        }
      }),
    );
  });

  it('published samples with wrong check digits are refused', () => {
    for (const number of ['12345678901', '12345678942', '12345678910', '16117548867']) {
      for (const environment of ENVIRONMENTS)
        expect(readIdentityNumber(number, environment)).toMatchObject(INVALID);
    }
  });
});

const VECTORS = new URL('../../../../shared/reference/navikt/vectors.json', import.meta.url);
const FINT = new URL('../../../../shared/domain/data/fint-codes.json', import.meta.url);

describe.skipIf(!existsSync(VECTORS))('published vectors', () => {
  const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'));

  it("Skatteetaten's examples for 2032 are accepted", () => {
    for (const number of read(VECTORS).idnr2032.valid) {
      expect(readIdentityNumber(number, 'production')).toEqual({ ok: true, number, kind: 'fodselsnummer' });
    }
  });

  it('samples that fail the check digits are refused', () => {
    for (const number of read(VECTORS).publishedSamplesThatFailMod11.cases) {
      expect(readIdentityNumber(number, 'production')).toMatchObject(INVALID);
    }
  });

  it('the check digits agree with the computed vectors', () => {
    for (const { fnr, mod11_2032: valid, kind } of read(FINT).fnr_vectors) {
      const reading = readIdentityNumber(fnr, 'production');
      expect(reading.ok).toBe(valid || kind.startsWith('VIGO fictive'));
      if (reading.ok) expect(reading.kind === 'fiktivt').toBe(!valid);
    }
  });
});
