import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptEnd } from '../core/subscription/answer.ts';
import { type Answer, endOf } from '../core/subscription/answer.ts';
import { callBody, otherBody } from '../core/subscription/body.ts';
import { type Hearing, mayHear } from '../core/subscription/mayHear.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import { epochOf, type IsoInstant, instantOf } from '../core/time/date.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { LoadedYouth } from '../store/port.ts';
import type { Leased, RelayQueue, SubscriptionRecords } from '../store/relayPort.ts';
import type { Vault } from '../store/vault.ts';
import type { Connect } from './connect.ts';
import { openKey } from './keys.ts';
import { openExchange } from './send.ts';
import { signedHeaders } from './signature.ts';
import { createSpread, type Spread } from './spread.ts';
import { traceparentOf } from './trace.ts';

/** Longer than an attempt takes: a relay that was killed gives its deliveries back by then. */
const LEASE_MS = 30_000;
const MOST_IN_FLIGHT = 64;
const MOST_OF_ONE = 8;
/** When nothing is known to be due. */
const IDLE_MS = 1_000;
/** When something is due that another process is about to take. */
const LEAST_MS = 20;
/** After a fault of the database. */
const FAULT_MS = 2_000;

export interface WorkerParts {
  queue: Pick<RelayQueue, 'take' | 'begin' | 'end' | 'release' | 'awaitAgreement' | 'nextDue'>;
  records: Pick<SubscriptionRecords, 'signingKeys'>;
  vault: Pick<Vault, 'open' | 'pairwise'>;
  connect: Connect;
  /** What is known of the subscriber now, besides the youth. @throws when it cannot be read: nothing is sent then */
  hearing(subscription: Subscription): Promise<Omit<Hearing, 'youth' | 'agreed'>>;
  /** Whether an agreement with NAV holds at this moment: until then what discloses an answer waits. */
  agreed(org: Subscription['org']): Promise<boolean>;
  /** Address of the API, without a slash at the end. */
  base(): string;
  userAgent: string;
  /** Epoch milliseconds. */
  now(): number;
  /** From 0 to below 1. */
  chance(): number;
  /** Milliseconds before each attempt; the standard's when left out. */
  timetable?: readonly number[];
  /** An attempt has ended, or a call was withheld. */
  ended(leased: Leased, how: AttemptEnd | 'withheld'): void;
  failed(error: unknown): void;
}

export interface RelayWorker {
  /** There may be something due: new deliveries, a subscription that was enabled. */
  wake(): void;
  /** Takes nothing more, and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** Sends what is due. Several processes share the queue; each delivery is one's at a time. */
export function startWorker(parts: WorkerParts): RelayWorker {
  const inFlight = new Set<Promise<void>>();
  const spread = createSpread(parts.now);
  const stopped = new AbortController();
  let woken = Promise.withResolvers<void>();
  const wake = () => woken.resolve();

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const waitMs = await round();
      if (stopped.signal.aborted) break;
      const timer = setTimeout(wake, waitMs);
      await woken.promise;
      clearTimeout(timer);
      woken = Promise.withResolvers();
    }
    await Promise.all(inFlight);
  }

  /** @returns how long nothing is due, in milliseconds */
  async function round(): Promise<number> {
    try {
      const now = parts.now();
      const room = MOST_IN_FLIGHT - inFlight.size;
      // A delivery that ends wakes it.
      if (room <= 0) return IDLE_MS;
      const leased = await parts.queue.take({
        now: instantOf(now),
        leasedUntil: instantOf(now + LEASE_MS),
        most: room,
        perSubscription: MOST_OF_ONE,
      });
      for (const each of leased) start(each);
      if (leased.length === room) return 0;
      // Of receivers with a place left: what waits for a place of the others is woken for when one is given back here, and
      // looked for now and then when other processes have them.
      const next = await parts.queue.nextDue({ now: instantOf(now), perSubscription: MOST_OF_ONE });
      return next === null ? IDLE_MS : Math.min(Math.max(epochOf(next) - parts.now(), LEAST_MS), IDLE_MS);
    } catch (error) {
      parts.failed(error);
      return FAULT_MS;
    }
  }

  function start(leased: Leased): void {
    const delivering = deliver(parts, spread, leased)
      .catch(async (error) => {
        if (!(error instanceof NotBegun)) throw error;
        parts.failed(error.cause);
        await giveBack(leased);
      })
      .catch(parts.failed)
      .finally(() => {
        inFlight.delete(delivering);
        wake();
      });
    inFlight.add(delivering);
  }

  /** After a pause, in which its place is taken: all that waits for the receiver would otherwise be tried without an end,
   *  each time with a connection that nothing is sent on. */
  async function giveBack(leased: Leased): Promise<void> {
    await sleep(FAULT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    await parts.queue.release(leased, instantOf(parts.now()));
  }

  const running = run();
  return {
    wake,
    async stop() {
      stopped.abort();
      wake();
      await running;
    },
  };
}

