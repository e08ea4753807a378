import { quantile } from './quantile.ts';
import type { CellOf, Column, SheetTable } from './sheet.ts';

/** How many days each person counted in a figure took. */
export interface DaysGroup {
  title: string;
  figure: string;
  days: readonly number[];
}

export const DAYS_COLUMNS: readonly Column[] = [
  { name: 'p50', title: 'p50 dager', kind: 'number' },
  { name: 'p95', title: 'p95 dager', kind: 'number' },
];

/** Cells below DAYS_COLUMNS, hidden with the figure they rest on. */
export function daysCells(figure: string, days: readonly number[]): CellOf[] {
  return [0.5, 0.95].map((share) => ({ measure: quantile(days, share), of: [figure] }));
}

/** Group by group, and the figure `alle` below.
 *  @param head `columns`: of the groups' titles and of their figures */
export function daysTable(
  head: Pick<SheetTable, 'name' | 'title' | 'columns'>,
  groups: readonly DaysGroup[],
): SheetTable {
  const cells = ({ title, figure, days }: DaysGroup): CellOf[] => [
    { text: title },
    { figure },
    ...daysCells(figure, days),
  ];
  const all = { title: 'Alle', figure: 'alle', days: groups.flatMap(({ days }) => days) };
  return {
    ...head,
    columns: [...head.columns, ...DAYS_COLUMNS],
    rows: [...groups.map((group) => ({ cells: cells(group) })), { cells: cells(all), sum: true }],
    personal: false,
  };
}
