import fc from 'fast-check';
import type { AgreementTerm } from '../../../src/core/nav/agreement.ts';
import type { NavQuestion } from '../../../src/core/nav/mayAsk.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { Fact, OtStatus } from '../../../src/core/youth/youthEvent.ts';
import { PARTIES, STATES, type Tale } from './navOracle.ts';

// A tale as the program sees it.

export const COUNTY = countyNumber('46');
export const POLICY = defaultPolicy(COUNTY);
/** Of a tale whose youth is born on a leap day the 18th birthday is 1 March 2026. */
const DAY_0 = '2026-02-20';
export const LEAP_BIRTHDAY = 9;

const GRADES = { 4: 'KLIENTADRESSE', 6: 'STRENGT_FORTROLIG', 7: 'FORTROLIG' } as const;
const dateOf = (day: number) => daysAfter(DAY_0, day);
const noon = (day: number) => `${dateOf(day)}T12:00:00.000Z`;
const asked = (day: number) => `${dateOf(day)}T13:00:00.000Z`;

export function youthOf(tale: Tale): Youth {
  const consents = tale.said.map(({ side, party, state, day, until, wide, guardians }, at) =>
    fact(`s${at}`, day, {
      ...{ kind: 'Consent' as const, side, party, state, at: noon(day) },
      ...{ validTo: until === null ? null : noon(until), legalBasis: 'SAMTYKKE' },
      ...(guardians !== undefined && { guardians }),
      ...(wide && { scope: ['TILTAK'] }),
    }),
  );
  const { graded, merged, inGroup } = tale;
  const grades =
    graded === null
      ? []
      : [
          fact('g1', graded.from, { kind: 'Protection' as const, grade: GRADES[graded.code ?? 7] }),
          ...(graded.lifted === null
            ? []
            : [fact('g2', graded.lifted, { kind: 'Protection' as const, grade: 'UGRADERT' as const })]),
        ];
  const left = fact('l1', 0, { kind: 'Applied' as const, schoolYear: '2026-27' }, bornOf(tale));
  const registration = { schoolYear: '2025-26', county: COUNTY, tilmeldingskode: null, effective: DAY_0 };
  return {
    ...UNKNOWN_YOUTH,
    facts: [...consents, ...grades, left],
    registrations: [{ ...registration, owner: '46201', status: statusOf(inGroup) }],
    mergedInto: merged ? personRef('6f1c0e9d-2b7a-4583-a1d4-c6e8f0b29375') : null,
  };
}

export function questionOf({ agreements, since, today }: Tale): NavQuestion {
  const terms = agreements.map(
    ({ from, to, revoked }): AgreementTerm => ({
      ...{ from: dateOf(from), to: dateOf(to) },
      revoked: revoked === null ? null : { at: noon(revoked), by: 'loopback', reason: 'Sagt opp.' },
    }),
  );
  return { agreements: terms, policy: POLICY, at: asked(today), since: asked(since) };
}

function bornOf({ birthday18, leapDay }: Tale): string | null {
  if (birthday18 === null) return null;
  return leapDay
    ? '2008-02-29'
    : `${Number(dateOf(birthday18).slice(0, 4)) - 18}${dateOf(birthday18).slice(4)}`;
}

function statusOf(targetGroup: boolean): OtStatus {
  const [code, group] = targetGroup ? ['OTUK', 1] : ['OTIM', 5];
  return {
    ...{ code, list: 'OT-2016-07', group, targetGroup, viaOt: 'UKJENT', effective: DAY_0 },
    ...{ setBy: 'RULE', rule: 'R01' },
  };
}

function fact(id: string, day: number, body: object, born: string | null = null): Fact {
  const received = noon(day);
  return {
    ...{ feed: 'consent', source: 'fiks-samtykke', id, version: 1, effective: dateOf(day), reported: null },
    ...{
      county: COUNTY,
      born,
      nameTag: null,
      received,
      firstReceived: received,
      firstReceivedOn: dateOf(day),
    },
    ...{ versions: [1], ...body },
  } as Fact;
}

const day = fc.integer({ min: 0, max: 20 });
const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: null, freq });
/** Yes twice as often as each of the others: else hardly any tale has all that is needed. */
const state = fc.constantFrom(...STATES, 'SAMTYKKET' as const, 'SAMTYKKET' as const, 'SAMTYKKET' as const);
const said = fc
  .record({
    side: fc.constantFrom('A' as const, 'B' as const),
    party: fc.constantFrom(...PARTIES),
    state,
    day,
    after: maybe(day, 1),
    wide: fc.integer({ min: 0, max: 2 }).map((n) => n > 0),
    guardians: fc.constantFrom(undefined, undefined, undefined, 1 as const, 2 as const),
  })
  .map(({ after, ...each }) => ({ ...each, until: after === null || after === 0 ? null : each.day + after }));
/** Consents on both sides from each party, which the rest may undo. */
const base = fc
  .tuple(
    fc.constantFrom(...([['UNGDOM'], ['FORESATT'], ['UNGDOM', 'FORESATT'], []] as const)),
    fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    fc.constantFrom(1 as const, 1 as const, 1 as const, undefined),
  )
  .map(([parties, wide, guardians]) =>
    parties.flatMap((party) =>
      (['A', 'B'] as const).map((side) => ({
        side,
        party,
        state: 'SAMTYKKET' as const,
        day: 0,
        until: null,
        wide,
        guardians,
      })),
    ),
  );

export const TALES: fc.Arbitrary<Tale> = fc
  .record({
    birthday18: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -400, max: 400 }) },
      { weight: 8, arbitrary: day },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    leapDay: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    base,
    said: fc.array(said, { maxLength: 6 }),
    graded: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(day, maybe(day), fc.constantFrom(4 as const, 6 as const, 7 as const))
          .map(([from, more, code]) => ({ from, lifted: more === null ? null : from + more + 1, code })),
      },
    ),
    agreements: fc.oneof(
      { weight: 3, arbitrary: fc.constant([{ from: -100, to: 400, revoked: null }]) },
      {
        weight: 1,
        arbitrary: fc.array(
          fc
            .tuple(day, day, maybe(day, 1))
            .map(([from, days, revoked]) => ({ from, to: from + days, revoked })),
          { maxLength: 2 },
        ),
      },
    ),
    inGroup: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    merged: fc.integer({ min: 0, max: 20 }).map((n) => n === 0),
    since: day,
    more: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ base: first, said: then, since, more, birthday18, leapDay, ...tale }) => ({
    ...tale,
    leapDay: leapDay && birthday18 !== null,
    birthday18: leapDay && birthday18 !== null ? LEAP_BIRTHDAY : birthday18,
    said: [...first, ...then],
    since,
    today: since + more,
  }));
