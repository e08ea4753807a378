import { compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { ParkedItem, ParkedPlace, Queries, WaitingPlace, WaitingRow } from '../queriesPort.ts';
import type { MemoryState } from './state.ts';

type ParkedQueries = Pick<
  Queries,
  'parked' | 'parkedCount' | 'parkedSums' | 'waitingGroups' | 'waitingPersons'
>;

/** What readers are shown of records that wait. */
export function memoryParked(state: MemoryState): ParkedQueries {
  const itemsOf = (org: OrgId): ParkedItem[] =>
    state.parked
      .filter((item) => item.org === org)
      .map(({ ref, topic, partition, offset, received, reason }) => ({
        ...{ ref, topic, partition, offset, received, reason },
      }));
  return {
    parkedCount: async (org) => itemsOf(org).length,
    parked: async (org, { limit, after }) =>
      itemsOf(org)
        .filter((item) => after === null || byPlace(after, item) < 0)
        .sort(byPlace)
        .slice(0, limit),
    parkedSums: async (org) =>
      [...Map.groupBy(itemsOf(org), ({ reason }) => reason)]
        .map(([reason, items]) => ({
          reason,
          persons: new Set(items.map(({ ref }) => ref)).size,
          oldest: items.map(({ received }) => received).reduce((one, other) => (other < one ? other : one)),
        }))
        .sort((one, other) => compare(one.reason, other.reason)),
    waitingGroups: async (org) =>
      [...Map.groupBy(personsOf(itemsOf(org)), ({ topic }) => topic)]
        .map(([topic, some]) => ({
          topic,
          persons: some.length,
          records: some.reduce((sum, { records }) => sum + records, 0),
        }))
        .sort((one, other) => other.persons - one.persons || compare(one.topic, other.topic)),
    waitingPersons: async (org, { topics, limit, after }) =>
      personsOf(itemsOf(org))
        .filter(({ topic }) => topics.includes(topic))
        .filter((person) => after === null || bySince(after, person) < 0)
        .sort(bySince)
        .slice(0, limit)
        .map(({ ref, records, since }) => ({ ref, records, since })),
  };
}

function personsOf(items: readonly ParkedItem[]): (WaitingRow & { topic: string })[] {
  return [...Map.groupBy(items, ({ ref }) => ref)].map(([ref, some]) => {
    const { topic, received } = causeOf(some);
    return { ref, records: some.length, since: received, topic };
  });
}

/** The record that could not be decided; where it has been released already, the oldest that waits. */
function causeOf(items: readonly ParkedItem[]): ParkedItem {
  return items.reduce((first, each) => (causeFirst(each, first) < 0 ? each : first));
}

function causeFirst(one: ParkedItem, other: ParkedItem): number {
  const waits = ({ reason }: ParkedItem) => (reason === 'decision-failed' ? 0 : 1);
  return (
    waits(one) - waits(other) || compare(one.received, other.received) || compare(one.offset, other.offset)
  );
}

function byPlace(one: ParkedPlace, other: ParkedPlace): number {
  return (
    compare(one.ref, other.ref) ||
    compare(one.topic, other.topic) ||
    one.partition - other.partition ||
    compare(one.offset, other.offset)
  );
}

function bySince(one: WaitingPlace, other: WaitingPlace): number {
  return compare(one.since, other.since) || compare(one.ref, other.ref);
}
