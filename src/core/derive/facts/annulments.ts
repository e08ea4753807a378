import { factKey } from '../../youth.ts';
import type { Fact, FactOf } from '../../youthEvent.ts';
import { knownLater } from './order.ts';

/** By the key of what is taken back; null when there is none, which is nearly always. */
export function annulmentsOf(facts: readonly Fact[]): Map<string, FactOf<'Annulled'>> | null {
  let annulled: Map<string, FactOf<'Annulled'>> | null = null;
  for (const fact of facts) {
    if (fact.kind !== 'Annulled') continue;
    annulled ??= new Map();
    const key = factKey({ source: fact.source, id: fact.annuls });
    const before = annulled.get(key);
    if (before === undefined || knownLater(before, fact)) annulled.set(key, fact);
  }
  return annulled;
}
