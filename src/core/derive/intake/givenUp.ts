import type { IsoDate } from '../../time/date.ts';
import { type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { saysNeverBegan } from '../training/placeEnd.ts';

/** A report on a place that the youth did not want after all, or did not come to. */
export type Refusal = FactOf<'PlaceDeclined'> | FactOf<'NoShow'> | FactOf<'Left'>;

interface Place {
  schoolYear: SchoolYear;
  effective: IsoDate;
  institution: string | null;
}

/** Declined, or not come to, at that very place, later than the yes or the offer: then the place no longer counts, and of
 *  several places each is given up by its own no. */
export function isGivenUp(ledger: Ledger, place: Place): boolean {
  return refusalsOf(ledger, place).some(({ effective }) => effective > place.effective);
}

/** Every no to that place on its day or after it, taken back ones left out. */
export function refusalsOf({ openings, ends }: Ledger, place: Place): Refusal[] {
  const found: Refusal[] = [];
  for (const { fact, annulledBy } of openings) {
    if (annulledBy !== null || (fact.kind !== 'PlaceDeclined' && fact.kind !== 'NoShow')) continue;
    if (fact.schoolYear === place.schoolYear && answers(fact, place)) found.push(fact);
  }
  for (const end of ends) {
    if (end.annulledBy !== null || !saysNeverBegan(end)) continue;
    if (schoolYearOf(end.fact.effective) === place.schoolYear && answers(end.fact, place))
      found.push(end.fact);
  }
  return found;
}

function answers(no: { effective: IsoDate; institution: string | null }, place: Place): boolean {
  return no.effective >= place.effective && isSamePlace(no, place);
}

/** An unknown school may be the same: no youth is lost for lack of a school number. */
export function isSamePlace(
  one: { institution: string | null },
  other: { institution: string | null },
): boolean {
  return one.institution === null || other.institution === null || one.institution === other.institution;
}
