import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countyNumber } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { AttemptEnd } from '../../src/core/subscription/answer.ts';
import type { Hearing } from '../../src/core/subscription/mayHear.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { createConnect } from '../../src/relay/connect.ts';
import { newSigningKeys } from '../../src/relay/keys.ts';
import { type RelayWorker, startWorker, type WorkerParts } from '../../src/relay/worker.ts';
import { memoryRelay } from '../../src/store/memory/relayQueue.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { memorySubscriptions } from '../../src/store/memory/subscriptions.ts';
import { createVault } from '../../src/store/vault.ts';
import { claimed, newOrg, newRef } from '../store/commits.ts';
import { planned, raisedTimes, subscriptionOf } from '../store/relayCommits.ts';

/** What is known of a subscriber that may hear of everything. */
export const HEARING: Omit<Hearing, 'youth' | 'agreed'> = {
  grants: null,
  now: '2026-10-07T07:12:00.000Z',
  today: '2026-10-07',
  policy: defaultPolicy(countyNumber('40')),
};

/** A relay on a queue in memory, towards receivers on this machine. */
export function relayWorld() {
  const state = emptyState();
  const queue = memoryRelay(state);
  const records = memorySubscriptions(state);
  const store = createMemoryStore(state);
  const vault = createVault(Buffer.alloc(32, 7));
  const org = newOrg();
  /** Calls of the queue, by name. */
  const asked: Record<string, number> = {};
  const ended: { subscription: string; version: number; how: AttemptEnd | 'withheld' }[] = [];
  const faults: unknown[] = [];
  const stops: (() => unknown)[] = [];

  const counted = new Proxy(queue, {
    get(target, name: keyof typeof queue) {
      asked[name] = (asked[name] ?? 0) + 1;
      return target[name];
    },
  });

  return {
    ...{ queue, records, org, asked, ended, faults },
    async receiver(answer: RequestListener): Promise<string> {
      const server = createServer(answer).listen(0, '127.0.0.1');
      await new Promise((listening) => server.once('listening', listening));
      stops.push(() => {
        server.closeAllConnections();
        server.close();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    async subscribed(url: string, changes: Partial<Subscription> = {}): Promise<Subscription> {
      const subscription = subscriptionOf(org, { url, kinds: ['alert'], ...changes });
      await records.addSubscription(subscription, newSigningKeys(vault, instantOf(Date.now() - 60_000)).keys);
      return subscription;
    },
    /** Deliveries of so many youths each, as many versions of each. */
    async raised(youths: number, versions = 1): Promise<PersonRef[]> {
      const lane = await claimed(store, org);
      const refs = Array.from({ length: youths }, newRef);
      for (const ref of refs)
        await raisedTimes({ store, queue, records, queries: store }, lane, ref, versions);
      await planned(queue, org);
      return refs;
    },
    start(changes: Partial<WorkerParts> = {}): RelayWorker {
      const worker = startWorker({
        queue: counted,
        records,
        vault,
        connect: createConnect({ ports: [443], loopback: true, lookUp: async () => [] }),
        hearing: async () => HEARING,
        agreed: async () => true,
        base: () => 'http://127.0.0.1:8080',
        userAgent: 'OT-Bridge/test',
        now: Date.now,
        chance: Math.random,
        ended: ({ subscription, delivery }, how) =>
          void ended.push({ subscription: subscription.id, version: delivery.version, how }),
        failed: (error) => void faults.push(error),
        ...changes,
      });
      stops.push(() => worker.stop());
      return worker;
    },
    async stop() {
      // In the order in which they began: what hangs would keep a relay from stopping.
      for (const stop of stops.splice(0)) await stop();
    },
  };
}
