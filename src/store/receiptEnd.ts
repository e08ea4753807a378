import type { ListState } from './operationsPort.ts';
import type { KeptState, QuarantineStatus, Receipt } from './queriesPort.ts';

/** Final: no row waits, none is on its way again, and no complete list waits for a verdict. */
export function isFinal(
  { counts, resent }: Pick<Receipt, 'counts' | 'resent'>,
  lists: readonly ListState[],
): boolean {
  const judging = lists.some(
    ({ type, completed, verdict }) => type === 'FULL' && completed !== null && verdict === null,
  );
  return counts.waiting === 0 && counts.parked === 0 && resent === 0 && !judging;
}

/** Of all items that are kept of one row: one that can be mended comes first; else the last word of an operator. */
export function keptState(statuses: readonly QuarantineStatus[]): KeptState | null {
  if (statuses.includes('open')) return 'open';
  if (statuses.includes('discarded')) return 'discarded';
  return statuses.length > 0 ? 'sent' : null;
}