/** Nothing was sent, as far as is known: what decides about the call could not be read, or the attempt not stored. */
class NotBegun extends Error {
  constructor(cause: unknown) {
    super('an attempt was not begun', { cause });
  }
}

/** One attempt: connected first, then decided and begun, then written, so that nothing that takes long comes between the
 *  decision and the request. */
async function deliver(parts: WorkerParts, spread: Spread, leased: Leased): Promise<void> {
  const { delivery, subscription, testUrl } = leased;
  const { queue } = parts;
  if (delivery.disclosesNav && !(await parts.agreed(subscription.org))) {
    await queue.awaitAgreement(leased);
    return;
  }
  const began = performance.now();
  const url = new URL(testUrl ?? subscription.url);
  const exchange = await openExchange(parts.connect, url);
  const at = instantOf(parts.now());
  let begun: Awaited<ReturnType<typeof queue.begin>>;
  try {
    const [keys, hearing] = await Promise.all([
      parts.records.signingKeys(subscription.id, at),
      delivery.disclosesNav ? null : parts.hearing(subscription),
    ]);
    const opened = keys.map((key) => openKey(parts.vault, key));
    begun = await queue.begin(leased, {
      at,
      async judge({ subscription: now, youth }) {
        if (now === undefined) return 'CLOSED';
        // With the youth locked: consent and agreement count as they are when the request is written.
        const known = hearing ?? (await parts.hearing(subscription));
        const agreed = !delivery.disclosesNav || (await parts.agreed(subscription.org));
        return mayHear(now, delivery, { ...known, agreed, youth: readable(youth) });
      },
      handOver: () => exchange.handOver(requestOf(parts, leased, { url, at, keys: opened })),
    });
  } catch (error) {
    exchange.close();
    throw new NotBegun(error);
  }
  if (begun !== 'begun') {
    exchange.close();
    if (begun === 'AGREEMENT') await queue.awaitAgreement(leased);
    else if (begun !== 'lost') parts.ended(leased, 'withheld');
    return;
  }
  const answer: Answer = await exchange.answer();
  const attempt = {
    made: delivery.attempts + 1,
    at: instantOf(parts.now()),
    ms: Math.round(performance.now() - began),
    ...(parts.timetable && { timetable: parts.timetable }),
  };
  const ended = spread(subscription.id, () => endOf(answer, { ...attempt, chance: parts.chance() }));
  if (await queue.end(leased, ended)) parts.ended(leased, ended);
}

function requestOf(
  parts: WorkerParts,
  { delivery, subscription, lease }: Leased,
  { url, at, keys }: { url: URL; at: IsoInstant; keys: ReturnType<typeof openKey>[] },
) {
  const { webhookId: id } = delivery;
  const body = Buffer.from(JSON.stringify(bodyOf(parts, delivery, subscription)));
  const timestamp = Math.floor(epochOf(at) / 1_000);
  return {
    method: 'POST' as const,
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': parts.userAgent,
      ...signedHeaders({ id, timestamp, body }, keys),
      traceparent: traceparentOf(id, lease),
    },
    body,
  };
}

function bodyOf(
  parts: Pick<WorkerParts, 'vault' | 'base'>,
  delivery: Leased['delivery'],
  { org, subscriber }: Subscription,
) {
  const { webhookId: id, ref, kind, subject } = delivery;
  const base = parts.base();
  if (kind === 'receipt' || kind === 'nav-withdrawal' || kind === 'notice')
    return otherBody(org, { ...delivery, kind }, { id, base });
  if (ref === null) throw new Error('a call about a youth names none');
  const names = parts.vault.pairwise(org, subscriber);
  return callBody(
    org,
    { ...delivery, kind },
    {
      ...{ id, base, ref: names.of(ref) },
      alert: names.alertId(subject ?? '', ref),
    },
  );
}

/** Undefined when what is stored cannot be read: it may be in hiding. */
function readable(loaded: LoadedYouth | undefined): Youth | undefined {
  try {
    return loaded?.youth;
  } catch {
    return undefined;
  }
}
