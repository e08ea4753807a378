import { dayNumber } from '../../src/core/time/calendar.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import { schoolYearOf } from '../../src/core/time/schoolYear.ts';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import { unnamedId } from '../../src/core/youth/unnamedRow.ts';
import * as read from './recordFields.ts';
import type { RecordFields } from './recordProblems.ts';
import { SCHOOL_NUMBER } from './vigoNumber.ts';

// Rows without an id of the source: named by what they are about, so that a corrected row replaces the former one (A11).

/** How many rows of a type a list has about one youth: one each school year, or one for each school too. */
export type OneRow = 'each-year' | 'each-year-and-school';

/** @param pseudonym of the person, keyed */
export function rowId(
  fields: RecordFields,
  row: { type: string; one: OneRow; effective: string; body: FactBody },
  pseudonym: string,
): string {
  const { type, one, effective, body } = row;
  const schoolYear = 'schoolYear' in body ? body.schoolYear : schoolYearOf(effective);
  return unnamedId({ type, schoolYear, school: schoolIn(fields, one) }, pseudonym);
}

export function schoolIn(fields: RecordFields, one: OneRow): string {
  return one === 'each-year' ? '' : (read.optionalText(fields, 'skolenummer', SCHOOL_NUMBER) ?? '');
}

/** The row that comes last holds, also when a list is corrected the same afternoon. Seconds since 2000: a whole number that
 *  Avro's `int` can hold until 2068. */
export function rowVersion(received: IsoInstant): number {
  const seconds = Number(received.slice(11, 13)) * 3600 + Number(received.slice(14, 16)) * 60;
  return (
    (dayNumber(received.slice(0, 10)) - dayNumber('2000-01-01')) * 86_400 +
    seconds +
    Number(received.slice(17, 19))
  );
}
