import { yearsAfter } from '../calendar.ts';
import type { IsoDate } from '../date.ts';

// The 18th birthday. Born on 29 February there is none that year: on 28 February the guardian no longer counts, and from
// 1 March the youth does. Both choices protect the youth until Q7 is decided (Y04).

const OF_AGE = 18;

/** From this date guardians are neither asked nor informed. */
export function guardianEndsOn(born: IsoDate): IsoDate {
  const birthday = yearsAfter(born, OF_AGE);
  return born.endsWith('-02-29') ? `${birthday.slice(0, 4)}-02-28` : birthday;
}

/** From this date the youth's own word is enough. */
export function ofAgeOn(born: IsoDate): IsoDate {
  return yearsAfter(born, OF_AGE);
}
