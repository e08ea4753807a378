import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitsOf } from '../../../src/core/access/reach.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import { packEvents } from '../../../src/store/form/storedEvents.ts';
import {
  longerTail,
  outdatesState,
  type StoredYouth,
  tailAfter,
  unpackStored,
} from '../../../src/store/form/storedTail.ts';
import { packYouth } from '../../../src/store/form/storedYouth.ts';
import { anyArrivals } from '../../core/anyFacts.ts';
import { runs } from '../../harness/propertyRuns.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const BODY = packEvents([{ type: 'DueMoved', due: null }]);

test('a youth is read back as it is, wherever it was last written whole and however its records were appended', () => {
  fc.assert(
    // `together`: how many records go into one commit.
    fc.property(anyArrivals, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1 }), (list, together) => {
      let [youth, stored, pending, turn]: [Youth, StoredYouth | null, string[], number] = [
        UNKNOWN_YOUTH,
        null,
        [],
        0,
      ];
      let outdated = true;
      for (const { received, event } of list) {
        const events = decide(event, youth, { now: received, today: osloDate(received), policy: POLICY });
        if (events.length === 0) continue;
        const after = fold(youth, events);
        outdated ||= outdatesState(youth, events, after);
        youth = after;
        pending.push(packEvents(events));
        if (pending.length < (together[turn % together.length] ?? 1)) continue;
        stored =
          stored === null || outdated
            ? { state: packYouth(youth), tail: null }
            : { state: stored.state, tail: longerTail(stored.tail, pending) };
        [pending, turn, outdated] = [[], turn + 1, false];
        expect(unpackStored(stored)).toStrictEqual(youth);
        // Who may see it is read from the state alone, in SQL.
        expect(unitsOf(unpackStored({ ...stored, tail: null }))).toEqual(unitsOf(youth));
      }
    }),
    runs(300),
  );
});

test('what is withheld or merged away stays in no older state', () => {
  const youth = { ...UNKNOWN_YOUTH };
  const answer = { batch: 'B-1', side: 'A', state: 'TRUKKET', rule: 'R20' } as const;
  expect(outdatesState(youth, [{ type: 'WithheldForConsent', ...answer }], youth)).toBe(true);
  const survivor = personRef('00000000-0000-4000-8000-000000000001');
  expect(outdatesState(youth, [{ type: 'MergedInto', survivor, rule: 'R41' }], youth)).toBe(true);
  expect(outdatesState(youth, [{ type: 'DueMoved', due: null }], { ...youth, alerts: [] })).toBe(false);
});

test('a tail is bounded', () => {
  const record = { body: BODY };
  const two = longerTail(longerTail(null, [BODY]), [BODY]);
  expect(tailAfter(0, [record, record])).toBe(two.length);
  expect(tailAfter(BODY.length, [record])).toBe(two.length);
  expect(tailAfter(1_024 - BODY.length - 1, [record])).toBe(1_024);
  expect(tailAfter(1_024 - BODY.length, [record])).toBeNull();
  const many = Array.from({ length: 100 }, () => record);
  expect(tailAfter(0, many)).toBeNull();
});

test('a tail of another form is refused, not guessed', () => {
  const state = packYouth(UNKNOWN_YOUTH);
  expect(() => unpackStored({ state, tail: '[2]' })).toThrow('form');
  expect(() => unpackStored({ state: '[2]', tail: null })).toThrow('form');
});
