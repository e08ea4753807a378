import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { AttemptEnd } from '../../core/subscription/answer.ts';
import { noticeOf } from '../../core/subscription/notice.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { StoredRecord } from '../port.ts';
import type { Leased, PlannedDelivery, PlannedSubscription, PlanningTurn, RelayQueue } from '../relayPort.ts';
import { noteDelivered } from './alertProgress.ts';
import { addDelivery, collapse, endDelivery, leasedNow, shown, waits } from './deliveries.ts';
import { givenBack } from './givenBack.ts';
import { loadYouth } from './loadYouth.ts';
import { currentRef } from './merged.ts';
import { navWithdrawals } from './navWithdrawals.ts';
import { memoryQueries } from './queries.ts';
import type { MemoryDelivery, MemoryState, MemorySubscription } from './state.ts';
import { isNamed } from './subscriptions.ts';

const RECEIPTS_MS = 89 * 86_400_000;

export function memoryRelay(state: MemoryState): RelayQueue {
  const queries = memoryQueries(state);
  let taken = false;

  function turnOf(org: OrgId, found: MemorySubscription[], at: IsoInstant | null): PlanningTurn {
    return {
      subscriptions: found.map(plannedOf),
      lanes: [...state.lanes.values()]
        .filter((lane) => lane.org === org)
        .map(({ id, nextOffset }) => ({ id, nextOffset })),
      async records(lane, from, upto, limit) {
        const all = state.records
          .filter((each) => each.lane === lane && each.offset >= from && each.offset < upto)
          .toSorted((one, other) =>
            one.offset < other.offset ? -1 : one.offset > other.offset ? 1 : one.ref < other.ref ? -1 : 1,
          );
        const last = all[limit - 1];
        const page = last === undefined ? all : all.filter(({ offset }) => offset <= last.offset);
        return page.map(({ org: _org, ...record }) => ({
          ...structuredClone(record),
          previous: previousOf(org, record),
        }));
      },
      async histories(refs) {
        const histories = new Map<PersonRef, StoredRecord[]>();
        for (const ref of refs) histories.set(ref, await queries.history(org, ref));
        return histories;
      },
      navWithdrawals: (subscription, limit) => navWithdrawals(state, subscription, limit),
      async finalReceipts({ id, subscriber, begins, beginsAt, created }, limit) {
        if (at === null) return [];
        const oldest = instantOf(epochOf(at) - RECEIPTS_MS);
        const from = (begins === 'now' ? created : beginsAt) ?? oldest;
        const final = [];
        for (const [receipt, { org: whose, sender, sent, received }] of state.receipts) {
          if (whose !== org || sender !== subscriber || !sent || received < oldest || received < from)
            continue;
          const known = state.deliveries.some(
            (each) =>
              each.subscription === id && each.replay === null && each.eventId === `receipt/${receipt}`,
          );
          if (known || !(await queries.receipt(org, receipt))?.final) continue;
          final.push({ id: receipt, at: received as IsoInstant });
        }
        return final.slice(0, limit);
      },
    };
  }

  function previousOf(org: OrgId, { ref, version }: { ref: string; version: number }) {
    const before = state.records
      .filter((each) => each.org === org && each.ref === ref && each.version < version)
      .toSorted((one, other) => other.version - one.version)[0];
    return before === undefined ? null : { lane: before.lane, offset: before.offset };
  }

  const isSending = ({ subscription, replay }: MemoryDelivery): boolean => {
    const found = state.subscriptions.get(subscription);
    if (found === undefined || found.closed !== null) return false;
    if (replay === null) return found.entry.state === 'active' && found.catchUp === null;
    const job = state.replays.get(replay);
    return job?.state === 'running' && (found.entry.state === 'active' || job.testUrl !== null);
  };
  const inFlight = (id: string, now: IsoInstant) =>
    state.deliveries.filter(
      (each) =>
        each.subscription === id && waits(each) && each.leasedUntil !== null && each.leasedUntil > now,
    ).length;
  const held = (id: string, lease: number) => leasedNow(state, id, lease);
  const count = (replay: string | null, what: 'sent' | 'failed' | 'withheld') => {
    const job = replay === null ? undefined : state.replays.get(replay);
    if (job !== undefined) job[what] += 1;
  };

  return {
    ...givenBack(state),
    async planTurn(org, at, plan) {
      const active = [...state.subscriptions.values()].filter(
        ({ entry, closed }) => entry.org === org && closed === null && entry.state === 'active',
      );
      if (active.length === 0) return 'none';
      if (taken) return 'taken';
      taken = true;
      try {
        const { deliveries, cursors, withdrawals = [] } = await plan(turnOf(org, active, at));
        for (const each of deliveries) addDelivery(state, each, at);
        for (const { subscription, lane, upto } of cursors)
          state.subscriptions.get(subscription)?.cursors.set(lane, upto);
        for (const { subscription, upto } of withdrawals) {
          const found = state.subscriptions.get(subscription);
          if (found !== undefined) found.navUpto = Number(upto);
        }
        for (const subscription of active) endCatchUp(state, subscription, at);
        return deliveries.length > 0 || cursors.length > 0 ? 'planned' : 'idle';
      } finally {
        taken = false;
      }
    },
    async look(org, id, work) {
      const found = state.subscriptions.get(id);
      if (found?.entry.org !== org || found.closed !== null) return undefined;
      return work(turnOf(org, [found], null));
    },
    async fillReplays(at, limit) {
      let filled = 0;
      for (const job of state.replays.values()) {
        if (job.state !== 'running') continue;
        const next = state.deliveries
          .filter((each) => each.subscription === job.subscription && Number(each.id) > job.takenUpto)
          .filter(isNamed(job.filter))
          .slice(0, limit - filled);
        for (const each of next) addDelivery(state, againOf(each), at, job.id);
        job.takenUpto = Number(next.at(-1)?.id ?? job.takenUpto);
        filled += next.length;
        const open = state.deliveries.some((each) => each.replay === job.id && waits(each));
        if (next.length === 0 && !open) job.state = 'done';
        if (filled >= limit) break;
      }
      return filled;
    },
    async take({ now, leasedUntil, most, perSubscription }) {
      const leased: Leased[] = [];
      const due = state.deliveries.filter(
        (each) => waits(each) && each.nextAt !== null && each.nextAt <= now,
      );
      for (const each of due.toSorted((one, other) => ((one.nextAt ?? '') < (other.nextAt ?? '') ? -1 : 1))) {
        const subscription = state.subscriptions.get(each.subscription);
        if (leased.length >= most || subscription === undefined || !isSending(each)) continue;
        if (inFlight(each.subscription, now) >= perSubscription) continue;
        each.lease += 1;
        each.nextAt = leasedUntil;
        each.leasedUntil = leasedUntil;
        const testUrl = each.replay === null ? null : (state.replays.get(each.replay)?.testUrl ?? null);
        leased.push({
          delivery: shown(each),
          subscription: structuredClone(subscription.entry),
          testUrl,
          lease: each.lease,
        });
      }
      return leased;
    },
    async begin({ delivery, subscription, lease, testUrl }, { at, judge, handOver }) {
      const found = held(delivery.id, lease);
      const now = state.subscriptions.get(delivery.subscription)?.entry;
      if (found === undefined || now === undefined || !isSending(found)) return 'lost';
      if (testUrl === null && now.url !== subscription.url) return 'lost';
      const ref = found.ref === null ? null : currentRef(state, now.org, found.ref);
      const known = ref !== null && state.youths.has(`${now.org}/${ref}`);
      const youth = known ? loadYouth(state, now.org, ref) : undefined;
      const withheld = await judge({ subscription: structuredClone(now), youth });
      if (withheld === 'AGREEMENT') return withheld;
      if (withheld !== null) {
        count(found.replay, 'withheld');
        endDelivery(state, found, { state: 'withheld', withheldFor: withheld }, at);
        return withheld;
      }
      found.attempts += 1;
      found.log.push({ number: found.log.length + 1, at, ms: null, outcome: 'started', httpStatus: null });
      await handOver();
      return 'begun';
    },
    async end({ delivery, lease }, ended) {
      const found = held(delivery.id, lease);
      if (found === undefined) return false;
      const { at, ms, outcome, httpStatus, next } = ended;
      const last = found.log.at(-1);
      if (last !== undefined) Object.assign(last, { ms, outcome, httpStatus });
      found.lastOutcome = outcome;
      if (outcome === 'egress') found.attempts -= 1;
      if (next.state === 'waiting' || (next.state === 'gone' && found.replay === null)) {
        found.nextAt = next.state === 'waiting' ? next.nextAt : at;
        found.leasedUntil = null;
      } else {
        count(found.replay, next.state === 'delivered' ? 'sent' : 'failed');
        const over = next.state === 'gone' ? 'exhausted' : next.state;
        endDelivery(state, found, { state: over, withheldFor: null }, at);
      }
      if (next.state === 'delivered') noteDelivered(state, found, at);
      if (found.replay === null) noteHealth(state, found.subscription, ended);
      return true;
    },
    async forget(endedBefore, limit) {
      const old = state.deliveries
        .filter(({ ended }) => ended !== null && ended < endedBefore)
        .slice(0, limit);
      state.deliveriesForgotten = Number(state.deliveries.at(-1)?.id ?? state.deliveriesForgotten);
      state.deliveries = state.deliveries.filter((each) => !old.includes(each));
      return old.length;
    },
    pulse: async () =>
      [...state.subscriptions.values()]
        .filter(({ closed }) => closed === null)
        .map(({ entry: { org, id, subscriber, orgnr, state: now, failingSince } }) => {
          const waiting = state.deliveries.filter(
            (each) => each.subscription === id && each.replay === null && waits(each),
          );
          const oldestWaiting = waiting.map(({ recorded }) => recorded).toSorted()[0] ?? null;
          return {
            ...{ org, subscription: id, subscriber, orgnr, state: now, failingSince },
            waiting: waiting.length,
            oldestWaiting,
          };
        }),
    async addNotices(disabled, at, webhookIdOf) {
      const closed = state.subscriptions.get(disabled)?.entry;
      if (closed === undefined) return;
      for (const { entry, closed: gone } of state.subscriptions.values()) {
        const told =
          entry.org === closed.org && entry.subscriber === closed.subscriber && entry.id !== disabled;
        if (!told || gone !== null || entry.state !== 'active') continue;
        const call = noticeOf(closed, at);
        const webhookId = webhookIdOf(entry.id, call.eventId);
        addDelivery(state, { subscription: entry.id, webhookId, call, superseded: false }, at);
      }
    },
    async noteWarning(id, step) {
      const found = state.subscriptions.get(id);
      if (found === undefined || found.reported.has(step)) return false;
      found.reported.add(step);
      return true;
    },
    nextDue: async ({ now, perSubscription }) =>
      state.deliveries
        .filter((each) => waits(each) && each.nextAt !== null && isSending(each))
        .filter(({ subscription }) => inFlight(subscription, now) < perSubscription)
        .map(({ nextAt }) => nextAt)
        .toSorted()[0] ?? null,
  };
}

