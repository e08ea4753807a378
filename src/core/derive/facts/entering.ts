import { wishStatusOf } from '../../codelists/wishStatus.ts';
import { contactDecides } from '../../rules/contact.ts';
import type { IsoDate } from '../../time/date.ts';
import { firstDayAfter, schoolYearOf } from '../../time/schoolYear.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { leavingOf } from './leavingReason.ts';
import type { Ledger, Opening } from './ledger.ts';

// Where each kind of fact stands in the ledger.

/** Puts a fact where the rules look for it. @param annulledBy what its source has taken it back with */
export function enter(ledger: Ledger, fact: Fact, annulledBy: FactOf<'Annulled'> | null): void {
  switch (fact.kind) {
    case 'Left':
      ledger.ends.push({ fact, ...leavingOf(fact), annulledBy });
      return;
    case 'Wish':
      if (wishStatusOf(fact).says === 'no') ledger.openings.push({ fact, annulledBy });
      else if (annulledBy === null) ledger.wishes.push(fact);
      return;
    case 'NotApplied':
    case 'PlaceDeclined':
    case 'NoShow':
      ledger.openings.push({ fact, annulledBy });
      return;
    case 'Annulled':
      return;
    case 'Renumbered':
      // Two youths that are one cannot be taken apart again by a record.
      ledger.renumberings.push({ fact, annulledBy });
      return;
    case 'Applied':
    case 'Residence':
    case 'Emigrated':
    case 'Protection':
    case 'PupilSeen':
    case 'WithoutPlans':
    case 'Referral':
    case 'Measure':
    case 'Handover':
    case 'Started':
    case 'ContractSeen':
    case 'Contact':
    case 'ContactAttempt':
    case 'AdviserStatus':
    case 'Recode':
    case 'AtRisk':
    case 'RegisterSeen':
    case 'Absent':
    case 'Present':
    case 'NavMatch':
    case 'Consent':
      if (annulledBy === null) enterStanding(ledger, fact);
      return;
  }
}

type Withdrawable = Exclude<
  Fact,
  Opening['fact'] | FactOf<'Left'> | FactOf<'Annulled'> | FactOf<'Renumbered'>
>;

function enterStanding(ledger: Ledger, fact: Withdrawable): void {
  switch (fact.kind) {
    case 'Started': {
      const { training, institution, effective: from, hovedskole: mainSchool } = fact;
      const until = training === 'apprenticeship' ? null : endOfSchoolYear(from);
      ledger.starts.push({ fact, training, institution, from, until, mainSchool });
      return;
    }
    case 'ContractSeen': {
      const { institution, from, to: until } = fact;
      ledger.contracts.push(fact);
      ledger.starts.push({ fact, training: 'apprenticeship', institution, from, until, mainSchool: null });
      return;
    }
    case 'Contact':
      ledger.contacts.push(fact);
      return;
    case 'ContactAttempt':
      ledger.attempts.push(fact);
      return;
    case 'AdviserStatus':
      if (contactDecides.applies(fact)) ledger.statuses.push(fact);
      return;
    case 'Recode':
      ledger.recodes.push(fact);
      return;
    case 'AtRisk':
      ledger.atRisk.push(fact);
      return;
    case 'RegisterSeen':
      ledger.registers.push(fact);
      return;
    case 'Absent':
      ledger.absences.push(fact);
      return;
    case 'Present':
      ledger.presences.push(fact);
      return;
    case 'NavMatch':
      ledger.answers.push(fact);
      return;
    case 'Consent':
      ledger.consents.push(fact);
      return;
    case 'Applied':
      ledger.applications.push(fact);
      return;
    case 'Residence':
      ledger.residences.push(fact);
      return;
    case 'Emigrated':
      ledger.emigrations.push(fact);
      return;
    case 'Protection':
      ledger.protections.push(fact);
      return;
    case 'PupilSeen': {
      // One fact for each school year: its effective date is the first day in that year, `from` may be long ago.
      const { institution, effective: from, to } = fact;
      const until = to ?? endOfSchoolYear(from);
      ledger.pupils.push(fact);
      ledger.starts.push({ fact, training: 'private-school', institution, from, until, mainSchool: null });
      return;
    }
    case 'WithoutPlans':
      ledger.withoutPlans.push(fact);
      return;
    case 'Referral':
      ledger.referrals.push(fact);
      return;
    case 'Measure':
      ledger.measures.push(fact);
      return;
    case 'Handover':
      ledger.handovers.push(fact);
      return;
  }
}

function endOfSchoolYear(date: IsoDate): IsoDate {
  return firstDayAfter(schoolYearOf(date));
}
