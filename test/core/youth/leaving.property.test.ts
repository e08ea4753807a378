import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { annulmentsOf } from '../../../src/core/derive/facts/annulments.ts';
import { leavingOutcomes } from '../../../src/core/derive/registration/outcome.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import * as move from '../../../src/core/rules/move.ts';
import { reasonOf } from '../../../src/core/rules/rules.ts';
import { schoolListOf } from '../../../src/core/schoolList.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { schoolYearOf } from '../../../src/core/time/schoolYear.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import type { StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { evidenceKey, factKey, UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { Fact, FactOf } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { factOf } from '../../harness/story.ts';
import { type Arrival, arrivals } from '../anyFacts.ts';
import { forgetful } from '../anyForgetfulSources.ts';
import { type StatedPlace, type Statements, silentFor } from '../oracle/leaving.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const END = '2027-09-01T00:00:00.000Z';
const RUNS = runs(3_000);

function live(order: readonly Arrival[]): Youth {
  let youth = UNKNOWN_YOUTH;
  const happen = (now: string, event: StatusEvent) => {
    youth = fold(youth, decide(event, youth, { now, today: osloDate(now), policy: POLICY }));
  };
  for (const { received, event } of order) happen(received, event);
  happen(END, factOf({ kind: 'Due', at: END }, {}, null, END, order.length));
  return youth;
}

/** Each leaving of a youth, and what of it can be seen. */
function leavingsOf(youth: Youth) {
  const stated = statedIn(youth.facts);
  const outcomes = leavingOutcomes(youth.facts, youth.asOf ?? '', POLICY);
  return youth.facts.flatMap((fact) => {
    if (fact.kind !== 'Left') return [];
    const { schoolYear, county } = { schoolYear: schoolYearOf(fact.effective), county: fact.county };
    const registered = youth.registrations.some(
      (known) => known.schoolYear === schoolYear && known.county === county,
    );
    const asked = youth.alerts.some(
      ({ category, evidence }) => category === 'review' && evidence.includes(evidenceKey(fact)),
    );
    const said = stated.leavings.get(factKey(fact));
    if (said === undefined) throw new Error('a leaving that was not reported');
    const silent = silentFor({ ...stated, leavings: [...stated.leavings.values()] }, said);
    return [{ registered, asked, silent, outcome: outcomes.get(factKey(fact)) }];
  });
}

/** What sources have reported by the facts, in the oracle's words. */
function statedIn(facts: readonly Fact[]) {
  const annulled = annulmentsOf(facts);
  const isAnnulled = (fact: Fact) => annulled?.has(factKey(fact)) === true;
  const places: StatedPlace[] = [];
  const leavings = new Map<string, Statements['leavings'][number]>();
  const notShown: Statements['notShown'][number][] = [];
  for (const fact of facts) {
    if (fact.kind === 'Left') {
      const { training, institution, effective: on, reason, lostRight } = fact;
      const said = { training, institution, on, reason, lostRight, annulled: isAnnulled(fact) };
      leavings.set(factKey(fact), said);
      const never = (reason === 'IM' || reason === 'TN') && !lostRight && !said.annulled;
      if (never) notShown.push({ institution, on, schoolYear: schoolYearOf(on) });
    }
    if (isAnnulled(fact)) continue;
    if ((fact.kind === 'NoShow' || fact.kind === 'PlaceDeclined') && fact.institution !== null)
      notShown.push({
        institution: fact.institution,
        on: fact.effective,
        schoolYear: fact.schoolYear,
      });
    const place = placeIn(fact, facts);
    if (place !== null) places.push(place);
  }
  return { places, leavings, notShown };
}

function placeIn(fact: Fact, facts: readonly Fact[]): StatedPlace | null {
  const summer = `${Number(schoolYearOf(fact.effective).slice(0, 4)) + 1}-08-01`;
  switch (fact.kind) {
    case 'Started': {
      const { training, institution, effective: from, hovedskole: mainSchool, received } = fact;
      const until = training === 'apprenticeship' ? null : summer;
      return {
        by: 'start',
        training,
        institution,
        from,
        until,
        mainSchool,
        reported: osloDate(received),
        missed: 0,
      };
    }
    case 'ContractSeen': {
      const { institution, from, to: until } = fact;
      const list = listed(facts, 'laktiv', (other) => other.kind === 'ContractSeen', fact);
      return {
        by: 'contract-list',
        training: 'apprenticeship',
        institution,
        from,
        until,
        mainSchool: null,
        ...list,
      };
    }
    case 'PupilSeen': {
      const { institution, effective: from, to } = fact;
      const list = listed(facts, schoolListOf(institution), (other) => isPupilAt(other, institution), fact);
      const until = to ?? summer;
      return {
        by: 'school-list',
        training: 'private-school',
        institution,
        from,
        until,
        mainSchool: null,
        ...list,
      };
    }
    default:
      return null;
  }
}

const isPupilAt = (fact: Fact, institution: string) =>
  fact.kind === 'PupilSeen' && fact.institution === institution;

function listed(facts: readonly Fact[], list: string, isRow: (fact: Fact) => boolean, row: Fact) {
  const back = facts.flatMap((fact) =>
    fact.kind === 'Present' && fact.list === list ? [fact.received] : [],
  );
  const seen = [...back, ...facts.filter(isRow).map(({ received }) => received)].sort().at(-1) ?? '';
  const reported = osloDate([...back, row.received].sort().at(-1) ?? row.received);
  const gone = facts.filter(
    (fact): fact is FactOf<'Absent'> => fact.kind === 'Absent' && fact.list === list && fact.received > seen,
  );
  return { reported, missed: new Set(gone.map(({ run }) => run)).size };
}

/** No firm has two names here: what that leads to has tests of its own. */
const nameless = arrivals.map((list) =>
  list.map(({ received, event }) => ({ received, event: { ...event, nameTag: null } })),
);

function everyLeavingIsSeen(runs: fc.Parameters<unknown> = RUNS): void {
  fc.assert(
    fc.property(nameless, (list) => {
      for (const { registered, asked, silent, outcome } of leavingsOf(live(list))) {
        expect(outcome).toBeDefined();
        expect(reasonOf(outcome!.rule)).not.toBe('');
        if (outcome!.outcome === 'TILMELDING') expect(registered).toBe(true);
        if (!registered && !asked) expect(silent).not.toEqual([]);
      }
    }),
    runs,
  );
}

function whoIsOutIsSeen(runs: fc.Parameters<unknown> = RUNS): void {
  fc.assert(
    fc.property(
      forgetful.chain((reports) => fc.shuffledSubarray(reports, { minLength: reports.length })),
      (reports) => {
        const order = reports.map(({ received, effective, body }, at) => ({
          received,
          event: factOf(body, { effective, id: `${body.kind}-${at}` }, '2007-05-05', received, at),
        }));
        const { registrations, alerts } = live(order);
        const seen = registrations.length > 0 || alerts.some(({ category }) => category === 'review');
        expect(seen).toBe(true);
      },
    ),
    runs,
  );
}

/** As many as it takes, and the same in every run: what is planted must be found each time. */
const PLANTED = { numRuns: 5_000, seed: 20_261_129, endOnFailure: true };

describe('every leaving is seen', () => {
  afterEach(() => vi.restoreAllMocks());

  it(
    'every accepted leaving is a registration, a review, or has a named reason to be silent, in any order',
    () => everyLeavingIsSeen(),
    120_000,
  );

  it(
    'who is out in the end is registered or asked about, whatever the sources forget, repeat or call things',
    () => whoIsOutIsSeen(),
    120_000,
  );

  it('an older start that always means a move is caught', () => {
    vi.spyOn(move.twoPlaces, 'applies').mockReturnValue(true);
    expect(() => everyLeavingIsSeen(PLANTED)).toThrow();
    expect(() => whoIsOutIsSeen(PLANTED)).toThrow();
  });

  it.each([
    [
      'a lost right that may be a move (M07)',
      () => vi.spyOn(move.lostRightIsNoMove, 'applies').mockReturnValue(false),
    ],
    ['a list that is always right', () => vi.spyOn(move.listedAfterLeaving, 'applies').mockReturnValue(true)],
    [
      'a start that makes a move however late',
      () => vi.spyOn(move.startAfterLeaving, 'applies').mockReturnValue(true),
    ],
  ])('%s is caught', (_, mutate) => {
    mutate();
    expect(() => everyLeavingIsSeen(PLANTED)).toThrow();
  });
});
