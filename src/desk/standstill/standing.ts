import { by } from '../../core/order.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { StandingKind } from '../../text/standing.ts';

/** Something that does not move: what, since when and why. Nothing in it names a person. */
export interface Standing {
  kind: StandingKind;
  /** Where: one of these, or none. */
  feed: Feed | null;
  /** As the list is named, e.g. `private-school:40014`. */
  list: string | null;
  /** Name of a receiver, or of a list's run. */
  name: string | null;
  /** Records, rows, youths or days, as the kind says. */
  count: number;
  /** Null: not known. */
  since: IsoInstant | null;
  /** A code, or a sentence in bokmål. */
  detail: string | null;
}

/** @param given what the kind knows; the rest is nothing */
export function standing(kind: StandingKind, given: Partial<Omit<Standing, 'kind'>>): Standing {
  return { kind, feed: null, list: null, name: null, count: 0, since: null, detail: null, ...given };
}

/** What has waited longest first; what is only about to end last. */
export function inOrder(all: readonly Standing[]): Standing[] {
  return all
    .toSorted(by(({ since }) => since ?? '9999'))
    .toSorted(by(({ kind }) => (kind === 'AGREEMENT_ENDS' ? 1 : 0)));
}
