import { decide } from '../../src/core/access/decide.ts';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { NOW, testParts } from '../api/parts.ts';
import type { Decide } from './callers.ts';
import { CALLERS } from './casts.ts';
import { matrixFaults } from './matrixTable.ts';
import { shownTo } from './shown.ts';
import { OTHER, OWN, seedWorld } from './world.ts';

// Faults of the kind that has been made elsewhere, each planted in the decision, and which test finds it.

export interface Planted {
  name: string;
  decide: Decide;
  isFound(using: Decide): Promise<boolean>;
}

const inMatrix: Planted['isFound'] = async (using) => matrixFaults(using).length > 0;

/** By asking for everything as every caller. */
const inAnswers: Planted['isFound'] = async (using) => {
  const { memory, ...kept } = testParts({
    organisations: [
      { id: OWN, county: countyNumber('40'), virtualClock: false },
      { id: OTHER, county: countyNumber('39'), virtualClock: false },
    ],
  });
  const parts = { ...kept, readAs: () => ({ queries: memory, operations: memory }) };
  const things = await seedWorld(memory, parts.vault);
  for (const { principal, sees } of CALLERS) {
    const shown = await shownTo(principal, things, { parts, fence: 'guard', decide: using });
    if (things.some((thing) => shown.has(thing.mark) && !sees(thing))) return true;
  }
  return false;
};

const withPrincipal =
  (change: (principal: Principal, org: string) => Principal): Decide =>
  (principal, access, organisation, context) =>
    decide(change(principal, organisation?.id ?? ''), access, organisation, context);

const withPermission =
  (change: (permission: Permission) => Partial<Permission>): Decide =>
  (...asked) => {
    const decision = decide(...asked);
    return decision.permitted
      ? { permitted: true, permission: { ...decision.permission, ...change(decision.permission) } }
      : decision;
  };

const countyInstead = (kind: Permission['reach']['kind']) =>
  withPermission(({ reach }) => (reach.kind === kind ? { reach: { kind: 'county' } } : {}));

export const PLANTED: readonly Planted[] = [
  {
    name: 'nothing is checked',
    decide: () => ({ permitted: true, permission: WHOLE_COUNTY }),
    isFound: inMatrix,
  },
  {
    name: 'the organisation is taken from the request',
    decide: withPrincipal((principal, org) => {
      if (principal.kind === 'person')
        return {
          ...principal,
          roles: principal.roles.map((each) => ({ ...each, org: org as typeof each.org })),
        };
      if (principal.kind === 'machine')
        return {
          ...principal,
          grants: principal.grants.map((each) => ({ ...each, org: org as typeof each.org })),
        };
      return principal;
    }),
    isFound: inMatrix,
  },
  {
    name: 'a scope counts when it holds the text of the one that is asked for',
    decide: withPrincipal((principal) =>
      principal.kind === 'machine'
        ? {
            ...principal,
            scopes: new Set(
              SCOPES.filter((scope) => [...principal.scopes].some((each) => each.includes(scope))),
            ),
          }
        : principal,
    ),
    isFound: inMatrix,
  },
  {
    name: 'a token with a scope needs no grant',
    decide: withPrincipal((principal, org) =>
      principal.kind === 'machine'
        ? {
            ...principal,
            grants: [...principal.scopes].map((scope) => ({
              ...{ id: scope, scope, org: org as never, orgnr: principal.consumer },
              ...{ institution: null, protectedYouths: false },
            })),
          }
        : principal,
    ),
    isFound: inMatrix,
  },
  { name: 'the unit is ignored', decide: countyInstead('units'), isFound: inAnswers },
  { name: 'the institution is ignored', decide: countyInstead('institutions'), isFound: inAnswers },
  { name: 'receipts of every sender', decide: countyInstead('sender'), isFound: inAnswers },
  {
    name: 'everybody hears of youths in hiding',
    decide: withPermission(() => ({ protectedYouths: true })),
    isFound: inAnswers,
  },
  { name: 'nothing is masked', decide: withPermission(() => ({ masked: false })), isFound: inMatrix },
  {
    name: 'receipts and lists of every feed',
    decide: withPermission(() => ({ feeds: null })),
    isFound: inAnswers,
  },
  {
    name: 'the feed of the address is ignored',
    decide: (principal, access, organisation, context) =>
      decide(principal, access, organisation, { ...context, feed: null }),
    isFound: inMatrix,
  },
  {
    name: 'an old login is as good as a new one',
    decide: withPrincipal((principal) =>
      principal.kind === 'person' ? { ...principal, high: true, authenticated: instantOf(NOW) } : principal,
    ),
    isFound: inMatrix,
  },
  {
    name: 'the grant of a school reads youths',
    decide: withPrincipal((principal) =>
      principal.kind === 'machine'
        ? { ...principal, grants: principal.grants.map((each) => ({ ...each, institution: null })) }
        : principal,
    ),
    isFound: inMatrix,
  },
];
