import type { Policy } from '../../policy.ts';
import type { Fact } from '../../youth/youthEvent.ts';
import { deviationsOf } from './name.ts';

/** The tag of the name that came last with the youth's number, without those that deviate and are not reviewed.
 *  Null when no record had a name. */
export function currentName(facts: readonly Fact[], policy: Pick<Policy, 'deviatingNames'>): string | null {
  const deviating = new Set(deviationsOf(facts, policy).map(({ fact }) => fact));
  let last: Fact | null = null;
  for (const fact of facts) {
    if (fact.nameTag === null || (deviating.has(fact) && !KEEPS_NAMES.has(fact.feed))) continue;
    if (last === null || fact.received > last.received) last = fact;
  }
  return last?.nameTag ?? null;
}

/** What the population register writes is the name, also when it is a new one. */
const KEEPS_NAMES: ReadonlySet<Fact['feed']> = new Set(['folkeregister']);
