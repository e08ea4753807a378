import type { Organisation, OrgId } from '../organisation.ts';
import { epochOf, type IsoInstant } from '../time/date.ts';
import { FEEDS, type Feed } from '../youth/statusEvent.ts';
import type { Access } from './access.ts';
import type { Cell, MatrixRow } from './cells.ts';
import { MATRIX } from './matrix.ts';
import { type AccessDecision, type AccessRefusal, type Permission, WHOLE_COUNTY } from './permission.ts';
import {
  type AccessGrant,
  type MachinePrincipal,
  type PersonPrincipal,
  type Principal,
  type RoleAssignment,
  senderOf,
} from './principal.ts';
import { feedScope } from './scope.ts';

/** How old a login may be where the matrix asks for a new one. */
export const STEP_UP_MS = 10 * 60_000;

export interface AccessContext {
  /** Feed of the address; null where it names none. */
  feed: string | null;
  now: IsoInstant;
}

/** What tries the rows it is sent. */
const TRIES_ROWS: ReadonlySet<Access> = new Set(['feed:write', 'upload:errors']);

/** What the matrix says of a caller's grants or roles, which are those in force now.
 *  @param organisation null when the route is about no single organisation */
export function decide(
  principal: Principal,
  access: Access,
  organisation: Pick<Organisation, 'id'> | null,
  context: AccessContext,
): AccessDecision {
  if (access === 'public' || principal.kind === 'local') {
    return { permitted: true, permission: WHOLE_COUNTY };
  }
  const asked = { row: MATRIX[access], org: organisation?.id ?? null, ...context };
  const decision = principal.kind === 'machine' ? ofMachine(principal, asked) : ofPerson(principal, asked);
  if (!TRIES_ROWS.has(access) || !decision.permitted) return decision;
  // A dry run answers with what a row would lead to, which depends on what is known of the youth already.
  const reading = decide(principal, 'youth:read', organisation, { ...context, feed: null });
  return { permitted: true, permission: { ...decision.permission, masked: !showsEveryYouth(reading) } };
}

function showsEveryYouth(reading: AccessDecision): boolean {
  if (!reading.permitted) return false;
  const { reach, masked, protectedYouths } = reading.permission;
  return reach.kind === 'county' && !masked && protectedYouths;
}

interface Asked extends AccessContext {
  row: MatrixRow;
  org: OrgId | null;
}

function ofMachine(principal: MachinePrincipal, { row: { machine }, org, feed }: Asked): AccessDecision {
  if (machine === null || org === null) return refuse({ code: 'NO_GRANT' });
  const { scope, masked } = machine;
  const wanted = scope === 'feed' ? feedScopes(feed) : [{ feed: null, scope }];
  const scoped = wanted.filter((each) => principal.scopes.has(each.scope));
  if (scoped.length === 0) {
    return refuse({ code: 'SCOPE_MISSING', scope: wanted.map((each) => each.scope).join(' ') });
  }
  const granted = scoped.flatMap((each) =>
    principal.grants
      .filter((grant) => grant.org === org && grant.scope === each.scope)
      // What an institution may read of youths is nothing: it sends, and follows what it has sent.
      .filter((grant) => grant.institution === null || scope === 'feed')
      .map((grant) => ({ grant, feed: each.feed })),
  );
  if (granted.length === 0) return refuse({ code: 'NO_GRANT' });
  const grants = granted.map(({ grant }) => grant);
  return {
    permitted: true,
    permission: {
      reach: scope === 'feed' && feed === null ? ownOf(principal) : reachOfGrants(grants),
      feeds: scope === 'feed' ? granted.flatMap((each) => each.feed ?? []) : null,
      sheets: null,
      organisations: [org],
      roles: [],
      masked,
      protectedYouths: grants.some((grant) => grant.protectedYouths),
      by: together(grants.map((grant) => grant.scope)),
    },
  };
}

function feedScopes(feed: string | null) {
  return FEEDS.filter((each) => each !== 'bridge')
    .filter((each) => feed === null || each === feed)
    .map((each) => ({ feed: each as Feed, scope: feedScope(each) }));
}

