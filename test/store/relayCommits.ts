import { randomUUID } from 'node:crypto';
import type { Lane } from '../../src/core/lane.ts';
import { countyNumber, type OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { Alert, YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import { planOnce } from '../../src/relay/planner.ts';
import type { AppliedRecord, Commit } from '../../src/store/port.ts';
import type { Queries } from '../../src/store/queriesPort.ts';
import type { Leased, RelayQueue, SubscriptionRecords } from '../../src/store/relayPort.ts';
import { type AnyStore, batch, committed, NONE, youth } from './commits.ts';

// What the relay of a store is given in the contract's tests.

export type RelayStore = Pick<
  AnyStore,
  'claim' | 'commit' | 'concludeList' | 'load' | 'openReceipt' | 'receiptSent'
>;

export interface AnyRelay {
  store: RelayStore;
  queue: RelayQueue;
  records: SubscriptionRecords;
  queries: Pick<Queries, 'alertProgress'>;
}

/** Moments of the tests: near the present, for some of what is counted is by the database's clock. */
export const NOW = Date.parse(new Date().toISOString());
export const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();

export function subscriptionOf(org: OrgId, changes: Partial<Subscription> = {}): Subscription {
  return {
    id: randomUUID(),
    org,
    subscriber: '0192:889640782',
    orgnr: null,
    name: 'Fagsystem',
    url: 'https://mottaker.example.no/ot',
    kinds: ['status', 'alert', 'status-group'],
    owners: null,
    protectedYouths: false,
    begins: 'all',
    beginsAt: null,
    state: 'active',
    reason: null,
    wantedUrl: null,
    failingSince: null,
    created: at(-60),
    createdBy: 'test',
    version: 1,
    ...changes,
  };
}

export async function subscribed(
  relay: AnyRelay,
  org: OrgId,
  changes: Partial<Subscription> = {},
): Promise<Subscription> {
  const subscription = subscriptionOf(org, changes);
  await relay.records.addSubscription(subscription, []);
  return subscription;
}

export function alertOf(changes: Partial<Alert> = {}): Alert {
  return {
    id: '00000000000000a1',
    kind: 'NY_TILMELDING',
    category: 'alert',
    rule: 'R01',
    schoolYear: '2026-27',
    county: countyNumber('40'),
    owner: '40001',
    proposed: [],
    minor: 'NEI',
    timeBand: null,
    deadlines: [],
    effective: '2026-10-07',
    feed: 'school-dropout',
    lostRight: false,
    viaOt: null,
    office: null,
    toCounty: null,
    evidence: [],
    ...changes,
  };
}

export type Place = AppliedRecord['previous'];

/** The next record of a youth, which raises an alert of its own. */
export function raising(
  lane: Lane,
  ref: PersonRef,
  version: number,
  previous: Place = null,
  alert: Partial<Alert> = {},
): Commit {
  const cause = version.toString(16).padStart(16, '0');
  return having(lane, ref, version, previous, [
    { type: 'AlertRaised', alert: alertOf({ id: cause, ...alert }) },
  ]);
}

export function having(
  lane: Lane,
  ref: PersonRef,
  version: number,
  previous: Place,
  events: readonly YouthEvent[],
): Commit {
  const offset = lane.nextOffset;
  return batch(lane, offset + 1n, {
    applied: [appliedRecord({ offset, ref, version, previous, recorded: at(-30), events })],
    youths: [youthWrite({ ref, expectedVersion: version - 1, version, youth: youth() })],
    counts: { ...NONE, applied: 1 },
  });
}

/** As many records of one youth in one lane. */
export async function raisedTimes(relay: AnyRelay, lane: Lane, ref: PersonRef, times: number): Promise<void> {
  let previous: Place = null;
  for (let version = 1; version <= times; version += 1) {
    const place = { lane: lane.id, offset: lane.nextOffset };
    await committed(relay.store, raising(lane, ref, version, previous));
    previous = place;
  }
}

/** All that is committed. */
export async function planned(queue: Pick<RelayQueue, 'planTurn'>, org: OrgId, seconds = 0): Promise<void> {
  for (;;) {
    const turn = await planOnce(queue, org, at(seconds));
    if (turn === 'idle' || turn === 'none') return;
  }
}

export async function taken(
  { queue }: Pick<AnyRelay, 'queue'>,
  subscription: Pick<Subscription, 'id'>,
  asked: { now?: number; most?: number; perSubscription?: number } = {},
): Promise<Leased[]> {
  const { now = 0, most = 10_000, perSubscription = 8 } = asked;
  const leased = await queue.take({ now: at(now), leasedUntil: at(now + 30), most, perSubscription });
  const own = leased.filter((each) => each.subscription.id === subscription.id);
  // Of other tests, in the same database.
  for (const each of leased) if (!own.includes(each)) await queue.release(each, at(now));
  return own;
}

export const PERMITTED = { judge: async () => null, handOver: async () => undefined };

export function delivered(queue: Pick<RelayQueue, 'end'>, leased: Leased, seconds = 1): Promise<boolean> {
  return queue.end(leased, {
    at: at(seconds),
    ms: 5,
    outcome: 'delivered',
    httpStatus: 204,
    disableIfFailingSince: at(-432_000),
    next: { state: 'delivered' },
  });
}

export function failed(
  queue: Pick<RelayQueue, 'end'>,
  leased: Leased,
  { seconds = 1, next }: { seconds?: number; next?: 'gone' | 'exhausted' | number } = {},
): Promise<boolean> {
  return queue.end(leased, {
    at: at(seconds),
    ms: 5,
    outcome: next === 'gone' ? 'gone' : 'refused',
    httpStatus: next === 'gone' ? 410 : 500,
    disableIfFailingSince: at(seconds - 432_000),
    next:
      next === 'gone' || next === 'exhausted'
        ? { state: next }
        : { state: 'waiting', nextAt: at(next ?? seconds + 5) },
  });
}

/** All that is due, sent in turn; versions in the order in which they were sent. */
export async function drained(
  relay: Pick<AnyRelay, 'queue'>,
  subscription: Pick<Subscription, 'id'>,
  now = 1,
): Promise<Leased[]> {
  const sent: Leased[] = [];
  for (;;) {
    const leased = await taken(relay, subscription, { now });
    if (leased.length === 0) return sent;
    for (const each of leased) {
      if ((await relay.queue.begin(each, { at: at(now), ...PERMITTED })) !== 'begun') continue;
      await delivered(relay.queue, each, now);
      sent.push(each);
    }
  }
}
