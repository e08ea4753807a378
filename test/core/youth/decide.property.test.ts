import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/derive/derive.ts';
import { toMessages } from '../../../src/core/messages/messages.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import type { StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import {
  type Arrival,
  arrivals,
  arrivalsInTwoOrders,
  arrivalsSentTwice,
  FIRMS,
  OFFICES,
  SCHOOLS,
} from '../anyFacts.ts';
import { nightsInTwoOrders } from '../anyNightlyLists.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const RUNS = runs(2_000);
const END = '2027-09-01T00:00:00.000Z';
const META = {
  org: orgId('telemarkfylke-no'),
  ref: personRef('6f1c0e9d2b7a4583a1d4c6e8f0b29375'),
  position: 't/0/1',
  version: 1,
};

interface Lived {
  youth: Youth;
  steps: { events: YouthEvent[]; after: Youth; received: string }[];
}

function live(order: readonly Arrival[], end: string | null = END): Lived {
  let youth = UNKNOWN_YOUTH;
  const steps: Lived['steps'] = [];
  const happen = (received: string, event: StatusEvent) => {
    const events = decide(event, youth, { now: received, today: osloDate(received), policy: POLICY });
    youth = fold(youth, events);
    steps.push({ events, after: youth, received });
  };
  for (const { received, event } of order) happen(received, event);
  if (end !== null) {
    const { received, event } = order[0]!;
    happen(end > received ? end : received, dueAt(event, end));
  }
  return { youth, steps };
}

function dueAt({ source, county }: StatusEvent, at: string): StatusEvent {
  return {
    feed: 'bridge',
    source,
    id: 'due',
    version: 1,
    effective: at.slice(0, 10),
    reported: null,
    county,
    born: null,
    nameTag: null,
    kind: 'Due',
    at,
  };
}

/** The record, naming no measures when it is a consent on the side. */
function unnamed(event: StatusEvent, side: 'A' | 'B'): StatusEvent {
  if (event.kind !== 'Consent' || event.side !== side) return event;
  const { scope: _, ...less } = event;
  return less;
}

