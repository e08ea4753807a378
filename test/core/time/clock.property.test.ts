import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/derive/derive.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { factOf } from '../../harness/story.ts';
import { type Arrival, arrivals } from '../anyFacts.ts';

// The clock, for any facts: it may run ever so finely or be stopped for years, and what is open in the end is the
// same.

const POLICY = defaultPolicy(countyNumber('40'));
const RUNS = runs(500);
const FIRST = Date.UTC(2027, 5, 1);
const LAST = '2034-02-01T00:00:00.000Z';

interface Lived {
  youth: Youth;
  /** What time alone has brought, in order. */
  events: YouthEvent[];
}

function known(list: readonly Arrival[]): Youth {
  let youth = UNKNOWN_YOUTH;
  for (const { received, event } of list)
    youth = fold(youth, decide(event, youth, { now: received, today: osloDate(received), policy: POLICY }));
  return youth;
}

/** The clock shows `now`, and what is due by then is decided: as the timekeeper does on real time. */
function tick({ youth, events }: Lived, now: string): Lived {
  const at = youth.due !== null && youth.due < now ? youth.due : now;
  const due = factOf({ kind: 'Due', at }, {}, null, now, 0);
  const decided = decide(due, youth, { now, today: osloDate(now), policy: POLICY });
  return { youth: fold(youth, decided), events: [...events, ...decided] };
}

/** Decided at each moment that is due, up to `until`: as on a virtual clock. */
function everyDue(lived: Lived, until: string): Lived {
  let next = lived;
  for (let turn = 0; next.youth.due !== null && next.youth.due <= until; turn += 1) {
    expect(turn).toBeLessThan(1_000);
    next = tick(next, next.youth.due);
  }
  return next;
}

const moments = fc
  .array(fc.integer({ min: 0, max: 6 * 365 * 24 }), { maxLength: 12 })
  .map((hours) =>
    hours.sort((one, other) => one - other).map((hour) => new Date(FIRST + hour * 3_600_000).toISOString()),
  );

const raised = (events: readonly YouthEvent[]) =>
  events.flatMap((event) => (event.type === 'AlertRaised' ? [event.alert.id] : []));

describe('the clock', () => {
  it('ends in the same youth whenever it is looked at', () => {
    fc.assert(
      fc.property(arrivals, moments, (list, at) => {
        const start: Lived = { youth: known(list), events: [] };
        const finely = tick(everyDue(start, LAST), LAST);
        const coarsely = [...at, LAST].reduce(tick, start);
        const { alerts, registrations, due } = coarsely.youth;
        expect({ alerts, registrations, due }).toEqual({
          alerts: finely.youth.alerts,
          registrations: finely.youth.registrations,
          due: finely.youth.due,
        });
      }),
      RUNS,
    );
  });

  it('raises no alert twice, and after a long stop none that would not have been raised on the way', () => {
    fc.assert(
      fc.property(arrivals, moments, (list, at) => {
        const start: Lived = { youth: known(list), events: [] };
        const onTheWay = raised(everyDue(start, LAST).events);
        expect(new Set(onTheWay).size).toBe(onTheWay.length);
        const late = raised([...at, LAST].reduce(tick, start).events);
        expect(new Set(late).size).toBe(late.length);
        for (const id of late) expect(onTheWay).toContain(id);
      }),
      RUNS,
    );
  });

  it('misses nothing: between two due moments nothing changes', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 6 * 365 * 24 }), (list, hour) => {
        const at = new Date(FIRST + hour * 3_600_000).toISOString();
        const { youth } = everyDue({ youth: known(list), events: [] }, at);
        const asOf = youth.asOf ?? at;
        const { alerts, registrations, due } = derive(youth.facts, at > asOf ? at : asOf, POLICY);
        expect({ alerts, registrations, due }).toEqual({
          alerts: youth.alerts,
          registrations: youth.registrations,
          due: youth.due,
        });
      }),
      RUNS,
    );
  });

  it('decides nothing before a moment is due', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const youth = known(list);
        if (youth.due === null) return;
        const before = new Date(Date.parse(youth.due) - 1).toISOString();
        const early = factOf({ kind: 'Due', at: before }, {}, null, before, 0);
        expect(decide(early, youth, { now: before, today: osloDate(before), policy: POLICY })).toEqual([]);
      }),
      RUNS,
    );
  });
});
