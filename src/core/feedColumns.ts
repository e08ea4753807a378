import type { IsoDate } from './time/date.ts';

// A feed as a table: the columns of its template, by which a list from a spreadsheet is read.

/** What a cell of a column may hold. */
export type ColumnKind =
  /** Identity number, or another number whose leading zeros count: read as digits. */
  | 'digits'
  | 'text'
  /** A code or its official name. */
  | 'code'
  | 'date'
  /** `2026-27`. */
  | 'school-year'
  /** «ja» or «nei». */
  | 'flag'
  | 'number'
  /** What a row reports: one of the feed's types. */
  | 'type';

export interface FeedColumn {
  /** Of the feed's record. */
  field: string;
  heading: string;
  /** Other headings for the same, as school systems and earlier templates write them. */
  also: readonly string[];
  kind: ColumnKind;
  /** What goes into it, in a few words (bokmål). */
  help: string;
  /** The types of rows that may have it; null for all. */
  types: readonly string[] | null;
  /** What one may choose between on a date, where that is a list. */
  codes?: (on: IsoDate) => readonly NamedCode[];
}

export interface NamedCode {
  code: string;
  /** Its official name, or as people write it (bokmål). */
  text: string;
}

export interface FeedRowType {
  /** Of the feed's `type`. */
  code: string;
  /** As people write it in the column of types. */
  label: string;
  /** A row of the template, by field; without the number of a person. */
  example: Readonly<Record<string, string>>;
}

export interface TemplateEdition {
  edition: number;
  /** The day it was taken into use. */
  from: string;
  /** What is new in it (bokmål). */
  news: string;
}

export interface FeedColumns {
  /** Bokmål: of the template. */
  title: string;
  types: readonly FeedRowType[];
  /** `own`: a row needs an id of the sender's; `own-or-row`: one without is known by what it is about. */
  ids: 'own' | 'own-or-row';
  columns: readonly FeedColumn[];
  /** The newest first. */
  editions: readonly [TemplateEdition, ...TemplateEdition[]];
}

/** Longer than any heading: what comes after it makes no difference, and costs nothing. */
const LONGEST_HEADING = 200;

/** A heading as headings are compared: case, spaces, punctuation, what is in parentheses and the writing of æ, ø and å
 *  make no difference. */
export function headingKey(heading: string): string {
  return heading
    .slice(0, LONGEST_HEADING)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, '')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('å', 'a')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The column of a heading: by its name, its field, or one of the others it goes under. */
export function columnsByHeading({ columns }: Pick<FeedColumns, 'columns'>): ReadonlyMap<string, FeedColumn> {
  return new Map(
    columns.flatMap((column) =>
      [column.heading, column.field, ...column.also].map((heading) => [headingKey(heading), column] as const),
    ),
  );
}
