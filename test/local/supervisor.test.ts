import { expect, test, vi } from 'vitest';
import type { EmbeddedProcess, Exit } from '../../src/local/daemon.ts';
import { supervise } from '../../src/local/supervisor.ts';

function fakePart(pid: number) {
  const listeners: ((exit: Exit) => void)[] = [];
  const die = (expected: boolean) => {
    for (const listener of listeners) listener({ code: null, signal: 'SIGKILL', expected });
  };
  const part: EmbeddedProcess = {
    pid: () => pid,
    adopted: false,
    stop: async () => die(true),
    onExit: (listener) => listeners.push(listener),
  };
  return { part, die: () => die(false) };
}

function supervised(outcomes: (ReturnType<typeof fakePart> | Error)[]) {
  const events: string[] = [];
  const start = vi.fn(async () => {
    const next = outcomes.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('no more');
    return next.part;
  });
  const supervisor = supervise({
    name: 'Kafka',
    start,
    onDown: () => events.push('down'),
    onUp: (_, pid) => events.push(`up ${pid}`),
    onFailed: (_, __, nextMs) => events.push(`failed, next in ${nextMs}`),
  });
  return { supervisor, events, start };
}

test('a first start that fails is not repeated: the person who started must hear of it', async () => {
  const { supervisor, start } = supervised([new Error('port taken')]);
  await expect(supervisor).rejects.toThrow('port taken');
  expect(start).toHaveBeenCalledTimes(1);
});

test('a part that dies is started again, with longer waits while it fails', async () => {
  const [first, second] = [fakePart(1), fakePart(2)];
  const { supervisor, events } = supervised([first, new Error('no'), new Error('no'), second]);
  const handle = await supervisor;
  first.die();
  expect(handle.pid()).toBeUndefined();
  await expect
    .poll(() => events, { timeout: 10_000 })
    .toEqual(['down', expect.anything(), expect.anything(), 'up 2']);
  const waits = events.slice(1, 3).map((event) => Number(event.split(' ').at(-1)));
  expect(waits[1]).toBe(waits[0]! * 2);
  expect(handle.pid()).toBe(2);
  await handle.stop();
});

test('a part that we stop stays stopped', async () => {
  const { supervisor, events, start } = supervised([fakePart(1), fakePart(2)]);
  const handle = await supervisor;
  await handle.stop();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(events).toEqual([]);
  expect(start).toHaveBeenCalledTimes(1);
});

test('a stop while a restart waits cancels it', async () => {
  const first = fakePart(1);
  const { supervisor, start } = supervised([first, new Error('no'), new Error('no'), fakePart(2)]);
  const handle = await supervisor;
  first.die();
  await handle.stop();
  const calls = start.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(start).toHaveBeenCalledTimes(calls);
});
