import { FACT_KINDS } from '../../core/youth/factKinds.ts';
import type { Fact } from '../../core/youth/youthEvent.ts';

/** What may be shown of a fact besides who reported it and when: codes, years and institutions, as the table of kinds
 *  names them. What the source has not said is left out. */
export function factCodes(fact: Fact): Record<string, string> {
  const values: Record<string, unknown> = { ...fact };
  const codes: Record<string, string> = {};
  for (const [field, name] of Object.entries<string | null>(FACT_KINDS[fact.kind].fields)) {
    const value = values[field];
    if (name === null) continue;
    if (typeof value === 'string') codes[name] = value;
    else if (typeof value === 'boolean') codes[name] = value ? 'JA' : 'NEI';
  }
  return codes;
}
