import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { UUID } from '../../core/uuid.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import {
  kindOf,
  type QuarantineGroup,
  type QuarantineGroupPlace,
  type QuarantineKind,
} from '../../store/queriesPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

// What is in quarantine by what is wrong first: the feed, the problem, the field, and the unknown code where there is one.

/** A group without what senders wrote: of two that are about different codes only that they are two is shown. */
export interface GroupView
  extends Pick<QuarantineGroup, 'items' | 'overDay' | 'overWeek' | 'oldest' | 'newest'> {
  id: string;
  /** Null: by a topic that no feed has any more. */
  feed: Feed | null;
  code: string;
  field: string;
  /** The unknown code; null where there is none to show, or the caller may not see it. */
  raw: string | null;
  /** What is wrong (bokmål). */
  text: string;
  /** All have the same unknown code, so that the same correction is right for all. */
  alike: boolean;
}

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'now' | 'adapters'>;

const DAY_MS = 24 * 60 * 60_000;

interface GroupsQuery {
  /** Without the unknown codes. */
  masked: boolean;
  /** `next` of the page before. */
  after?: string | undefined;
  limit: number;
}

/** A page of groups, the largest first. One that has grown past the page before is seen when the pages are read again. */
export async function quarantineGroups(
  parts: Parts,
  organisation: Organisation,
  { masked, after, limit }: GroupsQuery,
): Promise<{ groups: GroupView[]; next: string | null }> {
  const found = await parts.queries.quarantineGroups(organisation.id, {
    ...(await ages(parts, organisation)),
    ...{ limit: limit + 1, after: readGroupCursor(after) ?? null },
  });
  const groups = found.slice(0, limit);
  const last = groups.at(-1);
  return {
    groups: groups.map((group) => viewOf(parts, organisation, group, masked)),
    next: found.length > limit && last !== undefined ? cursorAfter(last) : null,
  };
}

/** How many records are in quarantine. */
export async function quarantinedCount(
  { queries }: Pick<Parts, 'queries'>,
  { id }: Organisation,
): Promise<number> {
  return (await queries.quarantineSums(id)).reduce((sum, { items }) => sum + items, 0);
}

function cursorAfter({ items, first }: QuarantineGroupPlace): string {
  return Buffer.from(`${items} ${first}`).toString('base64url');
}

/** Undefined: none of ours. */
export function readGroupCursor(text: string | undefined): QuarantineGroupPlace | undefined {
  const [items = '', first = '', more] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split(' ');
  if (!/^\d{1,9}$/.test(items) || !UUID.test(first) || more !== undefined) return undefined;
  return { items: Number(items), first };
}

/** A group has the id of one of its items: what is alike that item, also when the item itself has been handled.
 *  @throws DeskRefusal UNKNOWN_GROUP when nothing of the kind is open any more */
export async function groupNamed(
  parts: Parts,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<{ view: GroupView; kind: QuarantineKind }> {
  const item = await parts.queries.quarantineItem(organisation.id, id);
  const alike = item === undefined ? undefined : kindOf(item);
  const [group] =
    alike === undefined
      ? []
      : await parts.queries.quarantineGroups(organisation.id, {
          ...(await ages(parts, organisation)),
          ...{ limit: 1, after: null, alike },
        });
  if (group === undefined || alike === undefined) throw new DeskRefusal('UNKNOWN_GROUP', DESK.nb.noGroup);
  return { view: viewOf(parts, organisation, group, masked), kind: alike };
}

async function ages(
  parts: Parts,
  organisation: Organisation,
): Promise<{ day: IsoInstant; week: IsoInstant }> {
  const now = epochOf(await nowOf(parts, organisation));
  const before = (days: number): IsoInstant => instantOf(now - days * DAY_MS);
  return { day: before(1), week: before(7) };
}

function viewOf(
  parts: Pick<Parts, 'adapters'>,
  organisation: Organisation,
  group: QuarantineGroup,
  masked: boolean,
): GroupView {
  const { topic, raw, first, ...shown } = group;
  const feed = parts.adapters.find((each) => feedTopic(organisation.id, each.feed) === topic)?.feed ?? null;
  return {
    ...shown,
    id: first,
    feed,
    raw: masked ? null : raw,
    alike: raw !== null && SAME_CORRECTION.has(group.code),
  };
}

const SAME_CORRECTION: ReadonlySet<string> = new Set([
  'UNKNOWN_CODE',
  'AMBIGUOUS_CODE',
  'CODE_NOT_VALID_ON_DATE',
  'UNKNOWN_TYPE',
]);
