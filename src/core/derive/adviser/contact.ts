import type { IsoDate, IsoInstant } from '../../date.ts';
import type { Policy } from '../../policy.ts';
import { guardianMayAnswer, silenceIsNotContact } from '../../rules/contact.ts';
import { firstDayOf, type SchoolYear, schoolYearOf } from '../../schoolYear.ts';
import type { FactOf } from '../../youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { type Findings, minorOn, raise } from '../findings.ts';

/** OT has reached the youth: the youth answered, or in some cases the guardian. */
export interface Contacted {
  on: IsoDate;
  firstReceived: IsoInstant;
}

export function contactsOf(ledger: Ledger, policy: HearsGuardians): Contacted[] {
  const contacts: Contacted[] = [];
  for (const fact of ledger.contacts) if (counts(ledger, fact, policy)) contacts.push(contactOn(fact));
  for (const fact of ledger.attempts) if (!silenceIsNotContact.applies(fact)) contacts.push(contactOn(fact));
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

/** A guardian's answer that is not contact is told, or an adviser would believe that it was. */
export function reviewGuardianContacts(findings: Findings): void {
  const { ledger, policy } = findings;
  for (const fact of ledger.contacts) {
    if (counts(ledger, fact, policy)) continue;
    const unknownAge = ledger.born === null && fact.reason !== null;
    raise(findings, {
      kind: unknownAge ? 'ALDER_UKJENT' : guardianMayAnswer.leadsTo.otherwise,
      category: 'review',
      rule: guardianMayAnswer.id,
      fact,
      schoolYear: schoolYearOf(fact.effective),
      county: fact.county,
    });
  }
}

type HearsGuardians = Pick<Policy, 'majority'>;

function counts(
  { born }: Ledger,
  { via, reason, effective }: FactOf<'Contact'>,
  policy: HearsGuardians,
): boolean {
  return via === 'UNGDOM' || guardianMayAnswer.applies({ reason, minor: minorOn(born, effective, policy) });
}

function contactOn(fact: FactOf<'Contact'> | FactOf<'ContactAttempt'>): Contacted {
  return { on: fact.effective, firstReceived: fact.firstReceived };
}
