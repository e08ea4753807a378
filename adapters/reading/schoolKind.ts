import type { NamedCode } from '../../src/core/feedColumns.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';

/** What the field may hold. */
export const SCHOOL_KINDS = [
  { code: 'offentlig', text: 'Offentlig' },
  { code: 'privat', text: 'Privat' },
] as const satisfies readonly NamedCode[];

/** The field `skoletype` of a start or a place: public unless it says private. */
export function schoolKind(fields: RecordFields): 'school' | 'private-school' {
  return read.optionalChoice(fields, 'skoletype', ['offentlig', 'privat']) === 'privat'
    ? 'private-school'
    : 'school';
}
