import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { packEvents, unpackEvents } from '../../../src/store/form/storedEvents.ts';
import { packYouth, unpackYouth } from '../../../src/store/form/storedYouth.ts';
import { type Arrival, anyArrivals } from '../../core/anyFacts.ts';
import { runs } from '../../harness/propertyRuns.ts';

const POLICY = defaultPolicy(countyNumber('40'));

function* steps(list: readonly Arrival[]): Generator<{ before: Youth; events: YouthEvent[]; after: Youth }> {
  let before = UNKNOWN_YOUTH;
  for (const { received, event } of list) {
    const events = decide(event, before, { now: received, today: osloDate(received), policy: POLICY });
    const after = fold(before, events);
    yield { before, events, after };
    before = after;
  }
}

test('whatever is decided is read back exactly as it was, events and youth', () => {
  fc.assert(
    fc.property(anyArrivals, (list) => {
      for (const { events, after } of steps(list)) {
        expect(unpackEvents(JSON.parse(packEvents(events)))).toStrictEqual(events);
        expect(unpackYouth(JSON.parse(packYouth(after)))).toStrictEqual(after);
      }
    }),
    runs(500),
  );
});

test('events folded together are the events one by one, and the youth they were folded into is left as it was', () => {
  fc.assert(
    fc.property(anyArrivals, (list) => {
      for (const { before, events, after } of steps(list)) {
        const untouched = structuredClone(before);
        let youth = before;
        for (const event of events) youth = fold(youth, [event]);
        expect(youth).toStrictEqual(after);
        expect(before).toStrictEqual(untouched);
      }
    }),
    runs(200),
  );
});

test('a form that is not known is refused, not guessed', () => {
  expect(() => unpackEvents([{ type: 'DueMoved', due: null }])).toThrow('form');
  expect(() => unpackEvents([2])).toThrow('form');
  expect(() => unpackEvents([1, ['FactRecorded', [99]]])).toThrow('kind');
});
