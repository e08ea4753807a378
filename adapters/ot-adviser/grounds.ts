import { GROUNDS, type GroundKey } from '../../src/core/rules/ground.ts';
import { OVERRIDES, type OverrideKey } from '../../src/core/rules/override.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteInvalid, noteType } from '../reading/recordProblems.ts';

const KEYWORDS = Object.keys(GROUNDS) as [GroundKey, ...GroundKey[]];
const REASONS = Object.keys(OVERRIDES) as [OverrideKey, ...OverrideKey[]];
const ONLY = CURE.nb.onlyKeywords(KEYWORDS.join(', '));

/** One keyword or a list of them; sorted, none twice. */
export function readGrounds(fields: RecordFields): string[] {
  if (!Array.isArray(fields.value.grunnlag)) {
    const one = read.optionalChoice(fields, 'grunnlag', KEYWORDS);
    return one === null ? [] : [one];
  }
  const stated: readonly unknown[] = fields.value.grunnlag;
  const found = new Set<string>();
  for (const value of stated) {
    if (typeof value !== 'string') {
      noteType(fields, 'grunnlag', 'keywords');
      return [];
    }
    if (!Object.hasOwn(GROUNDS, value)) {
      noteInvalid(fields, 'grunnlag', FIELD.nb.unknownKeyword, ONLY);
      return [];
    }
    found.add(value);
  }
  return [...found].sort();
}

/** Why the adviser keeps the choice, whatever a rule says. */
export function readOverride(fields: RecordFields): string | null {
  return read.optionalChoice(fields, 'fastholdtFordi', REASONS);
}
