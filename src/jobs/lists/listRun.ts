import type { IsoInstant } from '../../core/time/date.ts';
import type { VigoList } from '../vigo/vigoClient.ts';

// The id of one fetch of VIGO's lists, `vigo-…`; a private school's adapter makes its own, `skoleliste-…`. A sender who
// has confirmed that a list may shrink says so in the id, so the confirmation follows the rows through Kafka.

const CONFIRMED = '-bekreftet';

export function runIdOf(list: VigoList, county: string, fetched: IsoInstant): string {
  return `vigo-${list}-${county}-${fetched}`;
}

/** Did a human say, with the list itself, that it may be so much shorter? */
export function isConfirmed(run: string): boolean {
  return (run.startsWith('vigo-') || run.startsWith('skoleliste-')) && run.endsWith(CONFIRMED);
}

/** Is it another list than the first that was sent under the id? The store names it so; no sender can. */
export function isReused(run: string): boolean {
  return run.includes('~');
}
