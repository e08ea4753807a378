import type { Consequence } from '../../codelists/leaveConsequence.ts';
import type { Leaving } from '../../rules/tilmelding.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Training } from '../../youth/statusEvent.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { annulmentsOf, takenBackBy, unmatchedOf } from './annulments.ts';
import { enter } from './entering.ts';
import { replacedRows } from './oldRows.ts';
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
  /** What the school says of it (M02); null when it does not say. */
  mainSchool: boolean | null;
}

/** Training that ended, or a leave. */
export interface End {
  fact: FactOf<'Left'>;
  consequence: Consequence;
  leaving: Leaving;
  annulledBy: FactOf<'Annulled'> | null;
}

export interface Opening {
  fact: FactOf<'NotApplied'> | FactOf<'PlaceDeclined'> | FactOf<'Wish'> | FactOf<'NoShow'>;
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
  /** Those that say no are openings. */
  wishes: FactOf<'Wish'>[];
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
    wishes: [],
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
  const replaced = replacedRows(facts);
  let bornFrom: Fact | null = null;
  for (const fact of facts) {
    if (fact.born !== null && (bornFrom === null || knownLater(fact, bornFrom))) bornFrom = fact;
    if (replaced?.has(fact) !== true) enter(ledger, fact, takenBackBy(annulled, fact));
  }
  if (annulled !== null) ledger.unmatched.push(...unmatchedOf(annulled, facts));
  ledger.born = bornFrom?.born ?? null;
  return ledger;
}
