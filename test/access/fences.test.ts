import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { testParts } from '../api/parts.ts';
import { goldenOpenApi } from '../golden/openapi.ts';
import { CALLERS } from './casts.ts';
import { readings } from './requests.ts';
import { shownTo } from './shown.ts';
import { OTHER, OWN, seedNav, seedVigo, seedWorld } from './world.ts';

const { memory, ...kept } = testParts({
  organisations: [
    { id: OWN, county: countyNumber('40'), virtualClock: false },
    { id: OTHER, county: countyNumber('39'), virtualClock: false },
  ],
});
const parts = { ...kept, readAs: () => ({ queries: memory, operations: memory }) };
const seeded = await seedWorld(memory, parts.vault);
const things = [...seeded, ...(await seedVigo(memory, seeded)), ...(await seedNav(memory, seeded))];
const marks = (sees: (thing: (typeof things)[number]) => boolean) =>
  named(new Set(things.filter(sees).map(({ mark }) => mark)));
/** As a difference is read. */
const named = (shown: ReadonlySet<string>) =>
  things
    .filter(({ mark }) => shown.has(mark))
    .map(({ kind, org, unit = '', institution = '', sender = '', hidden = false }) =>
      [kind, org, unit, institution, sender, hidden ? 'hidden' : ''].join(' '),
    )
    .sort();

describe('a caller who asks for everything is shown what is theirs, and all of it', () => {
  test.each(CALLERS)('$name', async ({ principal, sees }) => {
    expect(named(await shownTo(principal, things, { parts, fence: 'guard' }))).toEqual(marks(sees));
  });
});

describe('the permission alone, when the guard lets everybody through', () => {
  test.each(CALLERS)('$name', async ({ principal, sees }) => {
    expect(named(await shownTo(principal, things, { parts, fence: 'desk' }))).toEqual(marks(sees));
  });

  test('without it, everybody is shown everything: the tests above would fail', async () => {
    for (const { principal } of CALLERS.slice(-1)) {
      expect(named(await shownTo(principal, things, { parts, fence: 'none' }))).toEqual(marks(() => true));
    }
  });
});

test('every operation that reads persons, lists or receipts is asked for', () => {
  const asked = new Set(readings(OWN, things).map(({ operation }) => operation));
  const described: Record<string, Record<string, { 'x-access': string }>> = JSON.parse(goldenOpenApi()).paths;
  const reading = Object.entries(described).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, route]) => READS.includes(route['x-access']))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
  expect(reading.filter((each) => !asked.has(each))).toEqual([
    // The same for all.
    'GET /organisations/{org}/worklists',
    // Acts that show nothing; where they may not be done they have no effect (acts.test.ts).
    'POST /organisations/{org}/vigo/files/{file}/withdraw',
    'POST /organisations/{org}/vigo/receipts',
  ]);
});

const READS: readonly string[] = [
  ...['receipt:read', 'alert:read', 'youth:read', 'youth:search', 'youth:identify', 'worklist:read'],
  ...['change:read', 'group:read', 'report:read', 'audit:read', 'quarantine:read', 'list:read'],
  ...['fint:read', 'vigo:read', 'vigo:act'],
];
