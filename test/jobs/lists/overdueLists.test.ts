import { beforeEach, expect, test } from 'vitest';
import { type OrgId, orgId } from '../../../src/core/organisation.ts';
import { alertOverdueLists, type OverdueParts } from '../../../src/jobs/lists/overdueLists.ts';
import type { OverdueList } from '../../../src/store/operationsPort.ts';
import type { Alarm } from '../../../src/telemetry/alarm.ts';

const ORG = orgId('vestlandfylke-no');
const BATCH: OverdueList = { list: 'nav', run: 'B-2026-11', total: 87, rows: 61 };

let open: OverdueList[];
let alarms: ({ code: string } & Alarm)[];
let asked: [string, string][];
let note: OverdueParts['operations']['markOverdueReported'];
let virtualNow: string | null;

beforeEach(() => {
  open = [BATCH];
  alarms = [];
  asked = [];
  virtualNow = null;
  note = async (_org, _list, run) => {
    open = open.filter((each) => each.run !== run);
  };
});

const look = (orgs: readonly OrgId[] = [ORG]) =>
  alertOverdueLists(
    {
      operations: {
        async overdueLists(org, before) {
          asked.push([org, before]);
          return open;
        },
        markOverdueReported: (...entry) => note(...entry),
        virtualNow: async () => virtualNow,
      },
      policyFor: () => ({ listHours: 48 }),
      now: () => '2026-11-05T08:00:00.000Z',
      alarm: (code, alarm) => alarms.push({ code, ...alarm }),
    },
    orgs,
  );

test('N04 a list that is not whole in time is reported once, with how many rows are missing', async () => {
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  expect(alarms).toEqual([
    {
      code: 'LIST_INCOMPLETE',
      org: ORG,
      list: 'nav',
      run: 'B-2026-11',
      detail: 'ROWS_MISSING',
      count: 26,
    },
  ]);
});

test.each([
  [
    { total: null, rows: 61 },
    { detail: 'NO_TOTAL', count: 61 },
  ],
  [
    { total: 87, rows: 88 },
    { detail: 'TOO_MANY_ROWS', count: 1 },
  ],
  [
    { total: 87, rows: 0 },
    { detail: 'ROWS_MISSING', count: 87 },
  ],
])('of %j it is reported as %j', async (list, expected) => {
  open = [{ ...BATCH, ...list }];
  await look();
  expect(alarms).toMatchObject([expected]);
});

test('the time is the county’s policy, by the real clock or the county’s virtual one', async () => {
  await look();
  virtualNow = '2020-11-05T08:00:00.000Z';
  await look();
  expect(asked).toEqual([
    [ORG, '2026-11-03T08:00:00.000Z'],
    [ORG, '2020-11-03T08:00:00.000Z'],
  ]);
});

test('a process without a county reports no list', async () => {
  expect(await look([])).toBe(0);
  expect(asked).toEqual([]);
});

test('when the report cannot be noted, it is reported again, and never not at all', async () => {
  const noted = note;
  note = () => Promise.reject(new Error('killed'));
  await expect(look()).rejects.toThrow('killed');
  note = noted;
  await look();
  expect(alarms).toHaveLength(2);
});
