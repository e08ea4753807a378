import type { Organisation } from '../../core/organisation.ts';
import { epochOf } from '../../core/time/date.ts';
import { listAnswered } from '../../jobs/nav/listAnswered.ts';
import type { ListState } from '../../store/operationsPort.ts';
import { arrivalsOf } from '../lists/arrivals.ts';
import { listText, shownState } from '../lists/listText.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type Standing, standing } from './standing.ts';

/** More than a county gets of all kinds in a week; an older one is outdated by a newer. */
const LOOKED_AT = 200;
const HOUR_MS = 60 * 60_000;

export interface ListsSeen {
  /** Of each kind, the newest one that was used. */
  latest: ListState[];
  standing: Standing[];
}

/** Lists that wait for rows or for a person, and those that did not come. */
export async function listsStanding(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'now' | 'policyOf'>,
  organisation: Organisation,
): Promise<ListsSeen> {
  const [came, arrivals, now] = await Promise.all([
    parts.queries.lists(organisation.id, { list: null, limit: LOOKED_AT }),
    arrivalsOf(parts, organisation),
    nowOf(parts, organisation),
  ]);
  const openedBefore = epochOf(now) - parts.policyOf(organisation.id).listHours * HOUR_MS;
  const late = arrivals.flatMap((each) =>
    each.late ? [standing('LIST_MISSING', { list: each.list, since: each.last })] : [],
  );
  const waiting = came.flatMap((list) => (isReplaced(list, came) ? [] : waits(list, openedBefore)));
  const used = came.filter((list) => shownState(list) === 'concluded');
  const latest = [...Map.groupBy(used, ({ list }) => list).values()].flatMap(([newest]) => newest ?? []);
  return { latest, standing: [...late, ...waiting] };
}

/** A newer list says all of it; of NAV's deliveries another month's does not, but a later one about the same list. */
function isReplaced(list: ListState, came: readonly ListState[]): boolean {
  if (list.list !== 'nav') return list.outdated;
  return came.some(
    (other) =>
      other.list === 'nav' &&
      listAnswered(other.run) === listAnswered(list.run) &&
      shownState(other) === 'concluded' &&
      other.opened > list.opened,
  );
}

function waits(list: ListState, openedBefore: number): Standing[] {
  const about = { list: list.list, name: list.run, detail: listText(list) };
  switch (shownState(list)) {
    case 'held':
      return [
        standing('LIST_HELD', { ...about, count: list.affected ?? 0, since: list.completed ?? list.opened }),
      ];
    case 'incomplete':
      if (epochOf(list.opened) > openedBefore) return [];
      return [
        standing('LIST_INCOMPLETE', {
          ...about,
          count: Math.max(0, (list.total ?? 0) - list.seen),
          since: list.opened,
        }),
      ];
    case 'concluded':
      if (list.doubtful === 0) return [];
      return [standing('LIST_DOUBTFUL', { ...about, count: list.doubtful, since: list.completed })];
    default:
      return [];
  }
}
