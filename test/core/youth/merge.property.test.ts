import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/derive/derive.ts';
import { joinings } from '../../../src/core/derive/person/joined.ts';
import { toMessages } from '../../../src/core/messages/messages.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import {
  type NumberRef,
  numberRef,
  type PersonRef,
  personOfNumber,
} from '../../../src/core/person/reference.ts';
import { type Context, defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { type Bearer, renumber } from '../../../src/core/youth/merge.ts';
import type { StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { Fact, YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { factOf, type Provenance } from '../../harness/story.ts';
import { type Arrival, arrivals } from '../anyFacts.ts';

// Several numbers that turn out to be one person's. `refs[i]` is the reference that number i led to from the first day.

const POLICY = defaultPolicy(countyNumber('40'));
const RUNS = runs(400);
const REFS = ['3c9e', '1b04', 'd2f7', '8a55'].map(numberRef);
const MERGED_ON = '2027-06-01T08:00:00.000Z';
const END = '2030-01-01T00:00:00.000Z';

type Renumbering = Extract<StatusEvent, { kind: 'Renumbered' }>;
interface Applied {
  ref: PersonRef;
  events: YouthEvent[];
  after: Youth;
  received: string;
}

/** A store of one organisation, with the pipeline's own way of following a reference. `met`: the references as they were
 *  given, the first in front. */
function world(met: readonly NumberRef[] = REFS) {
  const youths = new Map<PersonRef, Youth>();
  const steps: Applied[] = [];
  const contextAt = (now: string, numberRef?: NumberRef): Context => ({
    now,
    today: osloDate(now),
    policy: POLICY,
    numberRef,
  });
  const at = (numberRef: NumberRef, ref = personOfNumber(numberRef)): Bearer => {
    const youth = youths.get(ref) ?? UNKNOWN_YOUTH;
    return youth.mergedInto === null
      ? { ref, numberRef, met: met.map(personOfNumber).indexOf(ref), youth }
      : at(numberRef, youth.mergedInto);
  };
  const apply = (ref: PersonRef, events: YouthEvent[], received: string) => {
    const after = fold(youths.get(ref) ?? UNKNOWN_YOUTH, events);
    youths.set(ref, after);
    steps.push({ ref, events, after, received });
  };
  return {
    youths,
    steps,
    at,
    send(number: number, { event, received }: Arrival) {
      const { ref, youth } = at(REFS[number]!);
      apply(ref, decide(event, youth, contextAt(received, REFS[number])), received);
    },
    renumber(from: number, to: number, received: string, more: Pick<Provenance, 'id' | 'version'> = {}) {
      const event = changeOf(from, to, more);
      const effects = renumber(event, at(REFS[from]!), at(REFS[to]!), contextAt(received, REFS[to]));
      for (const { ref, events } of effects) apply(ref, events, received);
    },
    /** Time passes until everything has fallen due. */
    pass(to: string) {
      for (const ref of REFS.map(personOfNumber)) {
        for (let turn = 0; turn < 200; turn += 1) {
          const { due } = youths.get(ref) ?? UNKNOWN_YOUTH;
          if (due === null || due > to) break;
          const tick = factOf({ kind: 'Due', at: due }, {}, null, due, 0);
          apply(ref, decide(tick, youths.get(ref) ?? UNKNOWN_YOUTH, contextAt(due)), due);
        }
      }
    },
  };
}

function changeOf(from: number, to: number, more: Pick<Provenance, 'id' | 'version'> = {}): Renumbering {
  const provenance = { source: 'folkeregisteret', id: `fr-${from}-${to}`, effective: '2027-05-20', ...more };
  const event = factOf({ kind: 'Renumbered' }, provenance, null, MERGED_ON, 0);
  if (event.kind !== 'Renumbered') throw new Error('a change of number');
  return event;
}

interface Row {
  arrival: Arrival;
  number: number;
}

/** Records under one number or another. */
function sentUnder(list: fc.Arbitrary<Arrival[]>): fc.Arbitrary<Row[]> {
  return list
    .chain((rows) => fc.tuple(fc.constant(rows), fc.array(fc.nat(REFS.length - 1), exactly(rows.length))))
    .map(([rows, numbers]) => inNights(rows.map((arrival, i) => under(numbers[i]!, arrival))));
}

const anySent = sentUnder(arrivals);
/** Without those whose effect depends on what else is known by then: one absence too many says nothing, and an answer
 *  that may not be kept is gone. */
const sent = sentUnder(
  arrivals.map((list) =>
    list.filter(
      ({ event }) => !['Absent', 'Present', 'NavMatch', 'NavRegister', 'Renumbered'].includes(event.kind),
    ),
  ),
);

function exactly(length: number) {
  return { minLength: length, maxLength: length };
}

/** Rows of VIGO's lists are named by the number they came under. */
function under(number: number, { event, received }: Arrival): Row {
  return {
    arrival: { event: isRow(event) ? { ...event, id: `${event.id}:${number}` } : event, received },
    number,
  };
}

function isRow({ kind }: StatusEvent): boolean {
  return kind === 'RegisterSeen' || kind === 'ContractSeen' || kind === 'PupilSeen';
}

/** The nights of a list come one after the other, whatever comes between them: they are in one lane. */
function inNights<Each extends { arrival?: Arrival }>(rows: readonly Each[]): Each[] {
  const order = [...rows];
  const nights = rows.flatMap(({ arrival }, i) => (arrival && isRow(arrival.event) ? [i] : []));
  const sorted = nights
    .map((i) => rows[i]!)
    .sort((one, other) => (one.arrival!.received < other.arrival!.received ? -1 : 1));
  nights.forEach((place, i) => {
    order[place] = sorted[i]!;
  });
  return order;
}

/** A record, or a change of number, at its moment. */
type Step = { at: string } & (
  | Row
  | { arrival?: never; from: number; to: number; more: Pick<Provenance, 'id' | 'version'> }
);

const moment = fc
  .integer({ min: 0, max: 300 * 24 * 60 - 1 })
  .map((minute) => new Date(Date.UTC(2026, 7, 1) + minute * 60_000).toISOString());

/** Changes in both directions, in rows, in rings, sent again by the same source or by another, and corrected. */
const change: fc.Arbitrary<Step> = fc
  .tuple(
    moment,
    fc.nat(REFS.length - 1),
    fc.integer({ min: 1, max: REFS.length - 1 }),
    fc.constantFrom(undefined, undefined, 'vigo-1', 'vigo-2'),
    fc.integer({ min: 1, max: 2 }),
  )
  .map(([at, from, further, id, version]) => ({
    at,
    from,
    to: (from + further) % REFS.length,
    more: { version, ...(id !== undefined && { id }) },
  }));

/**
 * Records, some of them sent once more under another number, with changes among them; and an order to read them in.
 */
const stories = fc
  .tuple(
    sent,
    fc.array(fc.tuple(fc.nat(13), fc.nat(REFS.length - 1), moment), { maxLength: 4 }),
    fc.array(change, { minLength: 1, maxLength: 6 }),
  )
  .chain(([rows, copies, changes]) => {
    const steps: Step[] = rows.map((row) => ({ ...row, at: row.arrival.received }));
    for (const [place, number, at] of copies) {
      const row = rows[place];
      if (row !== undefined && !isRow(row.arrival.event))
        steps.push({ number, at, arrival: { ...row.arrival, received: at } });
    }
    // No two changes at one moment, nor one with a record.
    const later = changes.map((each, i) => ({ ...each, at: each.at.replace('.000Z', `.${500 + i}Z`) }));
    const all = [...steps, ...later].sort((one, other) => (one.at < other.at ? -1 : 1));
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }).map(inNights));
  });

