import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { UUID } from '../../core/uuid.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { WaitingPlace } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';

// Who waits because an earlier record about them could not be decided.

export interface WaitingPerson {
  ref: string;
  /** The record that stopped, and those behind it. */
  records: number;
  /** When the record that stopped came. */
  since: IsoInstant;
}

/** Those whose record of the same feed stopped. */
export interface WaitingGroup {
  /** Null: by a topic that no feed has any more. */
  feed: Feed | null;
  /** All of the group. */
  count: number;
  records: number;
  /** A page of them: who has waited longest comes first. */
  persons: WaitingPerson[];
  /** Null: they are the last. */
  next: string | null;
}

interface WaitingQuery {
  /** Most persons of a group. */
  limit: number;
  /** Only this group, and of it what comes after a page. */
  one?: { feed: Feed | null; after?: string | undefined } | undefined;
}

/** Persons who are read at a time when all of a group are meant. */
const AT_A_TIME = 1_000;

type Parts = Pick<DeskParts, 'queries' | 'adapters'>;

/** The largest group first. There are no more of them than feeds, and each shows a page of its persons. */
export async function waitingGroups(
  parts: Parts,
  { id: org }: Organisation,
  { limit, one }: WaitingQuery,
): Promise<WaitingGroup[]> {
  const sums = await parts.queries.waitingGroups(org);
  const groups = Map.groupBy(sums, ({ topic }) => feedOf(parts, org, topic));
  const wanted = [...groups].filter(([feed]) => one === undefined || feed === one.feed);
  const found = await Promise.all(
    wanted.map(async ([feed, some]): Promise<WaitingGroup> => {
      const page = await parts.queries.waitingPersons(org, {
        topics: some.map(({ topic }) => topic),
        ...{ limit: limit + 1, after: readWaitingCursor(one?.after) ?? null },
      });
      const persons = page.slice(0, limit);
      const last = persons.at(-1);
      return {
        feed,
        count: some.reduce((sum, { persons: each }) => sum + each, 0),
        records: some.reduce((sum, { records }) => sum + records, 0),
        persons,
        next: page.length > limit && last !== undefined ? cursorAfter(last) : null,
      };
    }),
  );
  return found.sort((first, second) => second.count - first.count);
}

/** All of a group, who has waited longest first. */
export async function everyoneWaiting(
  parts: Parts,
  { id: org }: Organisation,
  feed: Feed | null,
): Promise<PersonRef[]> {
  const sums = await parts.queries.waitingGroups(org);
  const topics = sums.map(({ topic }) => topic).filter((topic) => feedOf(parts, org, topic) === feed);
  const refs: PersonRef[] = [];
  for (let after: WaitingPlace | null = null; topics.length > 0; ) {
    const page: WaitingPlace[] = await parts.queries.waitingPersons(org, { topics, limit: AT_A_TIME, after });
    refs.push(...page.map(({ ref }) => ref));
    after = page.at(-1) ?? null;
    if (page.length < AT_A_TIME) break;
  }
  return refs;
}

function feedOf({ adapters }: Pick<Parts, 'adapters'>, org: OrgId, topic: string): Feed | null {
  return adapters.find((each) => feedTopic(org, each.feed) === topic)?.feed ?? null;
}

function cursorAfter({ since, ref }: WaitingPlace): string {
  return Buffer.from(`${since} ${ref}`).toString('base64url');
}

/** Undefined: none of ours. */
export function readWaitingCursor(text: string | undefined): WaitingPlace | undefined {
  const [since = '', ref = '', more] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split(' ');
  if (!UUID.test(ref) || more !== undefined || !/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(since))
    return undefined;
  return Number.isNaN(Date.parse(since)) ? undefined : { since, ref: personRef(ref) };
}
