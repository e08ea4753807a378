import { describe, expect, test } from 'vitest';
import type { ACCESS } from '../../src/core/access/access.ts';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { ROLES, type Role } from '../../src/core/access/role.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { appOf, testParts } from '../api/parts.ts';
import { goldenOpenApi } from '../golden/openapi.ts';
import { assignment, controlOf, grant, machine, person } from './callers.ts';
import { matrixFaults, PAPER } from './matrixTable.ts';
import { PLANTED } from './planted.ts';
import { OTHER, OWN } from './world.ts';

/** Of the console: not in the description, and asked about in the same way. */
const pages = appOf(testParts()).pages.map((page) => ({ ...page, console: true }));
const operations = Object.entries<Record<string, { 'x-access': keyof typeof ACCESS }>>(
  JSON.parse(goldenOpenApi()).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, route]) => ({ method, path, access: route['x-access'] })),
);
const guarded = [
  ...operations.flatMap(({ access, ...at }) =>
    access === 'public' ? [] : [{ access, ...at, console: false }],
  ),
  ...pages,
];

describe('the matrix', () => {
  test('has a line for each access that a route needs', () => {
    expect(Object.keys(PAPER).sort()).toEqual([...new Set(guarded.map(({ access }) => access))].sort());
  });

  test('has a line for each page and act of the console', () => {
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.filter(({ access }) => PAPER[access] === undefined)).toEqual([]);
  });

  test('is what is decided: every access, every caller, here and elsewhere, each feed', () => {
    expect(matrixFaults()).toEqual([]);
  });

  test('the local caller may do everything', () => {
    const parts = testParts();
    const decision = parts.access.decide({ kind: 'local', name: 'l', key: 'l' }, 'lane:act', null, {
      feed: null,
    });
    expect(decision).toEqual({ permitted: true, permission: WHOLE_COUNTY });
  });
});

describe('every operation asks, at its own organisation and no other', () => {
  const parts = testParts({
    organisations: [
      { id: OWN, county: countyNumber('40'), virtualClock: false },
      { id: OTHER, county: countyNumber('39'), virtualClock: false },
    ],
  });
  const columns = ['machine', ...Object.keys(ROLES)] as const;

  const apps = new Map<string, ReturnType<typeof appOf>['app']>();
  /** One of each caller's: making an app takes longer than asking it everything. */
  function appFor(role: (typeof columns)[number], org: typeof OWN) {
    const known = apps.get(`${role} ${org}`);
    if (known !== undefined) return known;
    const caller =
      role === 'machine'
        ? machine([grant('ot/feeds/school-dropout.write', org), ...READS.map((scope) => grant(scope, org))])
        : person([assignment(role as Role, org)]);
    const { app } = appOf({ ...parts, access: controlOf(caller) });
    apps.set(`${role} ${org}`, app);
    return app;
  }

  test.each(guarded)('$method $path', async ({ method, path, access, console }) => {
    const cells = PAPER[access].split(/ +/);
    for (const [column, role] of columns.entries()) {
      for (const [roleAt, askedAt] of [
        [OWN, OWN],
        [OWN, OTHER],
        [OTHER, OWN],
        [OTHER, OTHER],
      ] as const) {
        const app = appFor(role, roleAt);
        const address = path
          .replace('{org}', askedAt)
          .replace('{feed}', FEED_OF[role] ?? 'school-dropout')
          .replaceAll(/\{\w+\}/g, '1');
        const headers = { 'x-organisasjon': askedAt };
        const { status } = await app.request(address, { method: method.toUpperCase(), headers });
        // A route about no organisation is asked about all of the caller's.
        const here = roleAt === askedAt || path.startsWith('/internal');
        const ofMachines = !path.startsWith('/internal') && !console;
        const permitted = here && cells[column] !== '-' && (role !== 'machine' || ofMachines);
        expect(`${role} of ${roleAt} at ${askedAt}: ${status === 403 ? 'refused' : 'let in'}`).toBe(
          `${role} of ${roleAt} at ${askedAt}: ${permitted ? 'let in' : 'refused'}`,
        );
      }
    }
  });
});

describe('a planted fault in the decision is found', () => {
  test.each(PLANTED)('$name', async ({ decide, isFound }) => {
    expect(await isFound(decide)).toBe(true);
  });
});

const READS = [
  ...['ot/registrations.read', 'ot/identities.read', 'ot/worklists.read', 'ot/reports.read'],
  ...['ot/quarantine.write', 'ot/groups.read', 'ot/subscriptions.write'],
  ...['ot/nav.read', 'ot/nav.extract'],
];
const FEED_OF: Partial<Record<string, string>> = {
  ...{ inntak: 'vigo-intake', fagopplaering: 'apprenticeship', radgiver: 'ot-adviser' },
  ...{ leder: 'ot-adviser', nav: 'nav-match' },
};
