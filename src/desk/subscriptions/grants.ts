import type { OrganisationNumber } from '../../core/access/principal.ts';
import { type Principal, senderOf } from '../../core/access/principal.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import { coversKind } from '../../core/subscription/mayHear.ts';
import type { CallKind } from '../../core/subscription/subscription.ts';
import { instantOf } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';

// What a subscription asks to hear of must be covered when it is made. What is heard in the end is decided for each call.

/** For whom it is: by `senderOf`, and the organisation number whose grants decide. */
export interface Subscriber {
  subscriber: string;
  /** Null in an open installation: all is heard. */
  orgnr: OrganisationNumber | null;
}

/** @param orgnr that the caller names; a system is its own. Undefined when a person names none */
export function subscriberFor(
  principal: Principal,
  orgnr: OrganisationNumber | null,
): Subscriber | undefined {
  if (principal.kind === 'machine') {
    const own = orgnr === null || orgnr === principal.consumer;
    return own ? { subscriber: senderOf(principal), orgnr: principal.consumer } : undefined;
  }
  if (orgnr !== null) return { subscriber: `0192:${orgnr}`, orgnr };
  return principal.kind === 'local' ? { subscriber: senderOf(principal), orgnr: null } : undefined;
}

/** What no grant covers. */
export async function grantProblems(
  parts: Pick<DeskParts, 'accessRecords' | 'agreementsOf' | 'operations' | 'now'>,
  org: OrgId,
  { orgnr }: Pick<Subscriber, 'orgnr'>,
  { kinds, protectedYouths }: { kinds: readonly CallKind[]; protectedYouths: boolean },
): Promise<Problem[]> {
  if (orgnr === null) return [];
  const now = instantOf(parts.now());
  const { grants } = await parts.accessRecords.listAccess(org);
  const valid = grants.filter(
    (grant) =>
      grant.orgnr === orgnr &&
      grant.revoked === null &&
      grant.from <= now &&
      (grant.to === null || grant.to > now),
  );
  const problems = kinds
    .filter((kind) => !valid.some((grant) => coversKind(grant, kind)))
    .map((kind) => problem('kinds', SUBSCRIPTION.nb.noGrant(kind), SCOPE_OF[kind]));
  const named = valid.some((grant) => grant.protectedYouths && kinds.some((kind) => coversKind(grant, kind)));
  if (kinds.includes('nav-withdrawal') && !(await isNav(parts, org, orgnr)))
    problems.push(problem('kinds', SUBSCRIPTION.nb.navAlone, SUBSCRIPTION.nb.navAloneCure));
  if (protectedYouths && !named) {
    problems.push(problem('protectedYouths', SUBSCRIPTION.nb.notProtected, SUBSCRIPTION.nb.notProtectedCure));
  }
  return problems;
}

/** Whether it is the party of an agreement that holds now. */
async function isNav(
  parts: Pick<DeskParts, 'agreementsOf' | 'operations' | 'now'>,
  org: OrgId,
  orgnr: OrganisationNumber,
): Promise<boolean> {
  const own = (await parts.agreementsOf(org)).filter(({ party }) => party === orgnr);
  return agreementAt(own, (await parts.operations.virtualNow(org)) ?? instantOf(parts.now())) !== null;
}

const SCOPE_OF: Readonly<Record<CallKind, string>> = {
  status: SUBSCRIPTION.nb.askFor('ot/registrations.read', 'status'),
  alert: SUBSCRIPTION.nb.askFor('ot/registrations.read', 'alert'),
  'status-group': SUBSCRIPTION.nb.askFor('ot/groups.read', 'status-group'),
  receipt: SUBSCRIPTION.nb.askToSend,
  'nav-withdrawal': SUBSCRIPTION.nb.askFor('ot/nav.read', 'nav-withdrawal'),
};

function problem(field: string, text: string, cure: string): Problem {
  return { code: 'INVALID_VALUE', field, text, cure };
}