/** Changes that joined two known youths, in the order of arrival: by what had been received until then. */
function joinedInTurn(steps: readonly Step[]): string[] {
  const groups = REFS.map((_, number) => new Set([number]));
  const known = new Set<number>();
  const joined: string[] = [];
  for (const step of steps) {
    if (step.arrival !== undefined) {
      known.add(step.number);
      continue;
    }
    const [one, other] = [groups[step.from]!, groups[step.to]!];
    if (one === other) continue;
    const isKnown = (group: Set<number>) => [...group].some((number) => known.has(number));
    if (isKnown(one) && isKnown(other)) joined.push(`fr-${step.from}-${step.to} ${step.at}`);
    const both = new Set([...one, ...other]);
    for (const number of both) groups[number] = both;
  }
  return joined.sort();
}

function lived(steps: readonly Step[], met: readonly NumberRef[]) {
  const here = world(met);
  for (const step of steps) {
    if (step.arrival !== undefined) here.send(step.number, step.arrival);
    else here.renumber(step.from, step.to, step.at, step.more);
  }
  here.pass(END);
  return REFS.map((number) => {
    const { ref, youth } = here.at(number);
    return { ref, youth: { ...youth, asOf: null } };
  });
}

/** Three changes that join four numbers, in two orders. */
const chains = fc
  .constantFrom(
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    [
      [0, 3],
      [1, 3],
      [2, 3],
    ],
    [
      [0, 1],
      [2, 3],
      [1, 3],
    ],
  )
  .chain((changes) => fc.tuple(shuffled(changes), shuffled(changes)));

