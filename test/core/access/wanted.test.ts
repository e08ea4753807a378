import { expect, test } from 'vitest';
import { ACCESS, type GuardedAccess } from '../../../src/core/access/access.ts';
import { MATRIX } from '../../../src/core/access/matrix.ts';
import { OPEN_FEEDS, SCOPES } from '../../../src/core/access/scope.ts';
import { needsSecond } from '../../../src/core/access/wanted.ts';

const scopeNeeds = (scope: (typeof SCOPES)[number], protectedYouths = false) =>
  needsSecond({ kind: 'grant', scope, institution: null, protectedYouths });

test('every scope that discloses persons is given by two, and no other', () => {
  expect(SCOPES.filter((scope) => scopeNeeds(scope))).toEqual([
    'ot/registrations.read',
    'ot/groups.read',
    'ot/identities.read',
    'ot/worklists.read',
    'ot/nav.read',
  ]);
  // What one sends oneself, counts, masked records, and calls about what one may read besides.
  expect(SCOPES.filter((scope) => !scopeNeeds(scope))).toEqual([
    ...OPEN_FEEDS.map((feed) => `ot/feeds/${feed}.write`),
    'ot/reports.read',
    'ot/quarantine.write',
    'ot/subscriptions.write',
    // It has the list made and sees its counts: who fetches the list has the scope above.
    'ot/nav.extract',
  ]);
  expect(SCOPES.every((scope) => scopeNeeds(scope, true))).toBe(true);
});

test('what a machine may read of single youths, it reads by a scope that two have given', () => {
  const ofYouths = (Object.keys(ACCESS) as GuardedAccess[]).filter((access) =>
    /^(alert|youth|change|group|fint|worklist|vigo):/.test(access),
  );
  expect(ofYouths.length).toBeGreaterThanOrEqual(10);
  for (const access of ofYouths) {
    const { machine } = MATRIX[access];
    if (machine === null || machine.scope === 'feed') continue;
    expect(scopeNeeds(machine.scope), access).toBe(true);
  }
});
