import type { Context } from 'hono';
import type { GuardedAccess } from '../core/access/access.ts';
import type { Permission } from '../core/access/permission.ts';
import type { ShowQuestion } from '../core/nav/disclosed.ts';
import type { OrgId } from '../core/organisation.ts';
import { instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { todayOf } from '../desk/organisationToday.ts';
import { disclosedQueries } from '../desk/reach/disclosedQueries.ts';
import { reachedOperations } from '../desk/reach/reachedOperations.ts';
import { reachedQueries } from '../desk/reach/reachedQueries.ts';
import type { ApiEnv } from './apiEnv.ts';
import type { ApiParts } from './parts.ts';

export type ReadingParts = Pick<
  ApiParts,
  'queries' | 'operations' | 'now' | 'readAs' | 'policyOf' | 'agreementsOf'
>;

/** The parts with which a request is answered: what they read is what its caller may see. */
export function deskFor<Parts extends ReadingParts>(c: Context<ApiEnv>, parts: Parts): Parts {
  return deskWithin(c, parts, c.get('permission'));
}

/** The same for a part of an answer that needs another access than its route, with what that access permits.
 *  @param feed null asks about any. Null when the caller may not use it, or only after a new login */
export function deskAs<Parts extends ReadingParts>(
  c: Context<ApiEnv>,
  parts: Parts,
  access: GuardedAccess,
  feed: string | null = null,
): { desk: Parts; permission: Permission } | null {
  const decision = c
    .get('control')
    .decide(c.get('principal'), access, c.get('organisation') ?? null, { feed });
  if (!decision.permitted) return null;
  return { desk: deskWithin(c, parts, decision.permission), permission: decision.permission };
}

function deskWithin<Parts extends ReadingParts>(
  c: Context<ApiEnv>,
  parts: Parts,
  permission: Permission,
): Parts {
  const organisation = c.get('organisation');
  const { queries, operations } = parts.readAs(permission);
  const today = async () =>
    organisation === undefined ? osloDate(instantOf(parts.now())) : todayOf(parts, organisation);
  const shown = async (org: OrgId): Promise<ShowQuestion> => ({
    agreements: await parts.agreementsOf(org),
    policy: parts.policyOf(org),
    at: (await operations.virtualNow(org)) ?? instantOf(parts.now()),
  });
  return {
    ...parts,
    operations: reachedOperations(operations, permission),
    queries: disclosedQueries(reachedQueries(queries, permission, today), shown),
  };
}
