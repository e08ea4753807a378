import type { GuardedAccess } from '../../src/core/access/access.ts';
import { type AccessContext, decide } from '../../src/core/access/decide.ts';
import type { AccessDecision } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { ROLES, type Role } from '../../src/core/access/role.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { NOW } from '../api/parts.ts';
import { assignment, type Decide, grant, machine, person } from './callers.ts';
import { OTHER, OWN, SCHOOL } from './world.ts';

// The matrix as the county's paper has it, apart from the program's: E own institution, U own unit, C county, O what one
// has sent oneself, m masked, r with a new login, - refused.

const COLUMNS = Object.keys(ROLES) as Role[];

/** Machine first, then the roles: skole inntak fagopplaering radgiver leder drift personvern nav. */
export const PAPER: Readonly<Record<GuardedAccess, string>> = {
  'console:open': '-  E C C C C C C C',
  'rule:read': 'C  E C C C C C C C',
  'feed:write': 'C  E C C C C - - C',
  'upload:errors': 'C  Er Cr Cr Cr - - - Cr',
  'receipt:read': 'O  E C C O C Cm Cm C',
  'receipt:mend': 'O  E C C O C - - C',
  'alert:read': 'C  - - Cm U C Cm Cm -',
  'youth:read': 'C  - - - U C Cm Cm -',
  'youth:search': 'C  - - - U C Cr Cr -',
  'youth:identify': 'C  - - - U C Cr Cr -',
  'youth:act': '-  - - - U C - - -',
  'alert:progress': 'C  - - - U C - - -',
  'change:read': 'C  - - - - - - - -',
  'group:read': 'C  - - - - - - - -',
  'fint:read': 'C  - - - - - - - -',
  'subscription:read': 'C  - - - - C C C -',
  'subscription:act': 'C  - - - - - Cr - -',
  'vigo:read': '-  - - - - C Cr - -',
  'vigo:act': '-  - - - - C Cr - -',
  'nav:read': 'C  - - - - C C C C',
  'nav:fetch': 'C  - - - - - - - Cr',
  'nav:act': 'C  - - - - C - - -',
  'agreement:act': '-  - - - - Cr - Cr -',
  'worklist:read': 'C  - - - U C - - -',
  'bulk:read': '-  - - - - C - - -',
  'bulk:act': '-  - - - - C - - -',
  'wheel:read': 'C  - C C C C - - -',
  'report:read': 'Cm  Em Cm Cm U C Cm Cm Cm',
  'audit:read': '-  - - - U C - C -',
  'log:read': '-  - - - - - - C -',
  'log:sign': '-  - - - - - - C -',
  'access:read': '-  - - - - C C C -',
  'access:propose': '-  - - - - C Cr - -',
  'access:act': '-  - - - - - Cr Cr -',
  'quarantine:read': 'Cm  - - - - - Cm Cm -',
  'quarantine:act': 'Cm  - - - - - Cmr - -',
  'list:read': '-  E C C - C C - C',
  'list:act': '-  - C C - - Cr - -',
  'flow:read': '-  - C - - C C C -',
  'lane:read': '-  - - - - - C C -',
  'lane:act': '-  - - - - - Cr - -',
  'operation:read': '-  - - - - - C - -',
  'clock:act': '-  - - - - - C - -',
};

/** What tries rows shows what follows from them to few. */
const TRIES_ROWS: ReadonlySet<GuardedAccess> = new Set(['feed:write', 'upload:errors']);

/** Feeds that a role may send to; a machine each feed it has a grant for. */
const FEEDS_OF: Readonly<Record<Role, string>> = {
  skole: 'school-dropout private-school lower-secondary',
  inntak: 'vigo-intake private-school lower-secondary',
  fagopplaering: 'apprenticeship',
  radgiver: 'ot-adviser',
  leder: 'ot-adviser',
  drift: '',
  personvern: '',
  nav: 'nav-match nav-arbeidssoker nav-oppfolging nav-deltaker nav-ungdomsprogram',
};

const [own, other] = [{ id: OWN }, { id: OTHER }];
const now = instantOf(NOW);
const allGrants = SCOPES.map((scope) => grant(scope, OWN));

/** Where the decisions differ from the paper, one line each: every access, every caller, own and other organisation, a
 *  new and an old login, every feed. */
export function matrixFaults(using: Decide = decide): string[] {
  return [...cellFaults(using), ...feedFaults(using), ...machineFaults(using)];
}

