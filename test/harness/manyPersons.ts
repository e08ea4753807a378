import { createIdentities } from '../../src/local/sample/identity.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import type { Person } from './persons.ts';

/** Synthetic persons beyond the cast, all different and the same each time (month + 80, valid check digits). */
export function crowd(count: number, born: { first: string; last: string }): Person[] {
  const next = createIdentities(seededRandom(38), born.first, born.last);
  return Array.from({ length: count }, next);
}
