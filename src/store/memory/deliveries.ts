import { by } from '../../core/order.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Delivery, PlannedDelivery } from '../relayPort.ts';
import type { MemoryDelivery, MemoryState } from './state.ts';

// The queue of deliveries in memory: what is kept as in PostgreSQL, so that the contract holds both.

export const waits = ({ state }: Pick<Delivery, 'state'>) => state === 'waiting';

/** Undefined when the lease is no longer current. */
export function leasedNow(state: MemoryState, id: string, lease: number): MemoryDelivery | undefined {
  return state.deliveries.find((each) => each.id === id && each.lease === lease && waits(each));
}

/** In the order of their youth's versions. */
export function inOrder(one: Delivery, other: Delivery): number {
  return one.version - other.version || one.n - other.n;
}

/** Of the same youth, subscription and replay. */
export function ofMatter(state: MemoryState, { subscription, replay, ref }: Delivery): MemoryDelivery[] {
  return state.deliveries.filter(
    (each) => each.subscription === subscription && each.replay === replay && each.ref === ref,
  );
}

/** The oldest that waits of the youth is due, when none is. */
export function promote(state: MemoryState, ended: Delivery, at: IsoInstant): void {
  if (ended.ref === null) return;
  const waiting = ofMatter(state, ended).filter(waits);
  const [oldest] = waiting.toSorted(inOrder);
  if (oldest && oldest.nextAt === null) oldest.nextAt = at;
}

export function addDelivery(
  state: MemoryState,
  { subscription, webhookId, call, superseded }: PlannedDelivery,
  at: IsoInstant,
  replay: string | null = null,
): void {
  const known = state.deliveries.some(
    (each) => each.subscription === subscription && each.eventId === call.eventId && each.replay === replay,
  );
  if (known) return;
  const { hidden: _hidden, owners: _owners, ...kept } = call;
  const delivery: MemoryDelivery = {
    ...kept,
    id: String(Number(state.deliveries.at(-1)?.id ?? state.deliveriesForgotten) + 1),
    subscription,
    webhookId,
    replay,
    state: superseded ? 'superseded' : 'waiting',
    withheldFor: null,
    attempts: 0,
    lastOutcome: null,
    nextAt: null,
    ended: superseded ? at : null,
    lease: 0,
    leasedUntil: null,
    awaitsAgreement: false,
    log: [],
  };
  const behind = delivery.ref !== null && ofMatter(state, delivery).some(waits);
  if (!superseded && !behind) delivery.nextAt = at;
  state.deliveries.push(delivery);
}

export function endDelivery(
  state: MemoryState,
  delivery: MemoryDelivery,
  to: Pick<Delivery, 'state' | 'withheldFor'>,
  at: IsoInstant,
): void {
  Object.assign(delivery, to, { ended: at, nextAt: null, leasedUntil: null });
  promote(state, delivery, at);
}

/** Of each matter (a youth and kind; for alerts, a cause) only the last waits on. */
export function collapse(state: MemoryState, subscription: string, at: IsoInstant): void {
  const own = state.deliveries.filter(
    (each) => each.subscription === subscription && each.replay === null && each.ref !== null && waits(each),
  );
  const matters = Map.groupBy(own, ({ ref, kind, subject }) => `${ref} ${kind} ${subject}`);
  for (const matter of matters.values()) {
    for (const each of matter.toSorted(inOrder).slice(0, -1))
      endDelivery(state, each, { state: 'superseded', withheldFor: null }, at);
  }
}

/** As it is shown, without what only the queue keeps. */
export function shown({
  lease: _lease,
  leasedUntil: _until,
  log: _log,
  ...delivery
}: MemoryDelivery): Delivery {
  return structuredClone(delivery);
}

export const byId = by((delivery: Delivery) => Number(delivery.id));
