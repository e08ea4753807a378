import type { IsoInstant } from '../core/date.ts';
import type { VigoList } from './vigoClient.ts';

// The id of one fetch of VIGO's lists, `vigo-…`; a private school's adapter makes its own, `skoleliste-…`. Somebody who
// has confirmed that a list may shrink says so in the id, so the confirmation follows the rows through Kafka and the
// conclusion asks nobody a second time.

const CONFIRMED = '-bekreftet';

export function runIdOf(list: VigoList, county: string, fetched: IsoInstant, confirmed: boolean): string {
  return `vigo-${list}-${county}-${fetched}${confirmed ? CONFIRMED : ''}`;
}

/** Did a human say, with the list itself, that it may be so much shorter? */
export function isConfirmed(run: string): boolean {
  return (run.startsWith('vigo-') || run.startsWith('skoleliste-')) && run.endsWith(CONFIRMED);
}
