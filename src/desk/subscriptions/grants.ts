import type { OrganisationNumber } from '../../core/access/principal.ts';
import { type Principal, senderOf } from '../../core/access/principal.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
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
    .map((kind) => problem('kinds', `Ingen avtale dekker ${kind}.`, SCOPE_OF[kind]));
  const named = valid.some((grant) => grant.protectedYouths && kinds.some((kind) => coversKind(grant, kind)));
  if (kinds.includes('nav-withdrawal') && !(await isNav(parts, org, orgnr)))
    problems.push(
      problem(
        'kinds',
        'Bare NAV kan høre om rader som er trukket tilbake: den som fylket har avtale med nå.',
        'Ta bort nav-withdrawal, eller be fylkeskommunen registrere avtalen.',
      ),
    );
  if (protectedYouths && !named) {
    problems.push(
      problem(
        'protectedYouths',
        'Avtalen gjelder ikke ungdom med strengt fortrolig adresse.',
        'Send false, eller be fylkeskommunen om en avtale som gjelder dem.',
      ),
    );
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
  status: 'Be fylkeskommunen om ot/registrations.read, eller ta bort status.',
  alert: 'Be fylkeskommunen om ot/registrations.read, eller ta bort alert.',
  'status-group': 'Be fylkeskommunen om ot/groups.read, eller ta bort status-group.',
  receipt: 'Be fylkeskommunen om å få sende til en strøm, eller ta bort receipt.',
  'nav-withdrawal': 'Be fylkeskommunen om ot/nav.read, eller ta bort nav-withdrawal.',
};

function problem(field: string, text: string, cure: string): Problem {
  return { code: 'INVALID_VALUE', field, text, cure };
}
