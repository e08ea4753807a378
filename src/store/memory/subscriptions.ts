import type { OrgId } from '../../core/organisation.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import type { ReplayFilter, SubscriptionRecords } from '../relayPort.ts';
import { byId, shown, waits } from './deliveries.ts';
import type { MemoryDelivery, MemoryState, MemorySubscription } from './state.ts';

const MOST_KEYS = 10;
const DAY_MS = 86_400_000;
const SAMPLE = 10;

export function memorySubscriptions(state: MemoryState, now: () => number = Date.now): SubscriptionRecords {
  const open = (org: OrgId, id: string): MemorySubscription | undefined => {
    const found = state.subscriptions.get(id);
    return found?.entry.org === org && found.closed === null ? found : undefined;
  };
  const lanesOf = (org: OrgId) => [...state.lanes.values()].filter((lane) => lane.org === org);
  const deliveriesOf = (org: OrgId, id: string): MemoryDelivery[] =>
    state.subscriptions.get(id)?.entry.org === org
      ? state.deliveries.filter(({ subscription }) => subscription === id)
      : [];
  const keysAt = (id: string, at: string) =>
    (state.subscriptions.get(id)?.keys ?? []).filter(
      ({ from, to }) => from <= at && (to === null || to > at),
    );
  return {
    async addSubscription(entry, keys) {
      const cursors = new Map(
        lanesOf(entry.org).map(({ id, nextOffset }) => [id, entry.begins === 'now' ? nextOffset : 0n]),
      );
      state.subscriptions.set(entry.id, {
        entry: structuredClone(entry),
        keys: [...keys],
        cursors,
        catchUp: null,
        navUpto: entry.begins === 'now' ? state.navWithdrawals.length : 0,
        lastSuccess: null,
        reported: new Set(),
        closed: null,
      });
    },
    subscriptions: async (org) =>
      [...state.subscriptions.values()]
        .filter(({ entry, closed }) => entry.org === org && closed === null)
        .map(({ entry }) => structuredClone(entry)),
    subscription: async (org, id) => structuredClone(open(org, id)?.entry),
    async changeSubscription({ org, id, seen, from, ...changes }) {
      const found = open(org, id);
      if (found?.entry.version !== seen) return false;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      Object.assign(found.entry, given, { version: seen + 1 });
      if (changes.state === 'active') {
        found.entry.failingSince = null;
        found.reported.clear();
      }
      const waiting = state.deliveries.filter(
        (each) => each.subscription === id && each.replay === null && waits(each),
      );
      if (from?.what === 'all') found.catchUp = null;
      else if (from !== undefined) {
        const upto = new Map(lanesOf(org).map((lane) => [lane.id, lane.nextOffset]));
        if (upto.size > 0) found.catchUp = { what: from.what, upto };
      }
      if (from?.what === 'now') {
        for (const each of waiting)
          Object.assign(each, { state: 'superseded', ended: from.at, nextAt: null });
      } else if (from !== undefined && changes.state === 'active') {
        for (const each of waiting) {
          const isLeased = each.leasedUntil !== null && each.leasedUntil > from.at;
          if (each.nextAt !== null && each.nextAt > from.at && !isLeased) each.nextAt = from.at;
        }
      }
      return true;
    },
    async closeSubscription(org, id, at) {
      const found = open(org, id);
      if (found === undefined) return false;
      found.closed = at;
      const withheld = {
        state: 'withheld',
        withheldFor: 'CLOSED',
        ended: at,
        nextAt: null,
        leasedUntil: null,
      };
      for (const each of state.deliveries)
        if (each.subscription === id && waits(each)) Object.assign(each, withheld);
      for (const job of state.replays.values())
        if (job.subscription === id && job.state !== 'done') job.state = 'stopped';
      return true;
    },
    signingKeys: async (id, at) => keysAt(id, at),
    async publicKeys(at) {
      const dayBefore = instantOf(epochOf(at) - DAY_MS);
      return [...state.subscriptions.values()]
        .filter(({ closed }) => closed === null || closed > dayBefore)
        .flatMap(({ keys }) => keys)
        .filter(({ publicKey, to }) => publicKey !== null && (to === null || to > dayBefore))
        .map(({ kid, publicKey }) => ({ kid, publicKey: publicKey ?? Buffer.alloc(0) }));
    },
    async rotateKeys(id, keys, overlapUntil) {
      const found = state.subscriptions.get(id);
      const [first] = keys;
      if (found === undefined || first === undefined) return true;
      if (keysAt(id, first.from).length + keys.length > MOST_KEYS) return false;
      found.keys = found.keys.map((key) =>
        key.to === null || key.to > overlapUntil ? { ...key, to: overlapUntil } : key,
      );
      found.keys.push(...keys);
      return true;
    },
    deliveries: async (org, id, { state: asked, after, limit }) =>
      deliveriesOf(org, id)
        .filter((each) => asked === null || each.state === asked)
        .filter((each) => after === null || Number(each.id) < Number(after))
        .toSorted((one, other) => -byId(one, other))
        .slice(0, limit)
        .map(shown),
    async delivery(org, id, delivery) {
      const found = deliveriesOf(org, id).find((each) => each.id === delivery);
      return found && { ...shown(found), log: structuredClone(found.log) };
    },
    async health(org, id) {
      const own = deliveriesOf(org, id).filter(({ replay }) => replay === null);
      const dayBefore = instantOf(now() - DAY_MS);
      const ended = own
        .flatMap(({ log }) => log)
        .filter(({ at, outcome }) => at > dayBefore && outcome !== 'started');
      const waiting = own.filter(waits);
      return {
        waiting: waiting.length,
        oldestWaiting: waiting.map(({ recorded }) => recorded).toSorted()[0] ?? null,
        delivered24h: ended.filter(({ outcome }) => outcome === 'delivered').length,
        failed24h: ended.filter(({ outcome }) => outcome !== 'delivered').length,
        lastSuccess: state.subscriptions.get(id)?.lastSuccess ?? null,
        lastOutcome: ended.toSorted((one, other) => (one.at < other.at ? 1 : -1))[0]?.outcome ?? null,
      };
    },
    async addReplay(replay) {
      state.replays.set(replay.id, { ...structuredClone(replay), takenUpto: 0 });
    },
    async replay(org, id) {
      const found = state.replays.get(id);
      if (found?.org !== org) return undefined;
      const { takenUpto: _upto, ...replay } = found;
      return structuredClone(replay);
    },
    replays: async (org, subscription) =>
      [...state.replays.values()]
        .filter((each) => each.org === org && each.subscription === subscription)
        .map(({ takenUpto: _upto, ...replay }) => structuredClone(replay)),
    async changeReplay(org, id, to) {
      const found = state.replays.get(id);
      if (found?.org !== org || (found.state !== 'paused' && found.state !== 'running')) return false;
      found.state = to;
      if (to === 'stopped') {
        const ended = { state: 'superseded', ended: instantOf(now()), nextAt: null, leasedUntil: null };
        for (const each of state.deliveries)
          if (each.replay === id && waits(each)) Object.assign(each, ended);
      }
      return true;
    },
    async replayable(org, subscription, filter) {
      const named = deliveriesOf(org, subscription).filter(isNamed(filter));
      return { count: named.length, sample: named.slice(0, SAMPLE).map(shown) };
    },
    replayFailures: async (org, id, { after, limit }) =>
      state.deliveries
        .filter(({ replay }) => replay === id && state.replays.get(id)?.org === org)
        .filter((each) => each.state === 'exhausted' || each.state === 'withheld')
        .filter((each) => after === null || Number(each.id) > Number(after))
        .slice(0, limit)
        .map(shown),
  };
}

/** Deliveries that ended and that the filter names. */
export function isNamed(filter: ReplayFilter): (delivery: MemoryDelivery) => boolean {
  return (delivery) => {
    if (delivery.replay !== null || delivery.ended === null) return false;
    if ('ids' in filter) return filter.ids.includes(delivery.webhookId);
    if ('from' in filter) return delivery.recorded >= filter.from && delivery.recorded < filter.to;
    return (
      delivery.state === 'exhausted' &&
      (filter.failure === 'exhausted' || delivery.lastOutcome === filter.failure)
    );
  };
}
