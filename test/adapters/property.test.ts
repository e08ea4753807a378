import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import { isRecord } from '../../adapters/reading/recordFields.ts';
import { follows } from '../../src/core/derive/county/restructuring.ts';
import type { AdapterContext, ListEnvelope, Verdict } from '../../src/core/feedAdapter.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { PROBLEM_CODES } from '../../src/core/problem.ts';
import { runs } from '../harness/propertyRuns.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';
import { fixturesOf } from './fixtures.ts';

const RECEIVED = '2026-10-07T07:12:30.000Z';
const context: fc.Arbitrary<AdapterContext> = fc.record({
  county: fc.constantFrom(countyNumber('40'), countyNumber('03')),
  environment: fc.constantFrom('test', 'production'),
  activations: fc.constant({}),
  pseudonym: fc.constant(pseudonym),
  nameTag: fc.constant(nameTag),
  askedRef: fc.constant(askedRef),
});
const envelope: fc.Arbitrary<ListEnvelope | null> = fc.option(
  fc.record({
    list: fc.constantFrom('laktiv', 'ot', 'nav'),
    run: fc.constant('r-1'),
    type: fc.constantFrom('FULL', 'DELTA'),
    total: fc.constant(1),
  }),
);

/** What neighbours write where they have no date. */
const SENTINELS = ['9999-12-31', '31.12.9999', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '00.00.0000'];

// Text as senders mistype it: digits, dates, codes, long runs, odd characters.
const spoiled = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^\d{0,14}$/),
  fc.constantFrom(
    '',
    '\u0000',
    '14830989960',
    '148309 89960',
    '2026-02-30',
    ...SENTINELS,
    '__proto__',
    'OTXX',
    'x'.repeat(500),
  ),
  fc.jsonValue(),
);

/** A good record with some fields spoiled, dropped or added: reaches what pure noise never does. */
function mutated(values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...values), fc.dictionary(fc.string(), spoiled), fc.array(fc.nat(12)), spoiled)
    .map(([value, extra, spoil, noise]) => {
      if (typeof value !== 'object' || value === null) return noise;
      const names = Object.keys(value);
      const changes = spoil.flatMap((index) => (names[index] === undefined ? [] : [[names[index], noise]]));
      return { ...value, ...Object.fromEntries(changes), ...extra };
    });
}

/** In some record of some feed a date that may be absent. */
const OPTIONAL_DATES = ['fodselsdato', 'meldt', 'motedato', 'til', 'sluttdato', 'slutt', 'gyldigTil'];

/** The content of a record without its name: without an id a record is named by its content, spelling and all. */
function eventIn(verdict: Verdict): object | null {
  return 'event' in verdict ? { ...verdict.event, id: '' } : null;
}

function longDigitRuns(value: unknown): string[] {
  return JSON.stringify(value)?.match(/\d{6,}/g) ?? [];
}

function expectExplained(verdict: Verdict, value: unknown): void {
  if (verdict.kind !== 'malformed') return;
  expect(verdict.problems.length).toBeGreaterThan(0);
  expect(verdict.problems.length).toBeLessThan(60);
  const fields = verdict.problems.map((problem) => `${problem.field} ${problem.code}`);
  expect(new Set(fields).size).toBe(fields.length);
  for (const problem of verdict.problems) {
    expect(PROBLEM_CODES).toContain(problem.code);
    expect(problem.text.length).toBeGreaterThan(10);
    expect(problem.cure.length).toBeGreaterThan(10);
  }
  const shown = JSON.stringify(verdict.problems);
  for (const run of longDigitRuns(value)) expect(shown).not.toContain(run);
}

describe.each(ADAPTERS.map((adapter) => [adapter.feed, adapter] as const))('%s', (feed, adapter) => {
  const good = [...fixturesOf(feed).values()].map((fixture) => fixture.value);

  test('judges any JSON without throwing, with a text and a cure, and shows no long number of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated(good)), context, envelope, (value, where, list) => {
        expectExplained(adapter.read({ value, received: RECEIVED, envelope: list }, where), value);
      }),
      runs(600),
    );
  });

  test('never gives a fact with an empty date, source, id or place', () => {
    fc.assert(
      fc.property(mutated(good), context, envelope, (value, where, list) => {
        const verdict = adapter.read({ value, received: RECEIVED, envelope: list }, where);
        if (verdict.kind !== 'event' && verdict.kind !== 'listed') return;
        expect(verdict.event.effective).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        const { county } = verdict.event;
        expect(county === where.county || follows(county, where.county)).toBe(true);
        expect(Object.entries(verdict.event).filter(([, content]) => content === '')).toEqual([]);
        const { person } = verdict;
        const about = 'fodselsnummer' in person ? [person.fodselsnummer.reveal()] : Object.values(person);
        expect(about).not.toContain('');
      }),
      runs(400),
    );
  });

  test('reads a date that means «none» as it reads a field that is not there', () => {
    for (const { value, received, envelope: list, context: where } of fixturesOf(feed).values()) {
      if (!isRecord(value)) continue;
      const judged = (changed: object) =>
        eventIn(
          adapter.read(
            { value: changed, received, envelope: list },
            { activations: {}, ...where, pseudonym, nameTag, askedRef },
          ),
        );
      for (const name of OPTIONAL_DATES) {
        const { [name]: _absent, ...rest } = value;
        const absent = judged(rest);
        if (absent === null || judged({ ...rest, [name]: '2027-06-01T08:00:00Z' }) === null) continue;
        for (const sentinel of SENTINELS)
          expect(judged({ ...rest, [name]: sentinel }), `${name} ${sentinel}`).toEqual(absent);
      }
    }
  });

  test('takes apart any document without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({ antall: fc.nat(3), kontrakter: fc.jsonValue(), otungdommer: fc.jsonValue() }),
        ),
        (value) => {
          const unpacked = adapter.unpack?.(value, 'r-1');
          if (unpacked?.kind === 'malformed') expectExplained(unpacked, value);
        },
      ),
      runs(200),
    );
  });
});
