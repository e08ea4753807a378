import type { Organisation } from '../../core/organisation.ts';
import { epochOf, type IsoInstant } from '../../core/time/date.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';

/** Lists that come on their own, and how long after the last whole one the next is late. Hours: a night that is missed is
 *  seen in the morning after; NAV's answers come once a month. */
const EXPECTED = { laktiv: 30, ot: 30, nav: 40 * 24 } as const;

export type ExpectedList = keyof typeof EXPECTED;

/** How it is with a list that is waited for. */
export interface Arrival {
  list: ExpectedList;
  /** When the last whole one was complete; null: none has come. */
  last: IsoInstant | null;
  late: boolean;
  /** One has begun to come since, and is not whole. */
  underWay: boolean;
}

/** Enough of the latest of a kind to find a whole one among those that are not. */
const LOOKED_AT = 20;
const HOUR_MS = 60 * 60_000;

/** Of the lists within reach; one that has never come is not waited for: the county may not have the source. */
export async function arrivalsOf(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'now'>,
  organisation: Organisation,
): Promise<Arrival[]> {
  const now = epochOf(await nowOf(parts, organisation));
  const arrivals: Arrival[] = [];
  for (const [list, hours] of Object.entries(EXPECTED) as [ExpectedList, number][]) {
    const came = await parts.queries.lists(organisation.id, { list, limit: LOOKED_AT });
    if (came.length === 0) continue;
    const last =
      came
        .flatMap(({ completed }) => completed ?? [])
        .sort()
        .at(-1) ?? null;
    arrivals.push({
      list,
      last,
      late: last === null || now - epochOf(last) > hours * HOUR_MS,
      underWay: came.some(({ completed, opened }) => completed === null && (last === null || opened > last)),
    });
  }
  return arrivals;
}
