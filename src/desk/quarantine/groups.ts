import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { QuarantineGroup, QuarantineKind } from '../../store/queriesPort.ts';
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

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'now' | 'vault' | 'adapters'>;

const DAY_MS = 24 * 60 * 60_000;

/** The largest first. @param masked without the unknown codes */
export async function quarantineGroups(
  parts: Parts,
  organisation: Organisation,
  masked: boolean,
): Promise<GroupView[]> {
  return (await groupsOf(parts, organisation)).map((group) => viewOf(parts, organisation, group, masked));
}

/** @throws DeskRefusal UNKNOWN_GROUP when nothing of the kind is open any more */
export async function groupNamed(
  parts: Parts,
  organisation: Organisation,
  { id, masked }: { id: string; masked: boolean },
): Promise<{ view: GroupView; kind: QuarantineKind }> {
  const groups = await groupsOf(parts, organisation);
  const group = groups.find((each) => idOf(parts, organisation, each) === id);
  if (group === undefined) throw new DeskRefusal('UNKNOWN_GROUP', DESK.nb.noGroup);
  const { topic, code, field, raw } = group;
  return { view: viewOf(parts, organisation, group, masked), kind: { topic, code, field, raw } };
}

async function groupsOf(parts: Parts, organisation: Organisation): Promise<QuarantineGroup[]> {
  const now = epochOf(await nowOf(parts, organisation));
  const before = (days: number): IsoInstant => instantOf(now - days * DAY_MS);
  return parts.queries.quarantineGroups(organisation.id, { day: before(1), week: before(7) });
}

function viewOf(
  parts: Pick<Parts, 'vault' | 'adapters'>,
  organisation: Organisation,
  group: QuarantineGroup,
  masked: boolean,
): GroupView {
  const { topic, raw, ...shown } = group;
  const feed = parts.adapters.find((each) => feedTopic(organisation.id, each.feed) === topic)?.feed ?? null;
  return {
    ...shown,
    id: idOf(parts, organisation, group),
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

/** Keyed: the unknown code is what a sender wrote. */
function idOf(
  { vault }: Pick<Parts, 'vault'>,
  { id: org }: Organisation,
  { topic, code, field, raw }: QuarantineKind,
): string {
  return vault
    .digest('quarantine-group', JSON.stringify([org, topic, code, field, raw]))
    .toString('hex')
    .slice(0, 32);
}
