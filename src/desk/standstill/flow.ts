import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { FEEDS, type Feed } from '../../core/youth/statusEvent.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { ListState } from '../../store/operationsPort.ts';
import { type ListKind, listKind } from '../../text/names.ts';
import type { DeskParts } from '../parts.ts';
import { lanesStanding } from './lanesStanding.ts';
import { listsStanding } from './listsStanding.ts';
import { navStanding } from './navStanding.ts';
import { receiversStanding } from './receiversStanding.ts';
import { recordsStanding } from './recordsStanding.ts';
import { inOrder, type Standing } from './standing.ts';

/** How one feed goes. */
export interface FeedFlow {
  feed: Feed;
  /** When the last record came that changed something; null: none has. */
  last: IsoInstant | null;
  /** Records that are not handled; null while Kafka does not say. */
  waiting: number | null;
}

/** The last list of a kind that was used whole. */
export interface ListFlow {
  list: ListKind;
  /** Of a school: its number. */
  school: string | null;
  completed: IsoInstant | null;
  rows: number;
}

export interface Flow {
  feeds: FeedFlow[];
  lists: ListFlow[];
  standing: Standing[];
}

export type FlowParts = Pick<
  DeskParts,
  'queries' | 'operations' | 'subscriptions' | 'laneLook' | 'policyOf' | 'now'
> & {
  nav: NavRecords;
};

/** Whether each feed comes as it should, and all that does not move. No youth is read. */
export async function flowOf(parts: FlowParts, organisation: Organisation): Promise<Flow> {
  const { id: org } = organisation;
  const [lanes, lists, latest, ...others] = await Promise.all([
    lanesStanding(parts, org),
    listsStanding(parts, organisation),
    parts.queries.latestRecords(org),
    recordsStanding(parts, organisation),
    receiversStanding(parts, organisation),
    navStanding(parts, organisation),
  ]);
  return {
    feeds: lanes.loads.map((load) => ({ ...load, last: latest.get(feedTopic(org, load.feed)) ?? null })),
    lists: lists.latest.map(listFlow),
    standing: inOrder([...lanes.standing, ...lists.standing, ...others.flat()]),
  };
}

/** In the order of FEEDS: those that something has come from, or waits in. */
export function inUse({ feeds }: Pick<Flow, 'feeds'>): FeedFlow[] {
  return FEEDS.flatMap((feed) =>
    feeds.filter((each) => each.feed === feed && (each.last !== null || (each.waiting ?? 0) > 0)),
  );
}

function listFlow({ list, completed, seen }: ListState): ListFlow {
  const { kind, school } = listKind(list);
  return { list: kind, school, completed, rows: seen };
}
