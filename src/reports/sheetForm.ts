import type { Sheet } from '../core/report/sheet.ts';

// A counted report as text, in two lengths: lists of youths can be as long as the county, and a page shows their beginning.

/** Rows of a list that the head has. */
export const HEAD_ROWS = 100;

/** All figures, and so many rows of each list as `HEAD_ROWS`. */
export interface SheetHead {
  sheet: Sheet;
  /** Rows of the whole table, by the table's name; of tables that are cut. */
  rows: ReadonlyMap<string, number>;
}

/** `whole`: null where the head has all rows. */
export function packSheet(sheet: Sheet): { head: string; whole: string | null } {
  const cut = sheet.tables.filter(({ personal, rows }) => personal && rows.length > HEAD_ROWS);
  const tables = sheet.tables.map((table) =>
    cut.includes(table) ? { ...table, rows: table.rows.slice(0, HEAD_ROWS) } : table,
  );
  const head = pack({ ...sheet, tables }, new Map(cut.map(({ name, rows }) => [name, rows.length])));
  return { head, whole: cut.length === 0 ? null : pack(sheet, new Map()) };
}

export function unpackSheet(text: string): SheetHead {
  const { figures, sums, rows, ...sheet }: PackedSheet = JSON.parse(text);
  return { sheet: { ...sheet, figures: { figures: new Map(figures), sums } }, rows: new Map(rows) };
}

/** Maps as their entries. */
type PackedSheet = Omit<Sheet, 'figures'> & {
  figures: [string, { value: number; strict: number }][];
  sums: Sheet['figures']['sums'];
  rows: [string, number][];
};

function pack({ figures: { figures, sums }, ...sheet }: Sheet, rows: SheetHead['rows']): string {
  const packed: PackedSheet = { ...sheet, figures: [...figures], sums, rows: [...rows] };
  return JSON.stringify(packed);
}
