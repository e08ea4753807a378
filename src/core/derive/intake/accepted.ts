import { wishStatusOf } from '../../codelists/wishStatus.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Training } from '../../youth/statusEvent.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { Ledger } from '../facts/ledger.ts';
import { holdsOver } from '../facts/order.ts';
import type { RegistrationFile } from '../registration/file.ts';
import { isSamePlace } from './givenUp.ts';

/** A yes to a place, by a youth who is registered all the same. */
export interface Accepted {
  fact: FactOf<'Wish'>;
  training: Training;
  from: IsoDate;
}

/** A contract, and not a place at a school. */
const CONTRACT: ReadonlySet<string> = new Set(['INNTLÆ', 'LANNET', 'PRØVE']);

/** The latest yes of the registration's school year, no earlier than `from`, that the youth has not left, given up or
 *  failed to come to since. */
export function acceptedIn(ledger: Ledger, file: RegistrationFile, from: IsoDate): Accepted | null {
  let found: FactOf<'Wish'> | null = null;
  for (const wish of ledger.Wish) {
    if (wish.schoolYear !== file.schoolYear || wish.effective < from) continue;
    if (wishStatusOf(wish).says !== 'place' || isGivenUp(file, wish)) continue;
    if (found === null || holdsOver(wish, found)) found = wish;
  }
  if (found === null) return null;
  const training = CONTRACT.has(found.code) ? 'apprenticeship' : 'school';
  return { fact: found, training, from: found.effective };
}

function isGivenUp({ standing }: RegistrationFile, place: FactOf<'Wish'>): boolean {
  return standing.some(
    ({ happened, effective, institution, fact }) =>
      (happened === 'TAKKET_NEI' || happened === 'NO_SHOW') &&
      effective > place.effective &&
      isSamePlace(place, { institution: 'institution' in fact ? fact.institution : institution }),
  );
}
