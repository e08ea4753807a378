import { type WishSays, wishStatusOf } from '../../codelists/wishStatus.ts';
import { placeComesFirst, type WithoutPlace } from '../../rules/intake.ts';
import type { IsoDate } from '../../time/date.ts';
import { type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';
import { isGivenUp } from './givenUp.ts';

// A place in VIGO means that the youth was let in and said yes, not that the youth came: it is no start, and makes no
// leaving a move.

/** What speaks against a youth being without a place: a wish, or a place the intake office reported. */
export type PlaceFact = FactOf<'Wish'> | FactOf<'Started'>;

/** A report that there is no place. */
export interface Without {
  against: WithoutPlace;
  schoolYear: SchoolYear;
  effective: IsoDate;
  /** Where the place was, when given. */
  institution: string | null;
}

/** The place or open offer that overrules it. Of several the one that was known first, because what OT did before that
 *  was done in good faith. */
export function placeAgainst(ledger: Ledger, without: Without): PlaceFact | null {
  let first: PlaceFact | null = null;
  const meet = (fact: PlaceFact, says: WishSays) => {
    if (!comesFirst(ledger, fact, says, without)) return;
    if (first === null || knownLater(first, fact)) first = fact;
  };
  for (const wish of ledger.Wish)
    if (wish.schoolYear === without.schoolYear) meet(wish, wishStatusOf(wish).says);
  // A place reported by itself does not say that the youth has applied: that is a question to an adviser (I04).
  if (without.against === 'wish' || without.against === 'declined')
    for (const start of ledger.starts)
      if (isIntakePlace(start, without.schoolYear)) meet(start.fact, 'place');
  return first;
}

/** A place of that year, as the intake office reports it. */
export function isIntakePlace(
  start: Start,
  schoolYear: SchoolYear,
): start is Start & { fact: FactOf<'Started'> } {
  const { fact } = start;
  return (
    fact.kind === 'Started' && fact.feed === 'vigo-intake' && schoolYearOf(fact.effective) === schoolYear
  );
}

/** By the yes the youth has applied, and still has when the place is given up: that no counts by itself. */
function comesFirst(ledger: Ledger, place: PlaceFact, says: WishSays, without: Without): boolean {
  const { against, effective, schoolYear } = without;
  const { institution } = place;
  const answersIt =
    against !== 'not-applied' && isGivenUp(ledger, { schoolYear, effective: place.effective, institution });
  return placeComesFirst.applies({ says, against, answersIt, since: place.effective >= effective });
}
