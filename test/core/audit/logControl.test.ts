import { expect, test } from 'vitest';
import { isOutsideOfficeHours, logWeek, logWeeks } from '../../../src/core/audit/logControl.ts';

test('a week is signed when it is over, within seven days after that', () => {
  const on = (today: string, signed = false) => logWeek('2026-11-16', today, signed).state;
  expect(logWeek('2026-11-16', '2026-11-18', false)).toEqual({
    ...{ week: '2026-11-16', state: 'running', signBy: '2026-11-29' },
  });
  expect([on('2026-11-22'), on('2026-11-23'), on('2026-11-29'), on('2026-11-30')]).toEqual([
    ...['running', 'due', 'due', 'overdue'],
  ]);
  expect(on('2027-01-01', true)).toBe('signed');
});

test('the weeks go from the first with a line to that of today, newest first', () => {
  const weeks = (first: string | null, most = 26) =>
    logWeeks(first, { today: '2026-11-30', signed: new Set(['2026-11-16']), most }).map(
      ({ week, state }) => `${week} ${state}`,
    );
  expect(weeks('2026-11-12')).toEqual([
    ...['2026-11-30 running', '2026-11-23 due', '2026-11-16 signed', '2026-11-09 overdue'],
  ]);
  expect(weeks(null)).toEqual(['2026-11-30 running']);
  expect(weeks('2020-01-01', 3)).toHaveLength(3);
});

test('office hours are those of weekdays in Oslo, in summer as in winter', () => {
  const outside = (at: string) => isOutsideOfficeHours(at);
  // Monday, in normal time and in summer time.
  expect(['2026-11-30T05:59:59.999Z', '2026-11-30T06:00:00.000Z'].map(outside)).toEqual([true, false]);
  expect(['2026-11-30T15:59:59.999Z', '2026-11-30T16:00:00.000Z'].map(outside)).toEqual([false, true]);
  expect(['2026-06-29T04:59:59.999Z', '2026-06-29T05:00:00.000Z'].map(outside)).toEqual([true, false]);
  expect(['2026-11-28T11:00:00.000Z', '2026-11-29T11:00:00.000Z'].map(outside)).toEqual([true, true]);
});
