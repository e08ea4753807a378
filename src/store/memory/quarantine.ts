import { by, compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import {
  type KeptItem,
  kindOf,
  type QuarantineGroup,
  type QuarantineGroupPlace,
  type QuarantineItem,
  type QuarantineKind,
  type QuarantineSum,
  type Queries,
} from '../queriesPort.ts';
import type { MemoryState } from './state.ts';

type QuarantineQueries = Pick<
  Queries,
  'quarantine' | 'quarantineItem' | 'quarantineOfRow' | 'quarantineGroups' | 'quarantineSums'
>;

/** What readers are shown of quarantined records. */
export function memoryQuarantine(state: MemoryState): QuarantineQueries {
  const itemsOf = (org: OrgId) => [...state.quarantine.values()].filter((item) => item.org === org);
  return {
    quarantine: async (org, { status, after, limit, alike }) =>
      itemsOf(org)
        .filter((item) => item.status === status && item.id > (after ?? ''))
        .filter((item) => alike === undefined || isAlike(kindOf(item), alike))
        .sort(by(({ id }) => id))
        .slice(0, limit)
        .map(({ org: _org, sealed: _sealed, claimed: _claimed, ...item }) => item),
    async quarantineItem(org, id) {
      const item = state.quarantine.get(id);
      return item?.org === org ? shown(item) : undefined;
    },
    quarantineOfRow: async (org, receipt, row) =>
      itemsOf(org)
        .filter((item) => item.receipt === receipt && item.row === row)
        .sort(byReceived)
        .map(shown),
    async quarantineGroups(org, { day, week, limit, after, alike }) {
      const groups = new Map<string, QuarantineGroup>();
      for (const item of itemsOf(org).filter(({ status }) => status === 'open')) {
        const { received, problems } = item;
        const text = problems[0]?.text ?? '';
        const kind = kindOf(item);
        if (alike !== undefined && !isAlike(kind, alike)) continue;
        const key = JSON.stringify(kind);
        const group = groups.get(key) ?? {
          ...{
            ...kind,
            text,
            first: item.id,
            items: 0,
            overDay: 0,
            overWeek: 0,
            oldest: received,
            newest: received,
          },
        };
        group.items += 1;
        if (text < group.text) group.text = text;
        if (item.id < group.first) group.first = item.id;
        if (received < day) group.overDay += 1;
        if (received < week) group.overWeek += 1;
        if (received < group.oldest) group.oldest = received;
        if (received > group.newest) group.newest = received;
        groups.set(key, group);
      }
      return [...groups.values()]
        .filter((group) => after === null || bySize(after, group) < 0)
        .sort(bySize)
        .slice(0, limit);
    },
    async quarantineSums(org) {
      const open = itemsOf(org).filter(({ status }) => status === 'open');
      const sums = Map.groupBy(open, (item) => JSON.stringify([item.topic, kindOf(item).code]));
      return [...sums]
        .sort(by(([key]) => key))
        .flatMap(([, [first, ...rest]]) => (first === undefined ? [] : [sumOf(first, rest)]));
    },
  };
}

function shown({
  org: _org,
  claimed: _claimed,
  ...item
}: KeptItem & { org: OrgId; claimed?: boolean }): KeptItem {
  return item;
}

function isAlike(one: QuarantineKind, other: QuarantineKind): boolean {
  return (
    one.topic === other.topic && one.code === other.code && one.field === other.field && one.raw === other.raw
  );
}

function byReceived(one: KeptItem, other: KeptItem): number {
  return compare(one.received, other.received) || compare(one.offset, other.offset);
}

function sumOf(first: QuarantineItem, rest: readonly QuarantineItem[]): QuarantineSum {
  const oldest = rest.reduce((sofar, { received }) => (received < sofar ? received : sofar), first.received);
  return { topic: first.topic, code: kindOf(first).code, items: rest.length + 1, oldest };
}

function bySize(one: QuarantineGroupPlace, other: QuarantineGroupPlace): number {
  return other.items - one.items || compare(one.first, other.first);
}
