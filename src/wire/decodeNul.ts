import type { Problem } from '../core/problem.ts';

/** PostgreSQL refuses U+0000 in text: such a record goes to quarantine and never near a statement. */
export function nulCharacter(): Problem {
  return {
    code: 'NUL_CHARACTER',
    field: '',
    text: 'Raden har et tegn som ikke kan lagres (U+0000).',
    cure: 'Fjern tegnet og send raden på nytt.',
  };
}
