import { expect, test } from 'vitest';
import { createLaneOrder } from '../../../src/pipeline/publish/laneOrder.ts';

async function settled(promise: Promise<void>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5)),
  ]);
}

test('a youth’s change in one lane waits for the change before it in another', async () => {
  const order = createLaneOrder(async () => 0n);
  order.own(1, 10n);
  const reached = order.reached(1, 12n);
  order.advance(1, 12n);
  expect(await settled(reached)).toBe(false);
  order.advance(1, 13n);
  expect(await settled(reached)).toBe(true);
});

test('what is published already is not waited for', async () => {
  const order = createLaneOrder(async () => 0n);
  order.own(1, 10n);
  expect(await settled(order.reached(1, 9n))).toBe(true);
});

test('another worker’s lane is waited for in the database', async () => {
  let upto = 5n;
  const order = createLaneOrder(async () => upto);
  const reached = order.reached(7, 5n);
  expect(await settled(reached)).toBe(false);
  upto = 6n;
  await reached;
});

test('a lane that is given up is waited for where its new owner notes its progress', async () => {
  let upto = 0n;
  const order = createLaneOrder(async () => upto);
  order.own(1, 0n);
  const reached = order.reached(1, 3n);
  order.disown(1);
  expect(await settled(reached)).toBe(false);
  upto = 4n;
  await reached;
});
