import { takesBackWhatWasTold } from '../../rules/annulment.ts';
import { oldRowKey, rowKeyIn } from '../../youth/unnamedRow.ts';
import { factKey } from '../../youth/youth.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { knownLater } from './order.ts';

type Annulment = FactOf<'Annulled'>;

/** A source's annulments by the key of what they take back. */
export type Annulments = ReadonlyMap<string, readonly Annulment[]>;

/** Null when there are none, which is nearly always. */
export function annulmentsOf(facts: readonly Fact[]): Annulments | null {
  let annulments: Map<string, Annulment[]> | null = null;
  for (const fact of facts) {
    if (fact.kind !== 'Annulled') continue;
    annulments ??= new Map();
    enter(annulments, fact, fact.annuls);
    const row = rowKeyIn(fact.annuls);
    if (row !== null) enter(annulments, fact, row);
  }
  return annulments;
}

function enter(annulments: Map<string, Annulment[]>, annulment: Annulment, id: string): void {
  const key = factKey({ source: annulment.source, id });
  const others = annulments.get(key);
  if (others === undefined) annulments.set(key, [annulment]);
  else others.push(annulment);
}

/** What took the current version of the fact back (S04): of several the one that was known last. Null when none did. */
export function takenBackBy(annulments: Annulments | null, fact: Fact): Annulment | null {
  if (annulments === null) return null;
  let last: Annulment | null = null;
  for (const annulment of annulments.get(keyOf(fact)) ?? []) {
    if (!takesBackWhatWasTold.applies({ event: fact, annulment })) continue;
    if (last === null || knownLater(annulment, last)) last = annulment;
  }
  return last;
}
/** Annulments of events that have not come, each event once: by the annulment that was known last. */
export function unmatchedOf(annulments: Annulments, facts: readonly Fact[]): Annulment[] {
  const known = new Set(facts.map((fact) => keyOf(fact)));
  const unmatched = new Map<string, Annulment>();
  for (const annulment of new Set([...annulments.values()].flat())) {
    const { source, annuls } = annulment;
    const row = rowKeyIn(annuls);
    if (known.has(factKey({ source, id: annuls }))) continue;
    if (row !== null && known.has(factKey({ source, id: row }))) continue;
    const key = factKey({ source, id: annuls });
    const before = unmatched.get(key);
    if (before === undefined || knownLater(before, annulment)) unmatched.set(key, annulment);
  }
  return [...unmatched.values()];
}

/** The key by which annulments name the fact. */
function keyOf(fact: Fact): string {
  const row = oldRowKey(fact);
  return row === null ? factKey(fact) : factKey({ source: fact.source, id: row });
}
