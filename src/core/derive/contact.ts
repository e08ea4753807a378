import type { IsoDate, IsoInstant } from '../date.ts';
import { guardianMayAnswer, silenceIsNotContact } from '../rules/contact.ts';
import { schoolYearOf } from '../schoolYear.ts';
import type { FactOf } from '../youthEvent.ts';
import { type Findings, minorOn, raise } from './findings.ts';
import type { Ledger } from './ledger.ts';

/** OT has reached the youth: the youth answered, or in some cases the guardian. */
export interface Contacted {
  on: IsoDate;
  firstReceived: IsoInstant;
}

export function contactsOf(ledger: Ledger): Contacted[] {
  const contacts: Contacted[] = [];
  for (const fact of ledger.contacts) if (counts(ledger, fact)) contacts.push(contactOn(fact));
  for (const fact of ledger.attempts) if (!silenceIsNotContact.applies(fact)) contacts.push(contactOn(fact));
  return contacts;
}

/** A guardian's answer that is not contact is told, or an adviser would believe that it was. */
export function reviewGuardianContacts(findings: Findings): void {
  const { ledger } = findings;
  for (const fact of ledger.contacts) {
    if (counts(ledger, fact)) continue;
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

function counts(ledger: Ledger, fact: FactOf<'Contact'>): boolean {
  if (fact.via === 'UNGDOM') return true;
  return guardianMayAnswer.applies({ reason: fact.reason, minor: minorOn(ledger.born, fact.effective) });
}

function contactOn(fact: FactOf<'Contact'> | FactOf<'ContactAttempt'>): Contacted {
  return { on: fact.effective, firstReceived: fact.firstReceived };
}
