import type { ListState } from './deskPort.ts';
import type { Receipt } from './readerPort.ts';

/** Nothing more will happen by itself: no row waits, and no whole list waits to be judged. */
export function isFinal(counts: Receipt['counts'], lists: readonly ListState[]): boolean {
  const judging = lists.some(
    ({ type, completed, verdict }) => type === 'FULL' && completed !== null && verdict === null,
  );
  return counts.waiting === 0 && counts.parked === 0 && !judging;
}