describe('decide and evolve', () => {
  it('any order of arrival ends in the same youth', () => {
    fc.assert(
      fc.property(arrivalsInTwoOrders, ({ one, other }) => {
        expect(live(other).youth).toEqual(live(one).youth);
      }),
      RUNS,
    );
  });

  it('a record that was sent more than once counts from when it was first sent, in whatever order it is read', () => {
    fc.assert(
      fc.property(arrivalsSentTwice, ({ once, twice }) => {
        // When the youth was judged last is another matter: a repeat that is read first moves its time.
        const { asOf: _, ...expected } = live(once).youth;
        expect(live(twice).youth).toMatchObject(expected);
      }),
      RUNS,
    );
  });

  it('nights of a list that say the same are one fact, and who was missing is so until a whole list says otherwise', () => {
    fc.assert(
      fc.property(nightsInTwoOrders, ({ one, other, missing }) => {
        const [first, second] = [live(one).youth, live(other).youth];
        expect(second).toEqual(first);
        expect(first.facts.filter(({ kind }) => kind === 'ContractSeen')).toHaveLength(1);
        expect(first.alerts.some(({ kind }) => kind === 'MULIG_HEVING')).toBe(missing >= 2);
      }),
      runs(500),
    );
  });

  it('what is folded is exactly what is derived from the facts, after every record', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        for (const { after } of live(list).steps) {
          const { registrations, alerts, due, stopped } = derive(after.facts, after.asOf ?? '', POLICY);
          expect({ registrations, alerts, due, stopped }).toEqual({
            registrations: after.registrations,
            alerts: after.alerts,
            due: after.due,
            stopped: [],
          });
        }
      }),
      RUNS,
    );
  });

  it('the events alone give the youth back', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const { youth, steps } = live(list);
        const events: YouthEvent[] = JSON.parse(JSON.stringify(steps.flatMap((step) => step.events)));
        expect(fold(UNKNOWN_YOUTH, events)).toEqual(youth);
      }),
      RUNS,
    );
  });

  it('a record that comes again decides nothing', () => {
    fc.assert(
      fc.property(arrivalsInTwoOrders, ({ one }) => {
        const { youth } = live(one, null);
        for (const { received, event } of one) {
          expect(decide(event, youth, { now: received, today: osloDate(received), policy: POLICY })).toEqual(
            [],
          );
        }
      }),
      RUNS,
    );
  });

  it('time never goes back, and what is due lies ahead', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        let before = '';
        for (const { after } of live(list).steps) {
          const asOf = after.asOf ?? '';
          expect(asOf >= before).toBe(true);
          if (after.due !== null) expect(after.due > asOf).toBe(true);
          before = asOf;
        }
      }),
      RUNS,
    );
  });

  it('no status but OTUK is ever set without an adviser (R01)', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const { steps } = live(list);
        const said = list.flatMap(({ event }) => (event.kind === 'AdviserStatus' ? [event] : []));
        for (const event of steps.flatMap(({ events }) => events)) {
          if (event.type !== 'StatusSet') continue;
          const { status } = event;
          if (status.setBy === 'RULE') expect(status).toMatchObject({ code: 'OTUK', rule: 'R01' });
          else {
            const words = said.filter(
              ({ schoolYear, effective }) =>
                schoolYear === event.schoolYear && effective === status.effective,
            );
            expect(
              words.some(
                ({ code, viaOt }) =>
                  code === status.code || (viaOt === 'NEI' && `${code}_IM` === status.code),
              ),
            ).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('an alert is raised once before it is withdrawn, and withdrawn only when raised', () => {
    fc.assert(
      fc.property(arrivalsInTwoOrders, ({ one }) => {
        const { youth, steps } = live(one);
        const open = new Set<string>();
        for (const event of steps.flatMap(({ events }) => events)) {
          if (event.type === 'AlertRaised') {
            expect(open.has(event.alert.id)).toBe(false);
            open.add(event.alert.id);
          }
          if (event.type === 'AlertChanged') expect(open.has(event.alert.id)).toBe(true);
          if (event.type === 'AlertWithdrawn') expect(open.delete(event.alert.id)).toBe(true);
        }
        expect([...open].sort()).toEqual(youth.alerts.map(({ id }) => id));
      }),
      RUNS,
    );
  });

  it.each(['A', 'B'] as const)(
    'without a consent on side %s nothing of any NAV answer is kept or published',
    (side) => {
      fc.assert(
        fc.property(arrivals, (list) => {
          const ungranted = list.filter(
            ({ event }) => !(event.kind === 'Consent' && event.side === side && event.state === 'SAMTYKKET'),
          );
          if (ungranted.length === 0) return;
          const { youth, steps } = live(ungranted);
          const decided = steps.map(({ events, after, received }) => [
            events,
            toMessages(events, after, { ...META, recorded: received }),
          ]);
          const text = JSON.stringify([youth, decided]);
          expect(text).not.toContain('KJENT_HOS_NAV');
          for (const office of OFFICES) expect(text).not.toContain(`"${office}"`);
          expect(text).not.toMatch(/"answer":"(JA|NEI|IKKE_SVART)"/);
          expect(text).not.toMatch(/"measure":"|DELTAR|VENTELISTE|HAR_SLUTTET|nav:/);
        }),
        RUNS,
      );
    },
  );

  it.each(['A', 'B'] as const)(
    'without a consent on side %s that names measures nothing of any measure or programme is kept or published',
    (side) => {
      fc.assert(
        fc.property(arrivals, (list) => {
          const { youth, steps } = live(list.map((one) => ({ ...one, event: unnamed(one.event, side) })));
          const text = JSON.stringify([youth, steps.map(({ events }) => events)]);
          expect(text).not.toMatch(/"measure":"|DELTAR|VENTELISTE|HAR_SLUTTET|nav:/);
          const programme = youth.facts.filter(
            (fact) => fact.kind === 'NavRegister' && fact.about === 'UNGDOMSPROGRAM' && fact.state !== null,
          );
          expect(programme).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  it('every registration has an owner (R50), and every message its reason but nothing of who said what', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        for (const { events, after, received } of live(list).steps) {
          for (const { owner } of [...after.registrations, ...after.alerts]) expect(owner).not.toBe('');
          const messages = toMessages(events, after, { ...META, recorded: received });
          expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
          const text = JSON.stringify(messages);
          for (const secret of [...SCHOOLS, ...FIRMS, 'Left-', 'SYKDOM', '2009-03-14', 'laktiv'])
            expect(text).not.toContain(secret);
        }
      }),
      RUNS,
    );
  });
});
