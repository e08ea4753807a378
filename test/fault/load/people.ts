import { addDays, type IsoDate } from '../../../src/core/time/date.ts';
import { createIdentities } from '../../../src/local/sample/identity.ts';
import type { Random } from '../../../src/local/sample/random.ts';

/** A synthetic person (Tenor's form: month + 80). */
export interface Person {
  index: number;
  number: string;
  born: IsoDate;
  adult: boolean;
  /** Kafka key of the sender's records about this person: random, the same on all feeds. */
  key: string;
}

/** Between 16 and 23 years on `today`, without birthdays in the next or last days. */
export function createPeople(random: Random, count: number, today: IsoDate): Person[] {
  const minors = createIdentities(
    random,
    addDays(today, -Math.round(17.9 * 365.25)),
    addDays(today, -16 * 366),
  );
  const adults = createIdentities(
    random,
    addDays(today, -23 * 365),
    addDays(today, -Math.round(18.1 * 365.25)),
  );
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const adult = index % 3 !== 0;
    let identity = (adult ? adults : minors)();
    while (taken.has(identity.fodselsnummer)) identity = (adult ? adults : minors)();
    taken.add(identity.fodselsnummer);
    return { index, number: identity.fodselsnummer, born: identity.fodselsdato, adult, key: token(random) };
  });
}

/** A UUID that the seed decides, and with it the partition. */
function token(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
