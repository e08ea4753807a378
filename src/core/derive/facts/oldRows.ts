import { compareKeys } from '../../youth/factOrder.ts';
import { oldRowKey, rowKeyIn } from '../../youth/unnamedRow.ts';
import { factKey } from '../../youth/youth.ts';
import type { Fact } from '../../youth/youthEvent.ts';

/**
 * Rows that were named by their content and that a newer row has replaced: by one of the same school, person and school
 * year (A11). Null when there are none, which is nearly always.
 */
export function replacedRows(facts: readonly Fact[]): ReadonlySet<Fact> | null {
  let newest: Map<string, Fact> | null = null;
  let replaced: Set<Fact> | null = null;
  for (const fact of facts) {
    const row = oldRowKey(fact);
    if (row === null) continue;
    newest ??= rowsByKey(facts);
    const key = factKey({ source: fact.source, id: row });
    const other = newest.get(key);
    if (other === undefined) newest.set(key, fact);
    else {
      replaced ??= new Set();
      replaced.add(isNewer(other, fact) ? fact : other);
      if (!isNewer(other, fact)) newest.set(key, fact);
    }
  }
  return replaced;
}

/** Of rows named by their content, the last received one about what the new row is about. */
export function oldRowOf(
  facts: readonly Fact[],
  { source, id }: { source: string; id: string },
): Fact | undefined {
  const row = rowKeyIn(id);
  if (row === null) return undefined;
  let newest: Fact | undefined;
  for (const fact of facts) {
    if (fact.source !== source || oldRowKey(fact) !== row) continue;
    if (newest === undefined || isNewer(fact, newest)) newest = fact;
  }
  return newest;
}

function rowsByKey(facts: readonly Fact[]): Map<string, Fact> {
  const rows = new Map<string, Fact>();
  for (const fact of facts) {
    const row = fact.kind === 'Annulled' ? null : rowKeyIn(fact.id);
    if (row !== null) rows.set(factKey({ source: fact.source, id: row }), fact);
  }
  return rows;
}

/** A row named by what it is about was read by a newer program than one named by its content. */
function isNewer(one: Fact, other: Fact): boolean {
  const [named, otherNamed] = [rowKeyIn(one.id) !== null, rowKeyIn(other.id) !== null];
  if (named !== otherNamed) return named;
  if (one.received !== other.received) return one.received > other.received;
  return compareKeys(one, other) > 0;
}
