import type { Consequence } from '../../codelists/leaveReason.ts';
import { wishStatus } from '../../codelists/wishStatus.ts';
import type { IsoDate } from '../../date.ts';
import { contactDecides } from '../../rules/contact.ts';
import type { Leaving } from '../../rules/tilmelding.ts';
import { firstDayAfter, schoolYearOf } from '../../schoolYear.ts';
import type { Training } from '../../statusEvent.ts';
import { factKey } from '../../youth.ts';
import type { Fact, FactOf } from '../../youthEvent.ts';
import { annulmentsOf } from './annulments.ts';
import { leavingOf } from './leavingReason.ts';
import { knownLater } from './order.ts';

// The facts sorted by what they are about, in one pass. What a source has taken back is left out, save endings and
// tilmeldinger: whether those may go is not the source's to decide once OT has had contact (S04).

/** Training that began. */
export interface Start {
  fact: FactOf<'Started'> | FactOf<'ContractSeen'> | FactOf<'PupilSeen'>;
  training: Training;
  institution: string;
  from: IsoDate;
  /** Exclusive. A place at a school is for one school year; a contract says itself. */
  until: IsoDate | null;
}

/** Training that ended, or a leave. */
export interface End {
  fact: FactOf<'Left'>;
  consequence: Consequence;
  leaving: Leaving;
  annulledBy: FactOf<'Annulled'> | null;
}

export interface Opening {
  fact: FactOf<'NotApplied'> | FactOf<'PlaceDeclined'> | FactOf<'NoPlace'> | FactOf<'NoShow'>;
  annulledBy: FactOf<'Annulled'> | null;
}

export interface Renumbering {
  fact: FactOf<'Renumbered'>;
  annulledBy: FactOf<'Annulled'> | null;
}

export interface Ledger {
  starts: Start[];
  ends: End[];
  openings: Opening[];
  contacts: FactOf<'Contact'>[];
  attempts: FactOf<'ContactAttempt'>[];
  statuses: FactOf<'AdviserStatus'>[];
  recodes: FactOf<'Recode'>[];
  atRisk: FactOf<'AtRisk'>[];
  registers: FactOf<'RegisterSeen'>[];
  contracts: FactOf<'ContractSeen'>[];
  absences: FactOf<'Absent'>[];
  presences: FactOf<'Present'>[];
  answers: FactOf<'NavMatch'>[];
  consents: FactOf<'Consent'>[];
  applications: FactOf<'Applied'>[];
  residences: FactOf<'Residence'>[];
  emigrations: FactOf<'Emigrated'>[];
  protections: FactOf<'Protection'>[];
  pupils: FactOf<'PupilSeen'>[];
  withoutPlans: FactOf<'WithoutPlans'>[];
  referrals: FactOf<'Referral'>[];
  measures: FactOf<'Measure'>[];
  handovers: FactOf<'Handover'>[];
  renumberings: Renumbering[];
  /** Annulments of events nobody has told of. */
  unmatched: FactOf<'Annulled'>[];
  /** As known last, whoever said it. */
  born: IsoDate | null;
}

export function ledgerOf(facts: readonly Fact[]): Ledger {
  const ledger: Ledger = {
    starts: [],
    ends: [],
    openings: [],
    contacts: [],
    attempts: [],
    statuses: [],
    recodes: [],
    atRisk: [],
    registers: [],
    contracts: [],
    absences: [],
    presences: [],
    answers: [],
    consents: [],
    applications: [],
    residences: [],
    emigrations: [],
    protections: [],
    pupils: [],
    withoutPlans: [],
    referrals: [],
    measures: [],
    handovers: [],
    renumberings: [],
    unmatched: [],
    born: null,
  };
  const annulled = annulmentsOf(facts);
  let bornFrom: Fact | null = null;
  for (const fact of facts) {
    if (fact.born !== null && (bornFrom === null || knownLater(fact, bornFrom))) bornFrom = fact;
    enter(ledger, fact, annulled?.get(factKey(fact)) ?? null);
  }
  if (annulled !== null) {
    const known = new Set(facts.map(factKey));
    for (const [key, annulment] of annulled) if (!known.has(key)) ledger.unmatched.push(annulment);
  }
  ledger.born = bornFrom?.born ?? null;
  return ledger;
}

function enter(ledger: Ledger, fact: Fact, annulledBy: FactOf<'Annulled'> | null): void {
  switch (fact.kind) {
    case 'Left':
      ledger.ends.push({ fact, ...leavingOf(fact), annulledBy });
      return;
    case 'NoPlace':
      if (wishStatus(fact.code) === undefined)
        throw new Error('a wish status that no adapter may let through');
      ledger.openings.push({ fact, annulledBy });
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
      const { training, institution, effective: from } = fact;
      const until = training === 'apprenticeship' ? null : endOfSchoolYear(from);
      ledger.starts.push({ fact, training, institution, from, until });
      return;
    }
    case 'ContractSeen': {
      const { institution, from, to: until } = fact;
      ledger.contracts.push(fact);
      ledger.starts.push({ fact, training: 'apprenticeship', institution, from, until });
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
      ledger.starts.push({ fact, training: 'private-school', institution, from, until });
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
