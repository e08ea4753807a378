import type { Problem } from '../core/problem.ts';
import { CURE } from '../core/sentences/cures.ts';
import { ROW } from '../core/sentences/rows.ts';

/** PostgreSQL refuses U+0000 in text: such a record goes to quarantine and never near a statement. */
export function nulCharacter(): Problem {
  return {
    code: 'NUL_CHARACTER',
    field: '',
    text: ROW.nb.nul,
    cure: CURE.nb.removeSign,
  };
}
