import { randomBytes } from 'node:crypto';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { instantOf } from '../../src/core/time/date.ts';
import type { ReceiverAnswer, Receivers } from '../../src/desk/subscriptions/receivers.ts';
import type { Delivery, SigningKey } from '../../src/store/relayPort.ts';

// The relay, as far as the desk asks it.

export interface FakeRelay extends Receivers {
  /** How the next handshake or test goes. */
  outcome: ReceiverAnswer['outcome'];
  /** Addresses that were called, the oldest first. */
  called: { act: 'prove' | 'test'; url: string }[];
}

export function createFakeRelay(now: () => number): FakeRelay {
  const call = (act: 'prove' | 'test', { url }: Subscription): ReceiverAnswer => {
    relay.called.push({ act, url });
    const httpStatus = relay.outcome === 'delivered' ? 200 : relay.outcome === 'not-proven' ? 404 : null;
    return { at: instantOf(now()), outcome: relay.outcome, httpStatus, ms: 12 };
  };
  const relay: FakeRelay = {
    outcome: 'delivered',
    called: [],
    judgeUrl: (url) =>
      url.startsWith('https://') ? null : { text: 'Adressen er ikke https.', cure: 'Bruk https.' },
    prove: async (subscription) => call('prove', subscription),
    backlog: async () => ({ all: 0, latest: 0 }),
    test: async (subscription) => call('test', subscription),
    newKeys(from) {
      const kid = () => randomBytes(8).toString('hex');
      const sealed = Buffer.alloc(32);
      const v1: SigningKey = { kid: kid(), scheme: 'v1', sealed, publicKey: null, from, to: null };
      const v1a: SigningKey = {
        ...{ kid: kid(), scheme: 'v1a', sealed, publicKey: randomBytes(32), from, to: null },
      };
      return { secret: `whsec_${randomBytes(32).toString('base64')}`, keys: [v1, v1a] };
    },
  };
  return relay;
}

let nextDelivery = 0;

/** As the relay has planned it. */
export function delivery(subscription: string, changes: Partial<Delivery> = {}): Delivery {
  nextDelivery += 1;
  return {
    ...{ id: String(nextDelivery), subscription, webhookId: `msg_${'a'.repeat(26)}` },
    ...{ eventId: `telemarkfylke-no.ot.event.nav-match/0/${nextDelivery}/1`, kind: 'status', ref: null },
    ...{ subject: null, version: 1, n: 1, recorded: '2026-10-07T07:12:00.000Z', takesBack: false },
    ...{ disclosesNav: false, state: 'waiting', withheldFor: null, attempts: 0, nextAt: null },
    ...{ ended: null, replay: null, lastOutcome: null },
    ...changes,
  };
}