function plannedOf({ entry, cursors, catchUp }: MemorySubscription): PlannedSubscription {
  return {
    subscription: structuredClone(entry),
    cursors: new Map(cursors),
    skipBelow: catchUp?.what === 'now' ? catchUp.upto : new Map(),
    latestBelow: catchUp?.what === 'latest' ? catchUp.upto : new Map(),
  };
}

/** The same call once more. */
function againOf(delivery: MemoryDelivery): PlannedDelivery {
  const { subscription, webhookId, eventId, kind, ref, subject, version, n, recorded } = delivery;
  const { takesBack, disclosesNav } = delivery;
  const call = { eventId, kind, ref, subject, version, n, recorded, takesBack, disclosesNav };
  return { subscription, webhookId, superseded: false, call: { ...call, owners: [], hidden: false } };
}

function endCatchUp(
  state: MemoryState,
  { entry, cursors, catchUp }: MemorySubscription,
  at: IsoInstant,
): void {
  if (catchUp === null) return;
  if (![...catchUp.upto].every(([lane, upto]) => (cursors.get(lane) ?? 0n) >= upto)) return;
  if (catchUp.what === 'latest') collapse(state, entry.id, at);
  const found = state.subscriptions.get(entry.id);
  if (found !== undefined) found.catchUp = null;
}

function noteHealth(state: MemoryState, id: string, ended: AttemptEnd): void {
  const found = state.subscriptions.get(id);
  const { at, outcome, next, disableIfFailingSince } = ended;
  if (found === undefined || outcome === 'egress') return;
  const { entry } = found;
  if (outcome === 'delivered') {
    found.lastSuccess = at;
    entry.failingSince = null;
    found.reported.clear();
    return;
  }
  if (entry.state !== 'active') return;
  const failing = entry.failingSince !== null && entry.failingSince <= disableIfFailingSince;
  entry.failingSince ??= at;
  if (next.state !== 'gone' && !failing) return;
  Object.assign(entry, {
    state: 'disabled',
    reason: next.state === 'gone' ? 'GONE' : 'FAILING',
    version: entry.version + 1,
  });
}
