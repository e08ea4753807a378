import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createFormKeys } from '../../src/console/frame/formKeys.ts';

const HOUR = 3_600_000;

function world() {
  let now = Date.UTC(2026, 9, 7, 7, 12);
  const keys = createFormKeys(
    (text) => createHmac('sha256', 'key').update(text).digest(),
    () => now,
  );
  let acts = 0;
  const act = async () => {
    acts += 1;
    return { to: `/k/a/${acts}` };
  };
  return { keys, act, acts: () => acts, pass: (ms: number) => (now += ms) };
}

describe('the one-time key of a form', () => {
  test('a second sending gets the first result, also when both come together', async () => {
    const { keys, act, acts } = world();
    const key = keys.draw('one');
    const both = await Promise.all([keys.settle(key, 'one', act), keys.settle(key, 'one', act)]);
    expect(both).toEqual([
      { to: '/k/a/1', repeated: false },
      { to: '/k/a/1', repeated: true },
    ]);
    expect(await keys.settle(key, 'one', act)).toEqual({ to: '/k/a/1', repeated: true });
    expect(acts()).toBe(1);
  });

  test('what had no effect may be sent again', async () => {
    const { keys, act } = world();
    const key = keys.draw('one');
    expect(await keys.settle(key, 'one', async () => null)).toBeNull();
    await expect(keys.settle(key, 'one', () => Promise.reject(new Error('Kafka')))).rejects.toThrow('Kafka');
    expect(await keys.settle(key, 'one', act)).toEqual({ to: '/k/a/1', repeated: false });
  });

  test('of another session, changed, old or missing, it is refused', async () => {
    const { keys, act, acts, pass } = world();
    const key = keys.draw('one');
    const changed = key.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    for (const [given, session] of [
      [key, 'another'],
      [changed, 'one'],
      [undefined, 'one'],
      ['', 'one'],
    ] as const)
      await expect(keys.settle(given, session, act)).rejects.toMatchObject({ code: 'FORM_OUTDATED' });
    pass(9 * HOUR);
    await expect(keys.settle(key, 'one', act)).rejects.toMatchObject({ code: 'FORM_OUTDATED' });
    expect(acts()).toBe(0);
  });
});
