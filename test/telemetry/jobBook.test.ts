import { expect, test } from 'vitest';
import { repeat } from '../../src/jobs/repeat.ts';
import { createJobBook } from '../../src/telemetry/jobBook.ts';

test('each job has when it last ended and last failed, in one order, whoever entered it first', () => {
  let now = Date.UTC(2026, 9, 7);
  const book = createJobBook(() => now);
  const reports = book.enter('reports', 60_000);
  const lists = book.enter('lists', 1_000);
  expect(book.runs().map(({ job, ended }) => [job, ended])).toEqual([
    ['lists', null],
    ['reports', null],
  ]);
  lists(true);
  now += 1_000;
  lists(false);
  reports(true);
  expect(book.runs()).toEqual([
    { job: 'lists', everyMs: 1_000, ended: '2026-10-07T00:00:00.000Z', failed: '2026-10-07T00:00:01.000Z' },
    { job: 'reports', everyMs: 60_000, ended: '2026-10-07T00:00:01.000Z', failed: null },
  ]);
});

test('a round that fails is seen as that, and the next one is seen too', async () => {
  const seen: boolean[] = [];
  let rounds = 0;
  const done = Promise.withResolvers<void>();
  const repetition = repeat({
    everyMs: 1,
    async work() {
      rounds += 1;
      if (rounds === 1) throw new Error('no answer');
    },
    failed: () => undefined,
    seen(ok) {
      seen.push(ok);
      if (seen.length === 2) done.resolve();
    },
  });
  await done.promise;
  await repetition.stop();
  expect(seen.slice(0, 2)).toEqual([false, true]);
});
