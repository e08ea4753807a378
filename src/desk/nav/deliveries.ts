import type { Organisation } from '../../core/organisation.ts';
import { NAV } from '../../core/sentences/nav.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { listAnswered } from '../../jobs/nav/listAnswered.ts';
import { listsOf } from '../lists/lists.ts';
import { LIST_STATES } from '../lists/listText.ts';
import type { ListView } from '../lists/listView.ts';
import type { NavParts } from './agreements.ts';

/** Deliveries that are shown: of a year and more, when each month has a handful. */
const MOST_DELIVERIES = 100;

/** Of a list, and two that only answers have. */
export const DELIVERY_STATES = [...LIST_STATES, 'waits', 'repeated'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** NAV's answers to a month's list as they were delivered, and what became of them; never a person, and nothing of what was
 *  answered. */
export interface DeliveryView {
  run: string;
  /** The list that it answers, which need not be there. */
  batch: string;
  /** `waits`: until an agreement holds. `repeated`: says just what another has said. */
  state: DeliveryState;
  /** Why it is held back. */
  reason: string | null;
  /** How many persons or rows that is about. */
  count: number | null;
  /** The delivery that said the same before. */
  sameAs: string | null;
  /** When its first row came. */
  opened: IsoInstant;
  /** It has answers about persons NAV was not asked about: how many, and since when that is known. Stays when the delivery is
   *  put aside. */
  incident: { strangers: number; at: IsoInstant } | null;
  /** Bokmål: what has become of it. */
  text: string;
  /** Bokmål: what to do; null: nothing. */
  cure: string | null;
}

/** Newest first. */
export async function deliveriesOf(
  parts: Pick<NavParts, 'nav' | 'queries'>,
  organisation: Organisation,
): Promise<DeliveryView[]> {
  const { id: org } = organisation;
  const [lists, noted, incidents] = await Promise.all([
    listsOf(parts, organisation, { list: 'nav', limit: MOST_DELIVERIES }),
    parts.nav.navDeliveries(org),
    parts.nav.navIncidents(org),
  ]);
  const notes = new Map(noted.map((each) => [each.run, each]));
  const found = new Map(incidents.map(({ run, strangers, at }) => [run, { strangers, at }]));
  /** When a delivery of each month that was used began to come. */
  const used = new Map<string, IsoInstant>();
  for (const { run, state, opened } of lists)
    if (state === 'concluded' && !used.has(listAnswered(run))) used.set(listAnswered(run), opened);
  return lists.map((list) => {
    const note = notes.get(list.run);
    const incident = found.get(list.run) ?? null;
    const sameAs = note?.sameAs ?? null;
    const state = stateOf(list, { held: note !== undefined && note.used === null, sameAs });
    const { run, reason, affected, opened } = list;
    return {
      ...{ run, batch: listAnswered(run), state, reason, count: affected, sameAs, opened, incident },
      text: textOf(list, state, sameAs),
      // A whole delivery has come since; answers about persons NAV was not asked about are looked at all the same.
      cure:
        reason !== 'NAV_STRANGER' && (used.get(listAnswered(run)) ?? '') > opened
          ? null
          : cureOf(state, reason),
    };
  });
}

/** A delivery that is held for want of an agreement has not been judged. */
function stateOf(
  { state }: ListView,
  { held, sameAs }: { held: boolean; sameAs: string | null },
): DeliveryState {
  if (state === 'complete' && held) return 'waits';
  return state === 'concluded' && sameAs !== null ? 'repeated' : state;
}

function textOf({ text }: ListView, state: DeliveryState, sameAs: string | null): string {
  if (state === 'waits') return NAV.nb.waits;
  if (state === 'repeated') return NAV.nb.repeated(sameAs ?? '');
  return text;
}

const CURES: Readonly<Record<string, string>> = {
  NAV_STRANGER: NAV.nb.strangerCure,
  NAV_PARTIAL: NAV.nb.partialCure,
  NAV_BAD_ROWS: NAV.nb.badRowsCure,
  NAV_CONTRADICTION: NAV.nb.contradictionCure,
  NAV_UNREADABLE: NAV.nb.unreadableCure,
};

function cureOf(state: DeliveryState, reason: string | null): string | null {
  switch (state) {
    case 'waits':
      return NAV.nb.waitsCure;
    case 'incomplete':
      return NAV.nb.incompleteCure;
    case 'held':
      return CURES[reason ?? ''] ?? CURES.NAV_UNREADABLE ?? null;
    default:
      return null;
  }
}
