import type { Problem } from './problem.ts';
import { ROW } from './sentences/rows.ts';

export const FOREIGN_INSTITUTION = 'FOREIGN_INSTITUTION';

/** A row about another institution than those the sender may send for. */
export function foreignInstitution(): Problem {
  return {
    code: FOREIGN_INSTITUTION,
    field: '',
    text: ROW.nb.foreign,
    cure: ROW.nb.foreignCure,
  };
}
