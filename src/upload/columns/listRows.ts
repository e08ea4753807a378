import type { FeedColumns } from '../../core/feedColumns.ts';
import type { Problem } from '../../core/problem.ts';
import { CELL } from '../../core/sentences/cells.ts';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';
import { isEmptyRow, type Sheet, type SheetCell, type SheetRow } from '../sheet.ts';
import { cellValue } from './cellValue.ts';
import type { ColumnPlan } from './columnPlan.ts';

/** One row of the list, as the feed reads records. */
export interface ListRow {
  /** As the spreadsheet shows it. */
  number: number;
  record: Readonly<Record<string, string | number | boolean>>;
  /** Of its cells; the feed has not judged it yet. */
  problems: readonly Problem[];
}

export interface ListRows {
  rows: readonly ListRow[];
  /** Rows that are hidden in the spreadsheet, and are with the others. */
  hidden: number;
  /** Rows that the template had as examples, and are left out. */
  examples: number;
}

/** What marks the template's own row; in the column of the identity number. */
export const EXAMPLE = 'EKSEMPEL';

/** The rows below the headings. @param mended cells that were corrected here, by row and field */
export function listRows(
  sheet: Sheet,
  feed: FeedColumns,
  plan: ColumnPlan,
  mended: ReadonlyMap<number, Readonly<Record<string, string>>> = new Map(),
): ListRows {
  const joined = joinedCells(sheet, plan.header);
  const number = plan.columns.find(({ column }) => column?.field === 'fodselsnummer')?.index;
  const rows: ListRow[] = [];
  let hidden = 0;
  let examples = 0;
  for (const row of sheet.rows) {
    if (row.number <= plan.header || isEmptyRow(row.cells)) continue;
    if (isExample(row, number)) {
      examples += 1;
      continue;
    }
    if (row.hidden) hidden += 1;
    rows.push(readRow(row, feed, plan, joined.get(row.number), mended.get(row.number)));
  }
  return { rows, hidden, examples };
}

function isExample({ cells }: SheetRow, number: number | undefined): boolean {
  const cell = number === undefined ? null : cells[number];
  return typeof cell === 'string' && cell.trim().toUpperCase() === EXAMPLE;
}

function readRow(
  row: SheetRow,
  { types, columns: all }: FeedColumns,
  { columns, constants }: ColumnPlan,
  joined: ReadonlySet<number> | undefined,
  mended: Readonly<Record<string, string>> | undefined,
): ListRow {
  const record: Record<string, string | number | boolean> = { ...constants };
  const problems: Problem[] = [];
  const headed = new Set<number>();
  for (const { index, column } of columns) {
    headed.add(index);
    if (column === null) continue;
    const correction = mended?.[column.field];
    const cell =
      correction ?? (joined?.has(index) ? { fault: 'merged' as const } : (row.cells[index] ?? null));
    const read = cellValue(cell, column, types);
    if ('problem' in read) problems.push(read.problem);
    else if (read.value !== undefined) record[column.field] = read.value;
  }
  // What is corrected may be in no column of the file.
  for (const column of mended === undefined ? [] : all) {
    const correction = mended?.[column.field];
    if (correction === undefined || columns.some((planned) => planned.column === column)) continue;
    const read = cellValue(correction, column, types);
    if ('problem' in read) problems.push(read.problem);
    else if (read.value === undefined) delete record[column.field];
    else record[column.field] = read.value;
  }
  if (row.cells.some((cell, index) => !headed.has(index) && isFilled(cell))) problems.push(WITHOUT_COLUMN);
  return { number: row.number, record, problems };
}

const WITHOUT_COLUMN: Problem = {
  code: 'CELL_WITHOUT_COLUMN',
  field: '',
  text: CELL.nb.withoutColumn,
  cure: CELL.nb.withoutColumnCure,
};

function isFilled(cell: SheetCell): boolean {
  return typeof cell === 'string' ? cell.trim() !== '' : cell !== null;
}

/** Rows that joined cells may reach over, all of them together. */
const MOST_JOINED = 1_000_000;

/** Cells below the headings that are joined with others: which row such a value belongs to is uncertain. */
function joinedCells({ rows, merged }: Sheet, header: number): ReadonlyMap<number, ReadonlySet<number>> {
  const joined = new Map<number, Set<number>>();
  let reached = 0;
  for (const { firstRow, lastRow, firstColumn, lastColumn } of merged) {
    if (lastRow <= header || (firstRow === lastRow && firstColumn === lastColumn)) continue;
    for (let at = placeOf(rows, Math.max(firstRow, header + 1)); at < rows.length; at += 1) {
      const row = rows[at];
      if (row === undefined || row.number > lastRow) break;
      reached += 1;
      if (reached > MOST_JOINED) throw new FileFault('TOO_LARGE', FILE.nb.merged);
      const columns = joined.get(row.number) ?? new Set<number>();
      for (let column = firstColumn; column <= Math.min(lastColumn, FILE_LIMITS.columns); column += 1)
        columns.add(column);
      joined.set(row.number, columns);
    }
  }
  return joined;
}

/** Where the first row from this number on is. */
function placeOf(rows: readonly SheetRow[], number: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.number ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return from;
}