const ownOf = (principal: Principal): Permission['reach'] => ({
  kind: 'sender',
  sender: senderOf(principal),
});

function reachOfGrants(grants: readonly AccessGrant[]): Permission['reach'] {
  const institutions = grants.map(({ institution }) => institution);
  return institutions.includes(null)
    ? { kind: 'county' }
    : { kind: 'institutions', institutions: institutions.flatMap((each) => each ?? []) };
}

interface Covering {
  assignment: RoleAssignment;
  cell: Cell;
}

function ofPerson(principal: PersonPrincipal, { row, org, feed, now }: Asked): AccessDecision {
  const covering = principal.roles
    .filter((assignment) => org === null || assignment.org === org)
    .flatMap((assignment) => {
      const cell = row[assignment.role];
      return cell !== null && covers(cell, assignment, feed) ? [{ assignment, cell }] : [];
    });
  if (covering.length === 0) return refuse({ code: 'NOT_PERMITTED' });
  const usable = covering.filter(({ cell }) => !cell.stepUp || isFresh(principal, now));
  const [widest] = usable.toSorted((one, other) => width(other.cell) - width(one.cell));
  if (widest === undefined) return refuse({ code: 'LOGIN_TOO_OLD' });
  const alike = usable.filter(({ cell }) => width(cell) === width(widest.cell));
  return { permitted: true, permission: permissionOf(principal, alike) };
}

function covers(cell: Cell, assignment: RoleAssignment, feed: string | null): boolean {
  if (cell.reach === 'unit' && assignment.unit === null) return false;
  if (cell.reach === 'institution' && assignment.institution === null) return false;
  return feed === null || cell.feeds === null || cell.feeds.some((each) => each === feed);
}

/** Of a person's roles the one that shows most counts, together with those that are its like. */
function width({ masked, reach }: Cell): number {
  const wide = { county: 3, unit: 2, institution: 1, sender: 0 }[reach];
  return masked ? wide : wide + 10;
}

function isFresh({ high, authenticated }: PersonPrincipal, now: IsoInstant): boolean {
  return high && epochOf(now) - epochOf(authenticated) <= STEP_UP_MS;
}

function permissionOf(principal: PersonPrincipal, alike: readonly Covering[]): Permission {
  const cells = alike.map(({ cell }) => cell);
  const roles = alike.map(({ assignment }) => assignment.role);
  const named = alike.filter(({ assignment }) => assignment.protectedYouths);
  const reach = reachOfRoles(principal, alike);
  return {
    reach,
    feeds: unionOrAll(cells.map(({ feeds }) => feeds)),
    sheets: unionOrAll(cells.map(({ sheets }) => sheets)),
    organisations: alike.map(({ assignment }) => assignment.org),
    roles,
    masked: cells.every(({ masked }) => masked),
    protectedYouths: named.length > 0,
    // Named for one unit is not named for another.
    ...(reach.kind === 'units' && {
      protectedUnits: named.flatMap(({ assignment }) => assignment.unit ?? []),
    }),
    by: together(roles),
  };
}

function reachOfRoles(principal: PersonPrincipal, alike: readonly Covering[]): Permission['reach'] {
  const assignments = alike.map(({ assignment }) => assignment);
  switch (alike[0]?.cell.reach) {
    case 'county':
      return { kind: 'county' };
    case 'unit':
      return { kind: 'units', units: assignments.flatMap(({ unit }) => unit ?? []) };
    case 'institution':
      return {
        kind: 'institutions',
        institutions: assignments.flatMap(({ institution }) => institution ?? []),
      };
    case 'sender':
    case undefined:
      return ownOf(principal);
  }
}

function unionOrAll<T>(each: readonly (readonly T[] | null)[]): readonly T[] | null {
  return each.includes(null) ? null : [...new Set(each.flatMap((some) => some ?? []))];
}

function together(names: readonly string[]): string {
  return [...new Set(names)].sort().join(' ');
}

function refuse(refusal: AccessRefusal): AccessDecision {
  return { permitted: false, refusal };
}
