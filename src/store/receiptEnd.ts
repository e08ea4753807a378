import type { ListState } from './operationsPort.ts';
import type { Receipt } from './queriesPort.ts';

/** Final: no row waits, and no complete list waits for a verdict. */
export function isFinal(counts: Receipt['counts'], lists: readonly ListState[]): boolean {
  const judging = lists.some(
    ({ type, completed, verdict }) => type === 'FULL' && completed !== null && verdict === null,
  );
  return counts.waiting === 0 && counts.parked === 0 && !judging;
}
