import { expect, test } from 'vitest';
import { type DeliveryEnd, judgeCalls, type SeenCall } from './whimsicalReceiver.ts';

// What judges the calls under faults finds what is wrong with them.

const DELIVERIES: DeliveryEnd[] = [
  { webhook_id: 'a', state: 'delivered', version: 1, n: 1 },
  { webhook_id: 'b', state: 'delivered', version: 1, n: 2 },
  { webhook_id: 'c', state: 'delivered', version: 2, n: 1 },
];
const call = (id: string, version: number, changes: Partial<SeenCall> = {}): SeenCall => ({
  ...{ id, ref: 'pw_1', version, taken: true, delayMs: 5 },
  ...changes,
});
const [A, B, C] = [call('a', 1), call('b', 1), call('c', 2)];
const NONE = { lost: [], strangers: [], overtaken: [], exhausted: 0, repeated: 0 };

test.each<[string, SeenCall[], object]>([
  ['all in order', [A, B, C], NONE],
  ['one refused, and sent again', [call('a', 1, { taken: false }), A, B, C], NONE],
  ['one sent again after it was taken', [A, A, B, C], { ...NONE, repeated: 1 }],
  ['one that never came', [A, C], { ...NONE, lost: ['b'] }],
  ['one that was never taken', [A, call('b', 1, { taken: false }), C], { ...NONE, lost: ['b'] }],
  ['a message before the first of its record', [B, A, C], { ...NONE, overtaken: ['a'] }],
  ['a version before the one before', [A, C, B], { ...NONE, overtaken: ['b'] }],
  ['two youths, each in order', [A, call('c', 2, { ref: 'pw_2' }), B], NONE],
  ['one under another id', [A, B, C, call('d', 2)], { ...NONE, strangers: ['d'] }],
])('%s', (_what, seen, findings) => {
  expect(judgeCalls(DELIVERIES, seen)).toEqual(findings);
});

test('what waits or was withheld is lost, and what was refused ten times is not', () => {
  const states = ['waiting', 'withheld', 'exhausted'];
  const deliveries = DELIVERIES.map((each, at) => ({ ...each, state: states[at] ?? '' }));
  expect(judgeCalls(deliveries, [A, B, C])).toEqual({ ...NONE, lost: ['a', 'b'], exhausted: 1 });
});
