import type { OrgId } from '../../core/organisation.ts';
import type { Call } from '../../core/subscription/call.ts';
import type { CallKind } from '../../core/subscription/subscription.ts';
import type { Pairwise } from '../../store/pairwise.ts';

/** A change as a call names it: what has changed is read at `href`. */
export interface ChangeView {
  type: `no.otbridge.ot.${CallKind}.v1`;
  timestamp: string;
  data: { org: string; ref: string; version: number; id: string; href: string };
}

/** @param base of addresses, without a slash at the end */
export function changeView(
  { kind, ref, subject, version, recorded }: Call,
  { org, id, names, base }: { org: OrgId; id: string; names: Pairwise; base: string },
): ChangeView {
  // Receipts are no changes of youths, and are not among what is followed.
  if (ref === null) throw new Error('a change without a youth');
  const token = names.of(ref);
  const at = `${base}/organisations/${encodeURIComponent(org)}`;
  const href =
    kind === 'alert'
      ? `${at}/alerts/${names.alertId(subject ?? '', ref)}`
      : `${at}/${kind === 'status' ? 'youths' : 'groups'}/${token}`;
  return {
    type: `no.otbridge.ot.${kind}.v1`,
    timestamp: recorded,
    data: { org, ref: token, version, id, href },
  };
}
