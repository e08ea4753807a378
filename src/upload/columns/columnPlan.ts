import { columnsByHeading, type FeedColumn, type FeedColumns, headingKey } from '../../core/feedColumns.ts';
import type { Language } from '../../core/language.ts';
import { FILE } from '../../core/sentences/files.ts';
import { TABLE } from '../../core/sentences/tables.ts';
import { FileFault } from '../fileFault.ts';
import { SEARCHED_ROWS, type SheetCell, type SheetRow } from '../sheet.ts';
import { typeWritten } from './cellValue.ts';

/** What the sender says of the file, where it does not say it itself. */
export interface ColumnChoices {
  /** The number of the row of headings. */
  header?: number;
  /** The field of a heading, by its key; null: not used. */
  columns?: Readonly<Record<string, string | null>>;
  /** What all rows say, by field. */
  constants?: Readonly<Record<string, string>>;
}

/** How the rows below the headings are read. */
export interface ColumnPlan {
  header: number;
  columns: readonly PlannedColumn[];
  constants: Readonly<Record<string, string>>;
  /** The edition of the template that the file says it follows. */
  edition: number | null;
}

export interface PlannedColumn {
  /** From 0. */
  index: number;
  heading: string;
  /** Null: not one of the feed's, or chosen not to be used. */
  column: FeedColumn | null;
  /** Whether the sender knows that it is not used. */
  ticked: boolean;
}

/** Columns that we add to a sender's own in the file of what must be mended; not read when it comes back. */
export const OUR_HEADINGS = ourHeadings('nb');

const OURS: ReadonlySet<string> = new Set([...OUR_HEADINGS, ...ourHeadings('nn')].map(headingKey));

function ourHeadings(language: Language) {
  const { place, result, wrong, doThis } = TABLE[language];
  return [place, result, wrong, doThis] as const;
}

/** Whether it is one of those, in either written form. */
export function isOurHeading(heading: string): boolean {
  return OURS.has(headingKey(heading));
}

/** What was chosen for a heading; of one that is called like what every object has («constructor») too. */
export function chosenFor(columns: ColumnChoices['columns'], key: string): string | null | undefined {
  return columns !== undefined && Object.hasOwn(columns, key) ? columns[key] : undefined;
}

/** @throws FileFault NO_HEADER, COLUMN_TWICE, COLUMN_MISSING */
export function planColumns(
  rows: readonly SheetRow[],
  feed: FeedColumns,
  choices: ColumnChoices,
): ColumnPlan {
  const known = columnsByHeading(feed);
  const header = headerRow(rows, known, choices);
  const byField = new Map(feed.columns.map((column) => [column.field, column]));
  const columns: PlannedColumn[] = [];
  for (const [index, cell] of header.cells.entries()) {
    const heading = headingOf(cell);
    if (heading === '') continue;
    const chosen = chosenFor(choices.columns, headingKey(heading));
    const column = chosen === undefined ? known.get(headingKey(heading)) : byField.get(chosen ?? '');
    columns.push({
      index,
      heading,
      column: column ?? null,
      ticked: chosen === null || OURS.has(headingKey(heading)),
    });
  }
  refuseTwice(columns);
  const constants = constantsOf(feed, columns, choices);
  refuseMissing(feed, columns, constants);
  return { header: header.number, columns, constants, edition: editionIn(rows, header.number) };
}

/** Columns of the file that would be left out without the sender knowing. */
export function unticked({ columns }: ColumnPlan): readonly PlannedColumn[] {
  return columns.filter(({ column, ticked }) => column === null && !ticked);
}

function headerRow(
  rows: readonly SheetRow[],
  known: ReadonlyMap<string, FeedColumn>,
  { header, columns }: ColumnChoices,
): SheetRow {
  if (header !== undefined) {
    const chosen = rows.find(({ number }) => number === header);
    if (chosen !== undefined) return chosen;
    throw new FileFault('NO_HEADER', FILE.nb.emptyHeader(String(header)));
  }
  let best: { row: SheetRow; score: number } | undefined;
  for (const row of rows.slice(0, SEARCHED_ROWS)) {
    const fields = row.cells.map((cell) => {
      const key = headingKey(headingOf(cell));
      return chosenFor(columns, key) ?? known.get(key)?.field;
    });
    const score = new Set(fields.filter((field) => field !== undefined)).size;
    if (score > (best?.score ?? 1)) best = { row, score };
  }
  if (best !== undefined) return best.row;
  throw new FileFault('NO_HEADER', FILE.nb.noHeader);
}

export function headingOf(cell: SheetCell | undefined): string {
  return typeof cell === 'string' ? cell.trim() : typeof cell === 'number' ? String(cell) : '';
}

function refuseTwice(columns: readonly PlannedColumn[]): void {
  const seen = new Map<string, string>();
  for (const { heading, column } of columns) {
    if (column === null) continue;
    const before = seen.get(column.field);
    if (before !== undefined)
      throw new FileFault('COLUMN_TWICE', FILE.nb.columnTwice(shown(before), shown(heading), column.heading));
    seen.set(column.field, heading);
  }
}

function constantsOf(
  { types }: FeedColumns,
  columns: readonly PlannedColumn[],
  { constants = {} }: ColumnChoices,
): Readonly<Record<string, string>> {
  const [only, second] = types;
  const hasType = constants.type !== undefined || columns.some(({ column }) => column?.field === 'type');
  const withType =
    hasType || second !== undefined || only === undefined ? constants : { ...constants, type: only.code };
  return withType.type === undefined
    ? withType
    : { ...withType, type: typeWritten(withType.type, types) ?? withType.type };
}

function refuseMissing(
  feed: FeedColumns,
  columns: readonly PlannedColumn[],
  constants: Readonly<Record<string, string>>,
): void {
  const has = (field: string) =>
    constants[field] !== undefined || columns.some(({ column }) => column?.field === field);
  if (!has('fodselsnummer')) {
    const column = feed.columns.find(({ field }) => field === 'fodselsnummer');
    throw new FileFault('COLUMN_MISSING', FILE.nb.columnMissing(String(column?.heading)));
  }
  if (!has('type')) {
    const labels = feed.types.map(({ label }) => label).join(', ');
    throw new FileFault('COLUMN_MISSING', FILE.nb.typeMissing(labels));
  }
}

/** The template says which edition it is above the headings. */
function editionIn(rows: readonly SheetRow[], header: number): number | null {
  for (const { number, cells } of rows) {
    if (number >= header) break;
    for (const cell of cells) {
      const found = typeof cell === 'string' ? /^OT-mal\b.*\butgave (\d{1,4})\b/.exec(cell) : null;
      if (found !== null) return Number(found[1]);
    }
  }
  return null;
}

/** A heading is the sender's text: a row of persons may be taken for headings. */
export function shown(heading: string): string {
  return /\d{5}/.test(heading) || heading.length > 60 ? '(ikke vist)' : heading;
}
