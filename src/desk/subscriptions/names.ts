import { type Principal, senderOf } from '../../core/access/principal.ts';
import { partsOfAlertId } from '../../core/messages/alertId.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import type { Pairwise } from '../../store/pairwise.ts';
import type { AlertView } from '../alerts/alertView.ts';
import type { RaisedAlert } from '../alerts/raisedView.ts';
import type { DeskParts } from '../parts.ts';
import type { HistoryEntry } from '../youths/historyView.ts';
import type { YouthView } from '../youths/youthView.ts';

// A caller who asks by its own form of a reference is answered in that form everywhere: what is joined with another
// subscriber's answer has no name in common with it.

/** How an answer names youths, alerts and evidence. */
export interface Names {
  ref(ref: string): string;
  /** Of evidence, and of the cause in an alert's id. */
  tag(digest: string): string;
}

/** As topics and worklists have them. */
const PLAIN: Names = { ref: (ref) => ref, tag: (digest) => digest };

/** A reference as it was asked for, and how the answer is to name what it shows. */
export interface AskedRef {
  ref: PersonRef;
  names: Names;
}

/** @param asked a reference, or the caller's own form of one. Another's form leads to a reference that no youth has,
 *  so that it is answered like an unknown one */
export function refAsked(
  { vault, newId }: Pick<DeskParts, 'vault' | 'newId'>,
  { id }: Organisation,
  principal: Principal,
  asked: string,
): AskedRef {
  if (!asked.startsWith('pw_')) return { ref: personRef(asked), names: PLAIN };
  const pairwise = vault.pairwise(id, senderOf(principal));
  return { ref: pairwise.refOf(asked) ?? personRef(newId()), names: namesOf(pairwise) };
}

/** An alert as it was asked for: whose, and whether a cause is the one meant. */
export interface AskedAlert extends AskedRef {
  isCause(cause: string): boolean;
}

/** @param id as topics and lists have it, or the caller's own form. Undefined when it is neither */
export function alertAsked(
  parts: Pick<DeskParts, 'vault' | 'newId'>,
  organisation: Organisation,
  principal: Principal,
  id: string,
): AskedAlert | undefined {
  const plain = partsOfAlertId(id);
  if (plain !== undefined) {
    return { ref: plain.ref, names: PLAIN, isCause: (cause) => cause === plain.cause };
  }
  const [tag, token] = [id.slice(0, 16), id.slice(17)];
  if (!OWN_ALERT.test(id)) return undefined;
  const { ref, names } = refAsked(parts, organisation, principal, token);
  return { ref, names, isCause: (cause) => names.tag(cause) === tag };
}

/** An alert's cause and the reference of its youth, each in a subscriber's form. */
const OWN_ALERT = /^[0-9a-f]{16}-pw_[a-z2-7]{26}$/;

function namesOf(pairwise: Pairwise): Names {
  return { ref: (ref) => pairwise.of(personRef(ref)), tag: (digest) => pairwise.tag(digest) };
}

export function youthNamedBy(names: Names, youth: YouthView): YouthView {
  return {
    ...youth,
    ref: names.ref(youth.ref),
    alerts: youth.alerts.map((alert) => alertNamedBy(names, alert)),
  };
}

export function raisedNamedBy(names: Names, raised: RaisedAlert): RaisedAlert {
  return { ...raised, ref: names.ref(raised.ref), alert: alertNamedBy(names, raised.alert) };
}

export function entryNamedBy(names: Names, entry: HistoryEntry): HistoryEntry {
  const { slattSammenMed, ...codes } = entry.codes;
  return {
    ...entry,
    evidence: entry.evidence === null ? null : names.tag(entry.evidence),
    codes: slattSammenMed === undefined ? codes : { ...codes, slattSammenMed: names.ref(slattSammenMed) },
  };
}

function alertNamedBy(names: Names, alert: AlertView): AlertView {
  const [cause, ref] = [alert.id.slice(0, -37), alert.id.slice(-36)];
  return { ...alert, id: `${names.tag(cause)}-${names.ref(ref)}`, evidence: alert.evidence.map(names.tag) };
}
