import type { Consequence } from '../../codelists/leaveConsequence.ts';
import { wishStatusOf } from '../../codelists/wishStatus.ts';
import { contactDecides } from '../../rules/contact.ts';
import type { Leaving } from '../../rules/tilmelding.ts';
import { added, NONE } from '../../shortList.ts';
import type { IsoDate } from '../../time/date.ts';
import { firstDayAfter, schoolYearOf } from '../../time/schoolYear.ts';
import { FACT_KINDS, type FactKind } from '../../youth/factKinds.ts';
import type { Training } from '../../youth/statusEvent.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { annulmentsOf, takenBackBy, unmatchedOf } from './annulments.ts';
import { leavingOf } from './leavingReason.ts';
import { replacedRows } from './oldRows.ts';
import { knownLater } from './order.ts';

// The facts sorted by what they are about, in one pass. What a source has taken back is left out, except endings and
// tilmeldinger: whether those may go is not the source's to decide once OT has had contact (S04).

/** Training that began. */
export interface Start {
  fact: FactOf<'Started'> | FactOf<'ContractSeen'> | FactOf<'PupilSeen'>;
  training: Training;
  institution: string;
  from: IsoDate;
  /** Exclusive. A place at a school is for one school year; a contract gives its own. */
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

/** Kinds that are asked for by what they open, end, start, join or take back. */
type Composed = 'NotApplied' | 'PlaceDeclined' | 'NoShow' | 'Left' | 'Started' | 'Renumbered' | 'Annulled';
type ByKind = { [K in Exclude<FactKind, Composed>]: readonly FactOf<K>[] };

/** The facts of each kind, as far as they count, and what is composed of several kinds. `Wish`: those that do not say no,
 *  which are openings. */
export interface Ledger extends Readonly<ByKind> {
  readonly starts: readonly Start[];
  readonly ends: readonly End[];
  readonly openings: readonly Opening[];
  readonly renumberings: readonly Renumbering[];
  /** Annulments of events that have not come. */
  readonly unmatched: readonly FactOf<'Annulled'>[];
  /** As known last, from any source. */
  readonly born: IsoDate | null;
}

type Draft = { -readonly [Field in keyof Ledger]: Ledger[Field] };

const NO_LISTS = Object.fromEntries(Object.keys(FACT_KINDS).map((kind) => [kind, NONE])) as Record<
  FactKind,
  typeof NONE
>;

/** With all fields: a copy that got more of them would take three times the room. */
const EMPTY: Ledger = {
  ...NO_LISTS,
  starts: NONE,
  ends: NONE,
  openings: NONE,
  renumberings: NONE,
  unmatched: NONE,
  born: null,
};

export function ledgerOf(facts: readonly Fact[]): Ledger {
  const ledger: Draft = { ...EMPTY };
  const annulled = annulmentsOf(facts);
  const replaced = replacedRows(facts);
  let bornFrom: Fact | null = null;
  for (const fact of facts) {
    if (fact.born !== null && (bornFrom === null || knownLater(fact, bornFrom))) bornFrom = fact;
    if (replaced?.has(fact) !== true) enter(ledger, fact, takenBackBy(annulled, fact));
  }
  if (annulled !== null) ledger.unmatched = unmatchedOf(annulled, facts);
  ledger.born = bornFrom?.born ?? null;
  return ledger;
}

/** Puts a fact where the rules look for it. @param annulledBy what its source has taken it back with */
function enter(ledger: Draft, fact: Fact, annulledBy: FactOf<'Annulled'> | null): void {
  switch (fact.kind) {
    case 'Left':
      ledger.ends = added(ledger.ends, endOf(fact, annulledBy));
      return;
    case 'NotApplied':
    case 'PlaceDeclined':
    case 'NoShow':
      ledger.openings = added(ledger.openings, { fact, annulledBy });
      return;
    case 'Wish':
      if (wishStatusOf(fact).says !== 'no') break;
      ledger.openings = added(ledger.openings, { fact, annulledBy });
      return;
    case 'Renumbered':
      // Two youths that are one cannot be taken apart again by a record.
      ledger.renumberings = added(ledger.renumberings, { fact, annulledBy });
      return;
    case 'Annulled':
      return;
    case 'Started':
      if (annulledBy === null) ledger.starts = added(ledger.starts, startOf(fact));
      return;
    case 'ContractSeen':
    case 'PupilSeen':
      if (annulledBy === null) ledger.starts = added(ledger.starts, startOf(fact));
      break;
    case 'AdviserStatus':
      if (!contactDecides.applies(fact)) return;
      break;
  }
  if (annulledBy === null) enterByKind(ledger, fact);
}

function enterByKind(lists: { [K in FactKind]?: readonly Fact[] }, fact: Fact): void {
  lists[fact.kind] = added(lists[fact.kind] ?? NONE, fact);
}

function endOf(fact: End['fact'], annulledBy: End['annulledBy']): End {
  const { consequence, leaving } = leavingOf(fact);
  return { fact, consequence, leaving, annulledBy };
}

function startOf(fact: Start['fact']): Start {
  const { institution, effective } = fact;
  switch (fact.kind) {
    case 'Started': {
      const { training, hovedskole: mainSchool } = fact;
      const until = training === 'apprenticeship' ? null : endOfSchoolYear(effective);
      return { fact, training, institution, from: effective, until, mainSchool };
    }
    case 'ContractSeen': {
      const { from, to: until } = fact;
      return { fact, training: 'apprenticeship', institution, from, until, mainSchool: null };
    }
    case 'PupilSeen': {
      // One fact for each school year: its effective date is the first day in that year, `from` may be long ago.
      const until = fact.to ?? endOfSchoolYear(effective);
      return { fact, training: 'private-school', institution, from: effective, until, mainSchool: null };
    }
  }
}

function endOfSchoolYear(date: IsoDate): IsoDate {
  return firstDayAfter(schoolYearOf(date));
}
