import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import { CONSENT_SCOPES, type ConsentScope } from '../../src/core/youth/statusEvent.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { noteInvalid, noteType } from '../reading/recordProblems.ts';

const ONLY = CURE.nb.onlyThese(CONSENT_SCOPES.join(', '));

/** What a yes names besides: one word or a list of them; sorted, none twice. A word that is not known is a problem. */
export function readScope(fields: RecordFields): ConsentScope[] {
  const { omfang } = fields.value;
  if (read.isAbsent(fields, 'omfang')) return [];
  const named = new Set<ConsentScope>();
  for (const word of Array.isArray(omfang) ? omfang : [omfang]) {
    if (typeof word !== 'string') {
      noteType(fields, 'omfang', 'words');
      return [];
    }
    const known = CONSENT_SCOPES.find((each) => each === word.trim().toUpperCase());
    if (known === undefined) {
      noteInvalid(fields, 'omfang', FIELD.nb.unknownScope, ONLY);
      return [];
    }
    named.add(known);
  }
  return [...named].sort();
}
