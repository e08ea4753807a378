import type { OrgId } from '../../core/organisation.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

/** Who asks, as limits know them. */
export interface CappedCaller {
  key: string;
  name: string;
}

/**
 * Before persons are looked up, found or not: a caller may ask for so many different ones an hour.
 * @param persons references; for an unknown number, a keyed hash
 * @throws DeskRefusal TOO_MANY_PERSONS
 */
export type CountPersons = (caller: CappedCaller, org: OrgId, persons: readonly string[]) => Promise<void>;

const HOUR_MS = 60 * 60_000;
/** One alert for a caller that goes on asking. */
const ALERT_EVERY_MS = 15 * 60_000;

/** @param perHour most different persons */
export function createPersonCap(
  { operations, vault, now, log }: Pick<DeskParts, 'operations' | 'vault' | 'now' | 'log'>,
  perHour: number,
): CountPersons {
  const alerted = new Map<string, number>();
  return async (caller, org, persons) => {
    if (persons.length === 0) return;
    const at = now();
    const hashed = (text: string) => vault.digest('person-asked', text).subarray(0, 16);
    const oldest = await operations.notePersons({
      caller: hashed(caller.key),
      persons: persons.map(hashed),
      at: instantOf(at),
      since: instantOf(at - HOUR_MS),
      most: perHour,
    });
    if (oldest === null) return;
    if (at - (alerted.get(caller.key) ?? Number.NEGATIVE_INFINITY) >= ALERT_EVERY_MS) {
      alerted.set(caller.key, at);
      log({ event: 'personsCapped', org, caller: caller.name, most: perHour });
    }
    const minutes = Math.max(1, Math.ceil((epochOf(oldest) + HOUR_MS - at) / 60_000));
    throw new DeskRefusal(
      'TOO_MANY_PERSONS',
      `Det er slått opp ${perHour} forskjellige personer på en time, som er grensen, og driften er varslet. Prøv igjen om ${minutes} minutter, eller be driften heve LIMIT_PERSONS_PER_HOUR.`,
      { retryAfterSeconds: minutes * 60 },
    );
  };
}
