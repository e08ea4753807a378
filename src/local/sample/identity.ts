import { readIdentityNumber } from '../../core/person/identityNumber.ts';
import { addDays, daysBetween, type IsoDate } from '../../core/time/date.ts';
import type { Random } from './random.ts';

// Synthetic persons in Tenor's format: a fødselsnummer whose month is raised by 80, all other rules kept. No such
// number can belong to a living person.

export interface Identity {
  fodselsnummer: string;
  fodselsdato: IsoDate;
}

/** Draws distinct identities born in [first, last]. Years 1900–2039. */
export function createIdentities(random: Random, first: IsoDate, last: IsoDate): () => Identity {
  const taken = new Set<string>();
  const days = daysBetween(first, last);
  return () => {
    for (;;) {
      const fodselsdato = addDays(first, random.between(0, days));
      // The individual number is below 500 for births in the 1900s, from 500 for later ones.
      const lowest = fodselsdato < '2000' ? 0 : 500;
      const fodselsnummer = tenorNumber(fodselsdato, random.between(lowest, lowest + 499));
      if (fodselsnummer === undefined || taken.has(fodselsnummer)) continue;
      taken.add(fodselsnummer);
      return { fodselsnummer, fodselsdato };
    }
  };
}

/** `undefined` when no check digits exist for this individual number on that date. */
export function tenorNumber(born: IsoDate, individual: number): string | undefined {
  const month = Number(born.slice(5, 7)) + 80;
  const nine = `${born.slice(8, 10)}${month}${born.slice(2, 4)}${String(individual).padStart(3, '0')}`;
  const first = checkDigit(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]);
  if (first === undefined) return undefined;
  const second = checkDigit(`${nine}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
  return second === undefined ? undefined : `${nine}${first}${second}`;
}

/** Fictive number as an intake office makes it for a youth without a number: day + 40, 99, a digit for the sex, the
 *  county. One whose check digits happen to be valid could be a real D-number and is never used. */
export function fictiveNumber(born: IsoDate, county: string): string {
  const day = Number(born.slice(8, 10)) + 40;
  const numbers = [1, 2].map((sex) => `${day}${born.slice(5, 7)}${born.slice(2, 4)}99${sex}${county}`);
  const found = numbers.find((number) => {
    const reading = readIdentityNumber(number, 'test');
    return reading.ok && reading.kind === 'fiktivt';
  });
  if (found === undefined) throw new Error(`no fictive number for ${born}`);
  return found;
}

function checkDigit(digits: string, weights: readonly number[]): number | undefined {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : digit;
}
