import type { ConsentAsk } from '../consent/toAsk.ts';
import { compare } from '../order.ts';
import { type PersonRef, personRef } from '../person/reference.ts';
import { type Priority, priorityOf } from '../rules/followUp.ts';
import type { RuleId } from '../rules/ruleId.ts';
import { type IsoDate, parseDate } from '../time/date.ts';
import { UUID } from '../uuid.ts';
import type { Alert, AlertKind, Deadline, RegistrationKey } from '../youth/youthEvent.ts';
import { unmetDeadlines } from './alertState.ts';
import type { Channel } from './channel.ts';
import { alertsOf, type YouthCase } from './youthCase.ts';

/** One task about one youth. A reference and codes: nothing of the person. */
export interface WorkRow extends RegistrationKey {
  ref: PersonRef;
  /** Among the youth's own rows of the list, from 0 in `ownOrder`. */
  number: number;
  /** OT unit, never empty (R50). */
  owner: string;
  /** Why it is here. */
  rule: RuleId;
  /** Bokmål, when the list itself says why; null = the rule's own sentence. */
  reason: string | null;
  /** The date it goes back to. */
  since: IsoDate;
  deadline: IsoDate | null;
  /** R49. */
  priority: Priority;
  /** Of an alert, review or proposal: its cause, by which the youth knows it, and its kind. */
  alert: string | null;
  kind: AlertKind | null;
  /** Codes proposed. */
  proposed: readonly string[];
  /** Unanswered attempts by channel. */
  attempts: Readonly<Record<string, number>>;
  /** Channels not tried yet, the next one first. */
  untried: readonly Channel[];
  /** School to be asked, when the list is for schools. */
  institution: string | null;
  /** Whom to ask for consent, in `ask-consent` alone. */
  ask: readonly ConsentAsk[];
  /** Digests of the keys of the facts it rests on, sorted. */
  evidence: readonly string[];
}

type RowCause = RegistrationKey & Pick<WorkRow, 'owner' | 'rule' | 'since'> & Partial<WorkRow>;

export function rowOf(known: YouthCase, cause: RowCause): WorkRow {
  return {
    ref: known.ref,
    number: 0,
    reason: null,
    deadline: null,
    priority: priorityFor(known, cause),
    alert: null,
    kind: null,
    proposed: [],
    attempts: {},
    untried: [],
    institution: null,
    ask: [],
    evidence: [],
    ...cause,
  };
}

/** A row for an open alert, review or proposal, with the next of its deadlines that is not met. */
export function rowOfAlert(known: YouthCase, alert: Alert): WorkRow {
  const { id, schoolYear, county, owner, rule, kind, proposed, evidence } = alert;
  return rowOf(known, {
    schoolYear,
    county,
    owner,
    rule,
    alert: id,
    kind,
    proposed,
    evidence,
    since: alert.effective,
    deadline: earliestDeadline(unmetDeadlines(known, alert)),
    priority: priorityOf(alert),
  });
}

/** As urgent as the most urgent thing that is open about the registration. */
function priorityFor(known: YouthCase, key: RegistrationKey): Priority {
  return alertsOf(known, key).some((alert) => priorityOf(alert) === 'HOY') ? 'HOY' : 'VANLIG';
}

export function earliestDeadline(deadlines: readonly Deadline[]): IsoDate | null {
  let first: IsoDate | null = null;
  for (const { date } of deadlines) if (first === null || date < first) first = date;
  return first;
}

/** What a row is sorted by. */
export type RowPlace = Pick<WorkRow, 'priority' | 'deadline' | 'since' | 'ref' | 'number'>;

/** Urgent ones first (R49), then by deadline, then those that have waited longest. No two rows are equal, so the order
 *  does not depend on the order of reading. */
export function inOrder(one: WorkRow, other: WorkRow): number {
  return compare(placeOf(one), placeOf(other));
}

/** Sort key of a row: the next page begins after it also when rows have been added or removed. */
export function placeOf({ priority, deadline, since, ref, number }: RowPlace): string {
  return [rankOf(priority), deadline ?? NO_DEADLINE, since, ref, String(number).padStart(3, '0')].join(' ');
}

const NO_DEADLINE = '9999';
const PLACE = /^([01]) (\d{4}-\d\d-\d\d|9999) (\d{4}-\d\d-\d\d) ([0-9a-f-]{36}) (\d{3})$/;

/** What `placeOf` has written; undefined for any other text. */
export function placeFrom(text: string): RowPlace | undefined {
  const [, rank, deadline, since, ref, number] = PLACE.exec(text) ?? [];
  if (since === undefined || ref === undefined || !UUID.test(ref)) return undefined;
  for (const date of [since, deadline ?? ''])
    if (date !== NO_DEADLINE && parseDate(date) === undefined) return undefined;
  return {
    priority: rank === '0' ? 'HOY' : 'VANLIG',
    deadline: deadline === undefined || deadline === NO_DEADLINE ? null : deadline,
    since,
    ref: personRef(ref),
    number: Number(number),
  };
}

export function rankOf(priority: Priority): 0 | 1 {
  return priority === 'HOY' ? 0 : 1;
}

/** The order of one youth's rows among themselves. */
export function ownOrder(row: WorkRow): string {
  return [
    rankOf(row.priority),
    row.deadline ?? NO_DEADLINE,
    row.since,
    row.schoolYear,
    row.county,
    row.kind ?? '',
    row.proposed.join('+'),
    row.evidence.join('+'),
  ].join(' ');
}