function shuffled(changes: readonly (readonly number[])[]) {
  return fc.shuffledSubarray([...changes], { minLength: changes.length });
}

/** Alerts but the one that says that there were two. */
function besides({ alerts }: Youth) {
  return alerts.filter(({ kind }) => kind !== 'NUMRE_SLATT_SAMMEN');
}

describe('numbers that are one person’s', () => {
  it('E01 whatever is read first, changes and records of all the numbers end in the same youths', () => {
    fc.assert(
      fc.property(stories, fc.shuffledSubarray(REFS, exactly(REFS.length)), ([inTurn, inAnyOrder], met) => {
        expect(lived(inAnyOrder, met)).toEqual(lived(inTurn, met));
      }),
      runs(2_000),
    );
  });

  it('I05 two were known when a change joined what OT had heard of until then, whenever it is read', () => {
    fc.assert(
      fc.property(stories, ([inTurn, inAnyOrder]) => {
        const own = (steps: readonly Step[]) =>
          steps.map((step) => (step.arrival ? step : { ...step, more: {} }));
        const youths = new Map(lived(own(inAnyOrder), REFS).map(({ ref, youth }) => [ref, youth]));
        const found = [...youths.values()].flatMap(({ facts }) =>
          joinings(facts.filter((fact) => fact.kind === 'Renumbered')).map(
            ({ fact, told }) => `${fact.id} ${told}`,
          ),
        );
        expect(found.sort()).toEqual(joinedInTurn(inTurn));
      }),
      RUNS,
    );
  });

  it('in whatever order the changes come, the same reference is left with the same facts and cases', () => {
    fc.assert(
      fc.property(sent, chains, (rows, [one, other]) => {
        const [left, right] = [one, other].map((changes) => {
          const here = world();
          for (const { arrival, number } of rows) here.send(number, arrival);
          // Each change has its own moment, wherever in the order it is read.
          for (const [from, to] of changes)
            here.renumber(from!, to!, new Date(Date.parse(MERGED_ON) + from! * 60_000).toISOString());
          return here.at(REFS[0]!);
        });
        expect(right).toEqual(left);
      }),
      RUNS,
    );
  });

  it('the union is what would have been had there been one number from the first day', () => {
    fc.assert(
      fc.property(sent, (rows) => {
        const [many, one] = [world(), world()];
        for (const { arrival, number } of rows) {
          many.send(number, arrival);
          one.send(0, arrival);
        }
        for (const number of [1, 2, 3]) {
          many.renumber(0, number, MERGED_ON);
          one.renumber(0, number, MERGED_ON);
        }
        const [merged, single] = [many.at(REFS[0]!).youth, one.at(REFS[0]!).youth];
        const withoutRenumbered = (facts: readonly Fact[]) =>
          facts.filter(({ kind }) => kind !== 'Renumbered');
        expect(withoutRenumbered(merged.facts)).toEqual(withoutRenumbered(single.facts));
        expect(merged.registrations).toEqual(single.registrations);
        expect(besides(merged)).toEqual(besides(single));
        expect(merged.due).toBe(single.due);
      }),
      RUNS,
    );
  });

  it('records that are still on their way under an old reference find the youth', () => {
    fc.assert(
      fc.property(sent, fc.nat(99), (rows, share) => {
        const [before, after] = [world(), world()];
        const middle = Math.floor((rows.length * share) / 100);
        for (const [i, { arrival, number }] of rows.entries()) {
          before.send(number, arrival);
          if (i === middle) for (const other of [1, 2, 3]) after.renumber(0, other, MERGED_ON);
          after.send(number, arrival);
        }
        for (const other of [1, 2, 3]) before.renumber(0, other, MERGED_ON);
        if (rows.length === 0) return;
        const [late, early] = [before.at(REFS[2]!).youth, after.at(REFS[2]!).youth];
        expect({ ...early, asOf: null }).toEqual({ ...late, asOf: null });
      }),
      RUNS,
    );
  });

  it('nothing is registered under a reference that went, and every alert is withdrawn under it', () => {
    fc.assert(
      fc.property(anySent, chains, (rows, [changes]) => {
        const here = world();
        for (const { arrival, number } of rows) here.send(number, arrival);
        for (const [from, to] of changes) here.renumber(from!, to!, MERGED_ON);
        for (const [ref, youth] of here.youths) {
          const open = new Set<string>();
          for (const { events } of here.steps.filter((step) => step.ref === ref)) {
            for (const event of events) {
              if (event.type === 'AlertRaised') {
                expect(open.has(event.alert.id)).toBe(false);
                open.add(event.alert.id);
              }
              if (event.type === 'AlertWithdrawn') expect(open.delete(event.alert.id)).toBe(true);
            }
          }
          expect([...open].sort()).toEqual(youth.alerts.map(({ id }) => id));
          if (youth.mergedInto === null) continue;
          const { registrations, alerts, due } = youth;
          expect({ registrations, alerts, due }).toEqual({ registrations: [], alerts: [], due: null });
          expect(youth.facts.filter(({ kind }) => kind !== 'Protection' && kind !== 'Annulled')).toEqual([]);
        }
        // Each of the four numbers leads to the one that is left.
        expect(new Set(REFS.map((ref) => here.at(ref).ref)).size).toBe(1);
      }),
      RUNS,
    );
  });

  it('the events alone give every youth back, and what is folded is what is derived', () => {
    fc.assert(
      fc.property(anySent, chains, (rows, [changes]) => {
        const here = world();
        for (const { arrival, number } of rows) here.send(number, arrival);
        for (const [from, to] of changes) here.renumber(from!, to!, MERGED_ON);
        for (const [ref, youth] of here.youths) {
          const events: YouthEvent[] = here.steps.flatMap((step) => (step.ref === ref ? step.events : []));
          expect(fold(UNKNOWN_YOUTH, JSON.parse(JSON.stringify(events)))).toEqual(youth);
          if (youth.mergedInto !== null) continue;
          const { registrations, alerts, due } = derive(youth.facts, youth.asOf ?? '', POLICY);
          expect({ registrations, alerts, due }).toEqual({
            registrations: youth.registrations,
            alerts: youth.alerts,
            due: youth.due,
          });
        }
      }),
      RUNS,
    );
  });

  it('no two messages of the record that merged two youths have one id', () => {
    fc.assert(
      fc.property(anySent, (rows) => {
        const here = world();
        for (const { arrival, number } of rows) here.send(number, arrival);
        const from = here.steps.length;
        here.renumber(0, 1, MERGED_ON);
        const messages = here.steps.slice(from).flatMap(({ ref, events, after, received }) =>
          toMessages(events, after, {
            org: orgId('o'),
            ref,
            position: 't/0/9',
            version: 1,
            recorded: received,
          }),
        );
        expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      }),
      RUNS,
    );
  });
});
