import type { AccessGrant } from '../access/principal.ts';
import { isProtected } from '../access/reach.ts';
import { comingOfAge } from '../age/majority.ts';
import { bothPermit } from '../consent/permits.ts';
import { ledgerOf } from '../derive/facts/ledger.ts';
import type { Policy } from '../policy.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { Youth } from '../youth/youth.ts';
import type { Call } from './call.ts';
import type { CallKind, Subscription } from './subscription.ts';

/** Why a call may not be made. */
export type Unheard = 'GRANT' | 'PROTECTED' | 'CONSENT';

/** What is known when it is decided. */
export interface HeardNow {
  /** Of the subscriber at the organisation, in force now. */
  grants: readonly Pick<AccessGrant, 'scope' | 'institution' | 'protectedYouths'>[];
  /** As it is now; undefined of a receipt. */
  youth: Youth | undefined;
  /** By the organisation's clock. */
  today: IsoDate;
  now: IsoInstant;
  policy: Pick<Policy, 'consentAge'>;
}

/** Whether the subscription asks for the call at all. What takes something back comes whatever unit it is now. */
export function asksFor(
  { kinds, owners }: Pick<Subscription, 'kinds' | 'owners'>,
  { kind, owner, takesBack }: Pick<Call, 'kind' | 'owner' | 'takesBack'>,
): boolean {
  if (!kinds.includes(kind)) return false;
  if (owners === null || kind === 'receipt' || takesBack) return true;
  return owner !== null && owners.includes(owner);
}

/** Whether the subscriber may hear of it at this moment: asked when it is planned, and again before each attempt. An open
 *  installation's own subscriber may hear everything that the consents let out. */
export function mayHear(
  call: Pick<Call, 'kind' | 'subject' | 'hidden' | 'takesBack' | 'disclosesNav'>,
  { orgnr, protectedYouths }: Pick<Subscription, 'orgnr' | 'protectedYouths'>,
  { grants, youth, today, now, policy }: HeardNow,
): Unheard | null {
  const covering = grants.filter((grant) => coversKind(grant, call.kind));
  if (orgnr !== null && covering.length === 0) return 'GRANT';
  const hidden = call.hidden || (youth !== undefined && isProtected(youth, today));
  const named = orgnr === null || (protectedYouths && covering.some((grant) => grant.protectedYouths));
  if (hidden && !call.takesBack && !named) return 'PROTECTED';
  return call.disclosesNav && !isPermitted(call, youth, now, policy) ? 'CONSENT' : null;
}

/** Whether a grant covers calls of the kind. */
export function coversKind(
  { scope, institution }: Pick<AccessGrant, 'scope' | 'institution'>,
  kind: CallKind,
): boolean {
  switch (kind) {
    case 'status':
    case 'alert':
      return scope === 'ot/registrations.read' && institution === null;
    case 'status-group':
      return scope === 'ot/groups.read' && institution === null;
    case 'receipt':
      return scope.startsWith('ot/feeds/');
  }
}

/** The alert is still open, and both sides permit it now. */
function isPermitted(
  { subject }: Pick<Call, 'subject'>,
  youth: Youth | undefined,
  now: IsoInstant,
  { consentAge }: Pick<Policy, 'consentAge'>,
): boolean {
  if (!youth?.alerts.some(({ id, kind }) => kind === 'KJENT_HOS_NAV' && id === subject)) return false;
  const { Consent: consents, born } = ledgerOf(youth.facts);
  return bothPermit(consents, comingOfAge(born, consentAge), now);
}
