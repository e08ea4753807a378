import type { CountyNumber } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { VigoList } from '../vigo/vigoClient.ts';

// Run id of one fetch of VIGO's lists, `vigo-…`; a private school's adapter makes its own, `skoleliste-…`. A sender's
// confirmation that a list may shrink is part of the id, so that it follows the rows through Kafka.

const CONFIRMED = '-bekreftet';

export function runIdOf(list: VigoList, county: CountyNumber, fetched: IsoInstant): string {
  return `vigo-${list}-${county}-${fetched}`;
}

/** Whether the sender confirmed, with the list itself, that it may be so much shorter. */
export function isConfirmed(run: string): boolean {
  return (run.startsWith('vigo-') || run.startsWith('skoleliste-')) && run.endsWith(CONFIRMED);
}

/** Whether it is a later list under an id used before. The store adds the mark; no sender can. */
export function isReused(run: string): boolean {
  return run.includes('~');
}