function cellFaults(using: Decide): string[] {
  return (Object.keys(PAPER) as GuardedAccess[]).flatMap((access) => {
    const cells = PAPER[access].split(/ +/);
    const ask = (principal: Principal, at: typeof own, feed: string | null) =>
      using(principal, access, at, { feed, now });
    return [machine(allGrants), ...COLUMNS.map((role) => person([assignment(role, OWN)]))].flatMap(
      (principal, column) => {
        const wanted = cells[column] ?? '';
        const named = `${access} ${principal.kind === 'machine' ? 'machine' : COLUMNS[column - 1]}`;
        const feed = TRIES_ROWS.has(access) ? feedFor(principal, column) : null;
        const found = codeOf(ask(principal, own, feed));
        const stale = codeOf(ask(aged(principal), own, feed));
        return [
          ...differs(`${named} here`, found, TRIES_ROWS.has(access) ? dryRun(wanted) : bare(wanted)),
          ...differs(`${named} with an old login`, stale, wanted.includes('r') ? 'LOGIN_TOO_OLD' : found),
          ...differs(`${named} elsewhere`, ask(principal, other, feed).permitted, false),
          ...differs(`${named} without anything`, ask(emptied(principal), own, feed).permitted, false),
        ];
      },
    );
  });
}

function feedFaults(using: Decide): string[] {
  const feeds = SCOPES.flatMap((scope) => /^ot\/feeds\/(.+)\.write$/.exec(scope)?.[1] ?? []);
  const context = (feed: string): AccessContext => ({ feed, now });
  return feeds.flatMap((feed) => [
    ...COLUMNS.flatMap((role) =>
      differs(
        `${role} sends to ${feed}`,
        using(person([assignment(role, OWN)]), 'feed:write', own, context(feed)).permitted,
        FEEDS_OF[role].split(' ').includes(feed),
      ),
    ),
    ...differs(
      `a machine of another feed sends to ${feed}`,
      using(
        machine(allGrants.filter(({ scope }) => !scope.includes(`/${feed}.`))),
        'feed:write',
        own,
        context(feed),
      ).permitted,
      false,
    ),
  ]);
}

function machineFaults(using: Decide): string[] {
  const nothing = { feed: null, now };
  const near = new Set(['ot/registrations.read.all', 'x-ot/registrations.read', 'ot/registrations', 'ot']);
  const school = machine(SCOPES.map((scope) => grant(scope, OWN, { institution: SCHOOL })));
  return [
    ...differs(
      'a scope that only holds the text',
      codeOf(using(machine(allGrants, { scopes: near }), 'youth:read', own, nothing)),
      'SCOPE_MISSING',
    ),
    ...differs('a school reads youths', using(school, 'youth:read', own, nothing).permitted, false),
    ...differs(
      'a school sends',
      codeOf(using(school, 'feed:write', own, { ...nothing, feed: 'school-dropout' })),
      'Em',
    ),
    ...differs(
      'identities with the scope of registrations',
      using(
        machine(allGrants, { scopes: new Set(['ot/registrations.read']) }),
        'youth:identify',
        own,
        nothing,
      ).permitted,
      false,
    ),
    ...differs(
      'named for those in hiding, without being so',
      using(person([assignment('leder', OWN)]), 'youth:read', own, nothing),
      { protectedYouths: false },
    ),
  ];
}

function differs(what: string, found: unknown, wanted: unknown): string[] {
  if (typeof wanted === 'object') {
    const { permission } = found as { permission?: { protectedYouths: boolean } };
    return permission?.protectedYouths === false ? [] : [`${what}: ${JSON.stringify(found)}`];
  }
  return found === wanted ? [] : [`${what}: ${found} instead of ${wanted}`];
}

const bare = (cell: string) => cell.replace('r', '').replace(/^-$/, 'refused');
/** A dry run shows what follows to those alone who may read every youth. */
const dryRun = (cell: string) => (cell === '-' ? 'refused' : `${bare(cell)}m`);

function codeOf(decision: AccessDecision): string {
  if (!decision.permitted) {
    const { code } = decision.refusal;
    return code === 'LOGIN_TOO_OLD' || code === 'SCOPE_MISSING' ? code : 'refused';
  }
  const { reach, masked } = decision.permission;
  return `${{ county: 'C', units: 'U', institutions: 'E', sender: 'O' }[reach.kind]}${masked ? 'm' : ''}`;
}

function feedFor(principal: Principal, column: number): string {
  if (principal.kind === 'machine') return 'school-dropout';
  const role = COLUMNS[column - 1];
  return (role === undefined ? '' : FEEDS_OF[role].split(' ')[0]) || 'school-dropout';
}

function aged(principal: Principal): Principal {
  return principal.kind === 'person' ? { ...principal, authenticated: instantOf(NOW - 601_000) } : principal;
}

function emptied(principal: Principal): Principal {
  if (principal.kind === 'person') return { ...principal, roles: [] };
  return principal.kind === 'machine' ? { ...principal, grants: [] } : principal;
}
