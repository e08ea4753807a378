import type { IsoInstant } from '../time/date.ts';
import type { FactOf } from '../youth/youthEvent.ts';

/**
 * How many have parental responsibility, as the records of consent say; null: none says it, and it is not guessed. The last
 * statement counts, of several of the same moment the higher: an answer of the second guardian is one too.
 */
export function guardiansAt(consents: readonly FactOf<'Consent'>[], at: IsoInstant): 1 | 2 | null {
  let said: 1 | 2 | null = null;
  let when = '';
  for (const { party, guardians, at: moment } of consents) {
    const number = party === 'FORESATT2' ? 2 : guardians;
    if (number === undefined || moment > at || moment < when) continue;
    if (moment > when || said === null || number > said) said = number;
    when = moment;
  }
  return said;
}
