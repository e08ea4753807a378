import type { AccessGrant } from '../access/principal.ts';
import { isProtected } from '../access/reach.ts';
import type { Scope } from '../access/scope.ts';
import { stillDisclosed } from '../consent/stillDisclosed.ts';
import type { NavQuestion } from '../nav/mayAsk.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { Youth } from '../youth/youth.ts';
import type { Call } from './call.ts';
import type { CallKind, Subscription } from './subscription.ts';

/** Why a call is not made. */
export type WithheldFor = 'GRANT' | 'CONSENT' | 'PROTECTED' | 'CLOSED';

/** Why it is not made now. `AGREEMENT`: it waits until an agreement with NAV holds. */
export type NotHeard = WithheldFor | 'AGREEMENT';

/** The receiver's rights: null in an open installation, where it may hear everything. */
export type HearingGrants =
  | readonly Pick<AccessGrant, 'org' | 'scope' | 'institution' | 'protectedYouths'>[]
  | null;

/** What is known when it is decided. */
export interface Hearing {
  grants: HearingGrants;
  /** Undefined: cannot be read, or is gone. It may be in hiding. */
  youth: Youth | undefined;
  now: IsoInstant;
  /** By the organisation's clock. */
  today: IsoDate;
  policy: NavQuestion['policy'];
  /** Whether an agreement with NAV holds: without one no answer of NAV's is disclosed. */
  agreed: boolean;
}

/** What a call needs, besides its subscription. Asked before each attempt, for all of it can be gone since the planning. */
export function mayHear(
  subscription: Pick<Subscription, 'org' | 'protectedYouths'>,
  call: Pick<Call, 'kind' | 'subject' | 'takesBack' | 'disclosesNav'>,
  { grants, youth, now, today, policy, agreed }: Hearing,
): NotHeard | null {
  // About the owner's own subscription, and no youth.
  if (call.kind === 'notice') return null;
  const { kind } = call;
  const held = grants?.filter((grant) => grant.org === subscription.org && coversKind(grant, kind)) ?? null;
  if (held?.length === 0) return 'GRANT';
  if (kind === 'receipt' || kind === 'nav-withdrawal') return null;
  // What is taken back is no longer shared afterwards: each receiver that had it must hear so.
  if (call.takesBack) return null;
  const hearsHidden =
    subscription.protectedYouths && (held === null || held.some((grant) => grant.protectedYouths));
  if (!hearsHidden && (youth === undefined || isProtected(youth, today))) return 'PROTECTED';
  if (call.disclosesNav && !stillDisclosed(youth, (alert) => alert.id === call.subject, { now, policy }))
    return 'CONSENT';
  return call.disclosesNav && !agreed ? 'AGREEMENT' : null;
}

/** Whether a subscription asks for a call at all. */
export function asksFor(
  subscription: Pick<Subscription, 'kinds' | 'owners' | 'protectedYouths' | 'beginsAt'>,
  call: Pick<Call, 'kind' | 'owners' | 'hidden' | 'takesBack' | 'recorded'>,
): boolean {
  const { kinds, owners, protectedYouths, beginsAt } = subscription;
  if (!kinds.some((kind) => kind === call.kind)) return false;
  if (beginsAt !== null && call.recorded < beginsAt) return false;
  if (call.hidden && !protectedYouths && !call.takesBack) return false;
  if (owners === null || call.kind === 'receipt') return true;
  // Of a youth in hiding no unit is named.
  if (call.owners.length === 0) return call.hidden && protectedYouths;
  return call.owners.some((owner) => owners.includes(owner));
}

const NEEDED: Readonly<Record<Exclude<CallKind, 'receipt'>, Scope>> = {
  status: 'ot/registrations.read',
  alert: 'ot/registrations.read',
  'status-group': 'ot/groups.read',
  'nav-withdrawal': 'ot/nav.read',
};

/** Whether a grant covers calls of the kind. */
export function coversKind(
  { scope, institution }: Pick<AccessGrant, 'scope' | 'institution'>,
  kind: CallKind,
): boolean {
  if (kind === 'receipt') return scope.startsWith('ot/feeds/');
  // What an institution may read of youths is nothing.
  return scope === NEEDED[kind] && institution === null;
}
