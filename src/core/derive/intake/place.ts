import { type WishSays, wishStatusOf } from '../../codelists/wishStatus.ts';
import type { IsoDate } from '../../date.ts';
import { placeComesFirst, type WithoutPlace } from '../../rules/intake.ts';
import { type SchoolYear, schoolYearOf } from '../../schoolYear.ts';
import type { FactOf } from '../../youthEvent.ts';
import type { Ledger, Start } from '../facts/ledger.ts';
import { knownLater } from '../facts/order.ts';

// A place in VIGO says that the youth was let in and said yes, not that the youth came: it is no start, and no leaving is
// a move because of it.

/** What stands against somebody being without a place: a wish, or a place the intake office told of. */
export type PlaceFact = FactOf<'Wish'> | FactOf<'Started'>;

/** What says that there is no place. */
export interface Without {
  against: WithoutPlace;
  schoolYear: SchoolYear;
  effective: IsoDate;
  /** Where the place was, when told. */
  institution: string | null;
}

/** The place or open offer for which it falls. Of several the one that was known first, because what OT did before that
 *  was done in good faith. */
export function placeAgainst(ledger: Ledger, without: Without): PlaceFact | null {
  let first: PlaceFact | null = null;
  const meet = (fact: PlaceFact, says: WishSays) => {
    if (comesFirst(fact, says, without) && (first === null || knownLater(first, fact))) first = fact;
  };
  for (const wish of ledger.wishes)
    if (wish.schoolYear === without.schoolYear) meet(wish, wishStatusOf(wish).says);
  // A place told by itself does not say that the youth has applied: that is a question to an adviser (I04).
  if (without.against === 'wish' || without.against === 'declined')
    for (const start of ledger.starts) if (isIntakePlace(start, without)) meet(start.fact, 'place');
  return first;
}

function isIntakePlace(start: Start, { schoolYear }: Without): start is Start & { fact: FactOf<'Started'> } {
  const { fact } = start;
  return (
    fact.kind === 'Started' && fact.feed === 'vigo-intake' && schoolYearOf(fact.effective) === schoolYear
  );
}

function comesFirst(place: PlaceFact, says: WishSays, without: Without): boolean {
  const { against, effective } = without;
  const answersIt = against === 'declined' && effective > place.effective && isSamePlace(place, without);
  return placeComesFirst.applies({ says, against, answersIt, since: place.effective >= effective });
}

/** Of an unknown school it may be: nobody is lost for want of a school number. */
export function isSamePlace(
  one: { institution: string | null },
  other: { institution: string | null },
): boolean {
  return one.institution === null || other.institution === null || one.institution === other.institution;
}
