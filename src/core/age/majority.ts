import { kept } from '../kept.ts';
import type { DatedAge } from '../policy.ts';
import { yearsAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';

/** The days on which a guardian's consent stops counting and the youth's own begins to. */
export interface ComingOfAge {
  /** From this date guardians are neither asked nor informed. */
  readonly guardianEnds: IsoDate;
  /** From this date the youth's own consent is enough. */
  readonly youthBegins: IsoDate;
}

/**
 * When a youth comes of age, under the age that holds on that day; once only, whatever age holds later. Born on 29
 * February there is no birthday in most years: on 28 February the guardian no longer counts, and from 1 March the youth
 * does. Both choices protect the youth until Q7 is decided (Y04). Null when the birth date is not known.
 * @throws for a policy without an age
 */
export function comingOfAge(born: IsoDate | null, ages: readonly DatedAge[]): ComingOfAge | null {
  if (born === null) return null;
  let under = KEPT.get(ages);
  if (under === undefined) {
    under = kept((date: IsoDate) => bornOn(date, ages));
    KEPT.set(ages, under);
  }
  return under(born);
}

/** By the ages of a policy: all youths born on a day come of age on the same days. */
const KEPT = new WeakMap<readonly DatedAge[], (born: IsoDate) => ComingOfAge>();

function bornOn(born: IsoDate, ages: readonly DatedAge[]): ComingOfAge {
  for (let place = 0; place < ages.length; place += 1) {
    const { from, age } = ages[place]!;
    const birthday = yearsAfter(born, age);
    const next = ages[place + 1];
    if (next !== undefined && next.from <= birthday) continue;
    // Older than that already when a lower age came to hold.
    if (birthday < from) return { guardianEnds: from, youthBegins: from };
    const leaped = birthday.slice(5) !== born.slice(5);
    return { guardianEnds: leaped ? `${birthday.slice(0, 4)}-02-28` : birthday, youthBegins: birthday };
  }
  throw new Error('a policy without an age of majority');
}
