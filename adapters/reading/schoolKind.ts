import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';

/** The field `skoletype` of a start or a place: public unless it says private. */
export function schoolKind(fields: RecordFields): 'school' | 'private-school' {
  return read.optionalChoice(fields, 'skoletype', ['offentlig', 'privat']) === 'privat'
    ? 'private-school'
    : 'school';
}
