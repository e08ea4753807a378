import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type {
  Attempt,
  Delivery,
  Replay,
  SigningKey,
  SubscriptionHealth,
  SubscriptionRecords,
} from '../../src/store/relayPort.ts';

/** Subscriptions in memory, with the deliveries that a test puts there. */
export interface FakeSubscriptions extends SubscriptionRecords {
  made: Map<string, Subscription>;
  planned: (Delivery & { log: Attempt[] })[];
  keys: Map<string, SigningKey[]>;
  jobs: Map<string, Replay>;
  /** What a subscription's health has other than nothing. */
  healths: Map<string, Partial<SubscriptionHealth>>;
}

const MOST_KEYS = 10;

export function createFakeSubscriptions(): FakeSubscriptions {
  const made = new Map<string, Subscription>();
  const planned: FakeSubscriptions['planned'] = [];
  const keys = new Map<string, SigningKey[]>();
  const jobs = new Map<string, Replay>();
  const healths: FakeSubscriptions['healths'] = new Map();
  const of = (id: string) => planned.filter((each) => each.subscription === id);
  return {
    ...{ made, planned, keys, jobs, healths },
    async addSubscription(entry, given) {
      made.set(entry.id, entry);
      keys.set(entry.id, [...given]);
    },
    subscriptions: async (org) => [...made.values()].filter((each) => each.org === org),
    subscription: async (org, id) => {
      const found = made.get(id);
      return found?.org === org ? found : undefined;
    },
    async changeSubscription({ org: _org, id, seen, from: _from, ...change }) {
      const found = made.get(id);
      if (found?.version !== seen) return false;
      made.set(id, { ...found, ...change, version: seen + 1 });
      return true;
    },
    closeSubscription: async (_org, id) => made.delete(id),
    signingKeys: async (id, at) => (keys.get(id) ?? []).filter(({ to }) => to === null || to > at),
    publicKeys: async () =>
      [...keys.values()]
        .flat()
        .flatMap(({ kid, publicKey }) => (publicKey === null ? [] : [{ kid, publicKey }])),
    async rotateKeys(id, given, overlapUntil) {
      const known = keys.get(id) ?? [];
      if (known.length + given.length > MOST_KEYS) return false;
      keys.set(id, [...known.map((key) => ({ ...key, to: key.to ?? overlapUntil })), ...given]);
      return true;
    },
    deliveries: async (_org, id, { state, after, limit }) =>
      of(id)
        .filter((each) => state === null || each.state === state)
        .filter((each) => after === null || Number(each.id) > Number(after))
        .slice(0, limit),
    delivery: async (_org, id, delivery) => of(id).find((each) => each.id === delivery),
    health: async (_org, id) => ({
      ...{ waiting: of(id).filter(({ state }) => state === 'waiting').length, oldestWaiting: null },
      ...{ delivered24h: 0, failed24h: 0, lastSuccess: null, lastOutcome: null },
      ...healths.get(id),
    }),
    addReplay: async (replay) => void jobs.set(replay.id, replay),
    replay: async (org, id) => {
      const found = jobs.get(id);
      return found?.org === org ? found : undefined;
    },
    replays: async (_org, id) => [...jobs.values()].filter(({ subscription }) => subscription === id),
    async changeReplay(_org, id, state) {
      const found = jobs.get(id);
      if (found === undefined || found.state === 'done') return false;
      jobs.set(id, { ...found, state });
      return true;
    },
    async replayable(_org, id, filter) {
      const within = of(id).filter((each) => {
        if ('ids' in filter) return filter.ids.includes(each.webhookId);
        if ('from' in filter) return each.recorded >= filter.from && each.recorded < filter.to;
        return filter.failure === 'exhausted' ? each.state === 'exhausted' : false;
      });
      return { count: within.length, sample: within.slice(0, 5) };
    },
    replayFailures: async (_org, id, { after, limit }) =>
      planned
        .filter((each) => each.replay === id && each.state === 'exhausted')
        .filter((each) => after === null || Number(each.id) > Number(after))
        .slice(0, limit),
  };
}
