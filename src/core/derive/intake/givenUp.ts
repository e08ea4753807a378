import type { IsoDate } from '../../time/date.ts';
import { type SchoolYear, schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { saysNeverBegan } from '../training/placeEnd.ts';

/** What was told of a place that the youth did not want after all, or did not come to. */
export type Refusal = FactOf<'PlaceDeclined'> | FactOf<'NoShow'> | FactOf<'Left'>;

interface Place {
  schoolYear: SchoolYear;
  effective: IsoDate;
  institution: string | null;
}

/** Said no to at that very place, or not come to, later than the yes or the offer: then it stands for nobody, and of
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

/** Of an unknown school it may be: nobody is lost for want of a school number. */
export function isSamePlace(
  one: { institution: string | null },
  other: { institution: string | null },
): boolean {
  return one.institution === null || other.institution === null || one.institution === other.institution;
}
