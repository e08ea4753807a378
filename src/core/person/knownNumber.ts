import { by } from '../order.ts';
import type { IsoInstant } from '../time/date.ts';
import { type NumberRef, numberRef } from './reference.ts';

/** One of the numbers that a change of number joins as one person's. */
export interface KnownNumber {
  /** The number's own reference in the vault, whichever youth it leads to now: never the number. */
  ref: NumberRef;
  /** When a change first mentioned it. */
  told: IsoInstant;
  /** First time a person was known by this number; null if never. */
  since: IsoInstant | null;
}

/** Sorted by reference; of each number the earliest moments. The same list when `other` says nothing new. */
export function uniteNumbers(
  one: readonly KnownNumber[],
  other: readonly KnownNumber[],
): readonly KnownNumber[] {
  const united = new Map(one.map((number) => [number.ref, number]));
  let same = true;
  for (const number of other) {
    const known = united.get(number.ref);
    const next = known === undefined ? number : earliest(known, number);
    if (next === known) continue;
    united.set(number.ref, next);
    same = false;
  }
  return same ? one : [...united.values()].sort(by(({ ref }) => ref));
}

function earliest(one: KnownNumber, other: KnownNumber): KnownNumber {
  const told = other.told < one.told ? other.told : one.told;
  const since = earlier(one.since, other.since);
  return told === one.told && since === one.since ? one : { ...one, told, since };
}

export function earlier(one: IsoInstant | null, other: IsoInstant | null): IsoInstant | null {
  if (one === null || other === null) return one ?? other;
  return other < one ? other : one;
}

/** What is stored; `told` is when the change first came. Rows from before numbers were kept only say whether two were
 *  known: those two are nameless. */
export function readNumbers(stored: unknown, told: IsoInstant): readonly KnownNumber[] {
  if (stored === true) return NAMELESS.map((ref) => ({ ref, told, since: told }));
  return Array.isArray(stored) ? stored : [];
}

const NAMELESS = ['one', 'other'].map(numberRef);
