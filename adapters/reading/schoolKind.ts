import * as read from './recordFields.ts';

/** The field `skoletype` of a start or a place: public unless it says private. */
export function schoolKind(fields: read.RecordFields): 'school' | 'private-school' {
  return read.optionalChoice(fields, 'skoletype', ['offentlig', 'privat']) === 'privat'
    ? 'private-school'
    : 'school';
}
