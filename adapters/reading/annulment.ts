import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import type { StatusEvent } from '../../src/core/youth/statusEvent.ts';
import { unnamedId } from '../../src/core/youth/unnamedRow.ts';
import * as read from './recordFields.ts';
import { eventId } from './recordHead.ts';
import type { RecordFields } from './recordProblems.ts';
import { noteInvalid, noteMissing } from './recordProblems.ts';
import type { ReadContext, RecordContent, RecordType } from './recordType.ts';
import { type OneRow, schoolIn } from './rowId.ts';
import { schoolYear } from './schoolYearField.ts';

// Every feed takes events back in the same way: by the id of the event, or, where a feed has rows without one, by what
// the row was about.

/** For feeds whose source names all its events. */
export const ANNULMENT_FIELDS = ['annullerer'];
/** What such an annulment cannot be decided without. */
export const ANNULMENT_NEEDS = ANNULMENT_FIELDS;

export function readAnnulment(fields: RecordFields, context: ReadContext): RecordContent {
  return {
    effective: context.reportedOn(),
    body: { kind: 'Annulled', annuls: eventId(fields, 'annullerer') },
  };
}

/** Which row it was, where it had no id. */
const ROW_FIELDS = ['annullererType', 'skolear'];

/** @param rows the types of rows that may come without an id; @param more fields that all types of the feed have */
export function rowAnnulment(rows: Readonly<Record<string, OneRow>>, more: readonly string[]): RecordType {
  const types = Object.keys(rows) as [string, ...string[]];
  const bySchool = Object.values(rows).includes('each-year-and-school');
  const school = bySchool && !more.includes('skolenummer') ? ['skolenummer'] : [];
  return {
    fields: [...more, ...school, ...ANNULMENT_FIELDS, ...ROW_FIELDS],
    needs: [...school, ...ANNULMENT_FIELDS, ...ROW_FIELDS],
    read(fields, context) {
      if (read.isAbsent(fields, 'annullererType')) {
        if (read.isAbsent(fields, 'annullerer')) noteMissing(fields, 'annullerer', whichRow(types));
        return read.isAbsent(fields, 'annullerer')
          ? { effective: context.reportedOn(), body: { kind: 'Annulled', annuls: '' } }
          : readAnnulment(fields, context);
      }
      if (!read.isAbsent(fields, 'annullerer'))
        noteInvalid(
          fields,
          'annullererType',
          (field) => FIELD.nb.notTogether(field, 'annullerer'),
          CURE.nb.oneOfThem,
        );
      const type = read.choice(fields, 'annullererType', types);
      const row = {
        type,
        schoolYear: schoolYear(fields, 'skolear'),
        school: schoolIn(fields, rows[type] ?? 'each-year'),
      };
      // With a broken number the record is refused, and its body is not used.
      const { fodselsnummer } = context;
      const pseudonym = fodselsnummer === null ? '' : context.pseudonym(fodselsnummer);
      return {
        effective: context.reportedOn(),
        body: { kind: 'Annulled', annuls: unnamedId(row, pseudonym) },
      };
    },
  };
}

function whichRow(types: readonly string[]): string {
  return CURE.nb.whichRow(types.join(', '));
}

/** Some sources send an annulment as one more version of the event itself. It is an event of its own, and covers the
 *  lower versions. */
export function annulledUnderOneId(event: StatusEvent): StatusEvent {
  if (event.kind !== 'Annulled' || event.annuls !== event.id) return event;
  return { ...event, id: `${event.id}:annullert`, upTo: event.version };
}
