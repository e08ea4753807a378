import type { AccessControl } from '../../src/api/access.ts';
import { type AccessContext, decide } from '../../src/core/access/decide.ts';
import type {
  AccessGrant,
  MachinePrincipal,
  OrganisationNumber,
  PersonKey,
  PersonPrincipal,
  Principal,
  RoleAssignment,
} from '../../src/core/access/principal.ts';
import type { Role } from '../../src/core/access/role.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { NOW } from '../api/parts.ts';
import { CONSUMER, SCHOOL, UNIT } from './world.ts';

// Who calls in the tests of access.

export function assignment(role: Role, org: OrgId, changes: Partial<RoleAssignment> = {}): RoleAssignment {
  const bound = {
    unit: role === 'radgiver' ? UNIT : null,
    institution: role === 'skole' ? SCHOOL : null,
  };
  return { id: `${role}-${org}`, org, role, ...bound, protectedYouths: false, ...changes };
}

export function person(
  roles: readonly RoleAssignment[],
  changes: Partial<PersonPrincipal> = {},
): PersonPrincipal {
  const key = 'a'.repeat(64) as PersonKey;
  const login = { high: true, authenticated: instantOf(NOW - 60_000), session: 'session' };
  const none = { orgnrs: [], groups: [] };
  return { kind: 'person', name: 'person', key, person: key, roles, ...login, ...none, ...changes };
}

export function grant(scope: string, org: OrgId, changes: Partial<AccessGrant> = {}): AccessGrant {
  const bound = { institution: null, protectedYouths: false };
  return { id: `${scope}-${org}`, org, orgnr: CONSUMER as OrganisationNumber, scope, ...bound, ...changes };
}

export function machine(
  grants: readonly AccessGrant[],
  changes: Partial<MachinePrincipal> = {},
): MachinePrincipal {
  const consumer = CONSUMER as OrganisationNumber;
  return {
    ...{ kind: 'machine', name: `0192:${consumer}`, key: `0192:${consumer}`, consumer, supplier: null },
    ...{ clientId: null, tokenId: null, scopes: new Set(SCOPES), grants },
    ...changes,
  };
}

export type Decide = typeof decide;

/** The caller is the one named in a header. */
export function controlOf(principal: Principal | undefined, using: Decide = decide): AccessControl {
  return {
    principalOf: () => principal,
    decide: (caller, access, organisation, { feed }) => {
      const context: AccessContext = { feed, now: instantOf(NOW) };
      return using(caller, access, organisation, context);
    },
    challenge: 'Bearer',
  };
}
