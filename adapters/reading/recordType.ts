import type { AdapterContext } from '../../src/core/feedAdapter.ts';
import type { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import type { IsoDate } from '../../src/core/time/date.ts';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import type { RecordFields } from './recordProblems.ts';
import type { OneRow } from './rowId.ts';

/** The content of one record, by its type. */
export type RecordContent =
  /** `opens`: of a type that protects, this one discloses more than before, and must be right in every field. */
  | { effective: IsoDate; body: FactBody; opens?: boolean }
  /** The number has replaced this one; null when that is broken. */
  | { effective: IsoDate; body: Extract<FactBody, { kind: 'Renumbered' }>; former: Fodselsnummer | null };

export interface ReadContext extends AdapterContext {
  /** Of the youth; null when broken. */
  fodselsnummer: Fodselsnummer | null;
  /** The date in Oslo of `meldt`, or else of the moment the record entered Kafka. */
  reportedOn(): IsoDate;
}

export interface RecordType {
  /** Fields besides the common ones. */
  fields: readonly string[];
  /** How many rows of this type a list has about one youth, in feeds that need not name them. Absent: unknown, and each
   *  content is a row of its own. */
  one?: OneRow;
  /** Of a type that hides or stops something: the fields without which it cannot be decided on, besides the number, the
   *  type and those of the source. Whatever else is wrong, such a record takes effect (sideFaults.ts). */
  needs?: readonly string[];
  read(fields: RecordFields, context: ReadContext): RecordContent;
}
