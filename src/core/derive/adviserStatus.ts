import { statusIn } from '../codelists/otStatus.ts';
import {
  alreadyInActivity,
  cameThroughOt,
  contactDecides,
  silenceIsNotNo,
  statusNeedsContact,
} from '../rules/contact.ts';
import { preventive } from '../rules/proposal.ts';
import { firstDayOf, type SchoolYear, schoolYearOf } from '../schoolYear.ts';
import type { FactOf, OtStatus } from '../youthEvent.ts';
import type { TilmeldingCause } from './cause.ts';
import type { Contacted } from './contact.ts';
import { latest } from './order.ts';

type AdviserStatus = FactOf<'AdviserStatus'>;

/** What advisers have said about one registration, judged. */
export interface Judged {
  counted: AdviserStatus[];
  /** The one that holds. */
  current: AdviserStatus | null;
  /** Preventive ones from before the tilmelding: history (S03). */
  before: AdviserStatus[];
  /** Without contact (R02). */
  unfounded: AdviserStatus[];
  /** Silence taken for «no» (R24). */
  refused: AdviserStatus[];
}

interface Given {
  schoolYear: SchoolYear;
  facts: readonly AdviserStatus[];
  standing: readonly TilmeldingCause[];
  decider: TilmeldingCause | null;
  contacts: readonly Contacted[];
}

export function judgeStatuses(given: Given): Judged {
  const judged: Judged = { counted: [], current: null, before: [], unfounded: [], refused: [] };
  for (const fact of given.facts) {
    if (silenceIsNotNo.applies(fact)) judged.refused.push(fact);
    else if (statusNeedsContact.applies({ code: fact.code, contacted: contactedBy(given, fact) }))
      judged.unfounded.push(fact);
    else if (isBeforeTilmelding(fact, given.decider)) judged.before.push(fact);
    else judged.counted.push(fact);
  }
  judged.current = latest(judged.counted);
  return judged;
}

/** The status as it holds: with its group in its own list, and with the code that «no» to viaOT leads to. */
export function statusOf(fact: AdviserStatus): OtStatus {
  const { list, viaOt, effective } = fact;
  const { instead } = alreadyInActivity.leadsTo;
  const other = alreadyInActivity.applies({ viaOt }) ? instead.get(fact.code) : undefined;
  // The list of 2011 has no such codes: there the answer changes nothing.
  const moved = other === undefined ? undefined : statusIn(list, other);
  const entry = moved ?? statusIn(list, fact.code);
  if (entry === undefined || entry.targetGroup === null)
    throw new Error('a status code that no adapter may let through');
  const rule =
    moved !== undefined ? alreadyInActivity.id : viaOt === 'JA' ? cameThroughOt.id : contactDecides.id;
  const { setBy } = contactDecides.leadsTo;
  return {
    code: entry.code,
    list,
    group: entry.group,
    targetGroup: entry.targetGroup,
    viaOt,
    effective,
    setBy,
    rule,
  };
}

/** Contact on or before the status; last year's contact is not contact for this year's registration (Q13), but next
 *  year's may have been opened and talked about in spring. */
function contactedBy({ schoolYear, standing, contacts }: Given, fact: AdviserStatus): boolean {
  if (contacts.length === 0) return false;
  let from = firstDayOf(schoolYear);
  for (const { effective } of standing) if (effective < from) from = effective;
  // Registered ahead by the adviser alone (R43, W18): the contact is of the year it was said in.
  if (standing.length === 0 && fact.effective < from) from = firstDayOf(schoolYearOf(fact.effective));
  return contacts.some(({ on }) => on >= from && on <= fact.effective);
}

/** Said of a pupil, before the tilmelding or before anyone knew of it: it is not about the tilmelding. */
function isBeforeTilmelding(fact: AdviserStatus, decider: TilmeldingCause | null): boolean {
  if (decider === null || !preventive.leadsTo.codes.includes(fact.code)) return false;
  return fact.effective < decider.effective || fact.firstReceived < decider.fact.firstReceived;
}
