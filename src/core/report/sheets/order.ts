import type { Policy } from '../../policy.ts';
import type { IsoDate } from '../../time/date.ts';
import { livesHidden } from '../ownership.ts';
import type { Line, RegisterScope } from '../register.ts';
import type { CellOf, SheetScope } from '../sheet.ts';
import { listOf } from '../stock.ts';
import { type View, type ViewScope, viewOf } from '../view.ts';

/** What a sheet is asked for. */
export interface SheetOrder extends RegisterScope {
  /** The day the figures are about. */
  on: IsoDate;
  /** Today: whose address is hidden is judged by what is known when the figures are shown. */
  shownOn: IsoDate;
  policy: Policy;
}

export function viewScope(order: SheetOrder, view: View): ViewScope {
  return { ...order, view };
}

export function sheetScope(order: SheetOrder, lines: readonly Line[]): SheetScope {
  const { county, schoolYear, on, cutoff } = order;
  const { counted } = viewOf(lines, viewScope(order, 'VIGO'));
  return { county, schoolYear, on, cutoff, list: listOf(counted) };
}

/** The youth of a row. One at a hidden address is counted and not named. */
export function refCell(line: Line, { shownOn }: Pick<SheetOrder, 'shownOn'>): CellOf {
  return { text: livesHidden(line, shownOn) ? null : line.ref };
}
