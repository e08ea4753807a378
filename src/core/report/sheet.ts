import type { CountyNumber } from '../organisation.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import { crossFoot, type Figures, figureOf } from './figures.ts';
import { hiddenFigures, tellsWhere } from './suppression.ts';

// A report as tables of figures. It is counted once, and shown in two ways: whole to OT, and with the small figures
// hidden to all others.

export const AUDIENCES = ['ot', 'ekstern'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What a report is about: without this a figure means nothing. */
export interface SheetScope {
  county: CountyNumber;
  schoolYear: SchoolYear;
  /** The day the figures are about. */
  on: IsoDate;
  /** What had been received by then is counted. */
  cutoff: IsoInstant;
  /** Code list version of the statuses; null when there are none. */
  list: string | null;
}

/** Texts are bokmål. */
export interface Sheet {
  name: string;
  title: string;
  scope: SheetScope;
  /** Rules and policies the figures follow, one sentence each. */
  follows: readonly string[];
  figures: Figures;
  tables: readonly SheetTable[];
  /** Has figures of more counties than the reader's own. */
  otherCounties?: true;
}

export interface SheetTable {
  name: string;
  title: string;
  columns: readonly Column[];
  rows: readonly SheetRow[];
  /** One row is one youth: for OT only. */
  personal: boolean;
}

export interface Column {
  name: string;
  title: string;
  kind: 'text' | 'number';
}

export interface SheetRow {
  cells: readonly CellOf[];
  /** Sums of the rows above. */
  sum?: true;
}

/** A figure by its name, a measure that rests on figures and is hidden with them, or text. */
export type CellOf =
  | { figure: string }
  | { measure: number | null; of: readonly string[] }
  | { text: string | null };

export interface ShownSheet extends Omit<Sheet, 'figures' | 'tables' | 'otherCounties'> {
  audience: Audience;
  tables: readonly ShownTable[];
}

export interface ShownTable extends Omit<SheetTable, 'rows'> {
  rows: readonly ShownRow[];
}

/** One cell per column; null where there is nothing, or where the column's name is among the hidden ones. */
export interface ShownRow {
  cells: readonly (string | number | null)[];
  hidden: readonly string[];
  sum: boolean;
}

/** @param smallCell figures above 0 and below it are hidden from others than OT
 *  @throws when the sums do not hold: nothing is shown then. */
export function showSheet(sheet: Sheet, audience: Audience, smallCell: number): ShownSheet {
  const { figures, tables, otherCounties: _, ...head } = sheet;
  crossFoot(figures);
  const hidden = hiddenFrom(sheet, audience, smallCell);
  const shown = tables.filter(({ personal }) => audience === 'ot' || !personal);
  return {
    ...head,
    audience,
    tables: shown.map((table) => ({
      ...table,
      rows: table.rows.map((row) => showRow(row, table.columns, figures, hidden)),
    })),
  };
}

/** OT sees its own small figures; of other counties' it sees none that reveals where a youth in hiding is (D01). */
function hiddenFrom(
  { figures, otherCounties }: Sheet,
  audience: Audience,
  smallCell: number,
): ReadonlySet<string> {
  if (audience === 'ekstern') return hiddenFigures(figures, smallCell);
  return otherCounties ? hiddenFigures(figures, smallCell, tellsWhere) : new Set();
}

function showRow(
  row: SheetRow,
  columns: readonly Column[],
  { figures }: Figures,
  hidden: ReadonlySet<string>,
): ShownRow {
  const covered = row.cells.map((cell) => restsOn(cell).some((name) => hidden.has(name)));
  return {
    cells: row.cells.map((cell, at) => (covered[at] ? null : shownValue(cell, figures))),
    hidden: columns.flatMap(({ name }, at) => (covered[at] ? [name] : [])),
    sum: row.sum === true,
  };
}

function restsOn(cell: CellOf): readonly string[] {
  if ('figure' in cell) return [cell.figure];
  return 'measure' in cell ? cell.of : [];
}

function shownValue(cell: CellOf, figures: Figures['figures']): string | number | null {
  if ('figure' in cell) return figureOf(figures, cell.figure).value;
  return 'measure' in cell ? cell.measure : cell.text;
}
