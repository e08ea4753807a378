import type { OrgId } from '../../core/organisation.ts';
import { callBody, type YouthCallBody } from '../../core/subscription/body.ts';
import type { Call } from '../../core/subscription/call.ts';
import type { Pairwise } from '../../store/pairwise.ts';

/** A change as a call names it: what has changed is read at `href`. */
export type ChangeView = YouthCallBody;

/** @param base of addresses, without a slash at the end */
export function changeView(
  call: Call,
  { org, id, names, base }: { org: OrgId; id: string; names: Pairwise; base: string },
): ChangeView {
  const { kind, ref, subject } = call;
  // Receipts, withdrawals and notices are no changes of youths, and are not among what is followed.
  if (ref === null || kind === 'receipt' || kind === 'nav-withdrawal' || kind === 'notice')
    throw new Error('a change without a youth');
  return callBody(
    org,
    { ...call, kind },
    { id, base, ref: names.of(ref), alert: names.alertId(subject ?? '', ref) },
  );
}
