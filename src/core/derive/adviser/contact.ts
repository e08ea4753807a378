import type { Policy } from '../../policy.ts';
import { guardianMayAnswer, silenceIsNotContact, whoAnswered } from '../../rules/contact.ts';
import { added, NONE } from '../../shortList.ts';
import type { IsoDate, IsoInstant } from '../../time/date.ts';
import { firstDayOf, type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { Answerer } from '../../youth/statusEvent.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { type Findings, minorOn, raise } from '../findings.ts';

type ContactFact = FactOf<'Contact'> | FactOf<'ContactAttempt'>;

/** OT has reached the youth: the youth answered, or in some cases the guardian. */
export interface Contacted {
  on: IsoDate;
  firstReceived: IsoInstant;
  /** The school year that was talked about; null when not given. */
  about: SchoolYear | null;
  fact: ContactFact;
}

export function contactsOf(ledger: Ledger, policy: HearsGuardians): readonly Contacted[] {
  let contacts: readonly Contacted[] = NONE;
  for (const fact of ledger.Contact)
    if (reaches(ledger, fact, policy)) contacts = added(contacts, contactOn(fact));
  for (const fact of ledger.ContactAttempt)
    if (reaches(ledger, fact, policy)) contacts = added(contacts, contactOn(fact));
  return contacts;
}

/** From this day on contact is contact about the registration: last year's is not (Q13), but next year's may have been
 *  opened and talked about in spring. */
export function contactCountsFrom(file: {
  schoolYear: SchoolYear;
  standing: readonly { effective: IsoDate }[];
}): IsoDate {
  let from = firstDayOf(file.schoolYear);
  for (const { effective } of file.standing) if (effective < from) from = effective;
  return from;
}

/** An answer that is not contact is reviewed, or the adviser would believe that it was. An answer by another person needs no
 *  review: the adviser reported it. */
export function reviewGuardianContacts(findings: Findings): void {
  const { ledger, policy } = findings;
  for (const fact of ledger.Contact) if (!reaches(ledger, fact, policy)) reviewContact(findings, fact);
  for (const fact of ledger.ContactAttempt) {
    if (silenceIsNotContact.applies(fact) || fact.answeredBy === 'ANDRE') continue;
    if (!reaches(ledger, fact, policy)) reviewContact(findings, fact);
  }
}

function reviewContact(findings: Findings, fact: ContactFact): void {
  const unknownAge = findings.ledger.born === null && (fact.reason ?? null) !== null;
  raise(findings, {
    kind: unknownAge ? 'ALDER_UKJENT' : guardianMayAnswer.leadsTo.otherwise,
    category: 'review',
    rule: guardianMayAnswer.id,
    fact,
    schoolYear: schoolYearOf(fact.effective),
    county: fact.county,
  });
}

type HearsGuardians = Pick<Policy, 'majority'>;

/** Has OT reached the youth by it? */
export function reaches({ born }: Pick<Ledger, 'born'>, fact: ContactFact, policy: HearsGuardians): boolean {
  if (fact.kind === 'Contact' && fact.via === 'UNGDOM') return true;
  if (fact.kind === 'ContactAttempt' && silenceIsNotContact.applies(fact)) return false;
  const minor = minorOn(born, fact.effective, policy);
  const who: Answerer | null = fact.kind === 'Contact' ? fact.via : whoAnswered(fact, minor);
  if (who === 'UNGDOM') return true;
  return who === 'FORESATT' && guardianMayAnswer.applies({ reason: fact.reason ?? null, minor });
}

function contactOn(fact: ContactFact): Contacted {
  return { on: fact.effective, firstReceived: fact.firstReceived, about: fact.schoolYear ?? null, fact };
}
