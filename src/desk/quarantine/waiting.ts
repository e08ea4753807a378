import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ParkedItem } from '../../store/queriesPort.ts';
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
  records: number;
  /** Who has waited longest comes first. */
  persons: WaitingPerson[];
}

/** The largest group first. */
export async function waitingGroups(
  { queries, adapters }: Pick<DeskParts, 'queries' | 'adapters'>,
  { id: org }: Organisation,
): Promise<WaitingGroup[]> {
  const byPerson = Map.groupBy(await queries.parked(org), ({ ref }) => ref);
  const persons = [...byPerson].map(([ref, items]) => {
    const cause = causeOf(items);
    return { topic: cause.topic, person: { ref, records: items.length, since: cause.received } };
  });
  return [...Map.groupBy(persons, ({ topic }) => topic)]
    .map(([topic, some]) => ({
      feed: adapters.find((each) => feedTopic(org, each.feed) === topic)?.feed ?? null,
      records: some.reduce((sum, { person }) => sum + person.records, 0),
      persons: some.map(({ person }) => person).sort((one, other) => (one.since < other.since ? -1 : 1)),
    }))
    .sort((one, other) => other.persons.length - one.persons.length);
}

/** The one that could not be decided; where it has been released already, the oldest that waits. */
function causeOf(items: readonly ParkedItem[]): ParkedItem {
  const [first, ...rest] = [
    ...items.filter(({ reason }) => reason === 'decision-failed'),
    ...items.filter(({ reason }) => reason !== 'decision-failed'),
  ];
  if (first === undefined) throw new Error('a group without a record');
  return first.reason === 'decision-failed'
    ? first
    : rest.reduce((oldest, each) => (each.received < oldest.received ? each : oldest), first);
}
