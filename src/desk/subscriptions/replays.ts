import type { Principal } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { ACCESS } from '../../core/sentences/access.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import { instantOf } from '../../core/time/date.ts';
import type { Replay, ReplayFilter } from '../../store/relayPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type DeliveryView, deliveryView, namesFor } from './deliveryView.ts';
import { subscriptionNamed } from './owned.ts';
import { note, proven, type SubscriptionParts } from './subscriptions.ts';

// Sending again what was sent, or could not be. Counted and shown before anything leaves.

type Parts = SubscriptionParts & Pick<DeskParts, 'vault'>;

interface Asked {
  principal: Principal;
  /** Of the subscription. */
  id: string;
}

export interface ReplayView {
  id: string;
  filter: ReplayFilter;
  state: Replay['state'];
  /** Bokmål: what is next. */
  text: string;
  testUrl: string | null;
  reason: string;
  by: string;
  created: string;
  total: number;
  sent: number;
  failed: number;
  withheld: number;
}

export interface ReplayWanted {
  filter: ReplayFilter;
  /** Only to this address, which may be proven though the subscription is not in use. */
  testUrl: string | null;
  reason: string;
}

/** Counts, and waits for `start`. */
export async function addReplay(
  parts: Parts,
  organisation: Organisation,
  { principal, id, filter, testUrl, reason }: Asked & ReplayWanted,
): Promise<{ replay: ReplayView; sample: DeliveryView[] }> {
  const { id: org } = organisation;
  const subscription = await subscriptionNamed(parts, organisation, principal, id);
  if ('from' in filter && filter.from >= filter.to) {
    throw invalid('to', SUBSCRIPTION.nb.periodEndsFirst, ACCESS.nb.endsFirstCure);
  }
  const fault = testUrl === null ? null : parts.receivers.judgeUrl(testUrl);
  if (fault !== null) throw invalid('testUrl', fault.text, fault.cure);
  if (testUrl !== null) await proven(parts, { ...subscription, url: testUrl });
  const { count, sample } = await parts.subscriptions.replayable(org, id, filter);
  if (count === 0) {
    throw invalid('', SUBSCRIPTION.nb.noneChosen, SUBSCRIPTION.nb.noneChosenCure);
  }
  const replay: Replay = {
    ...{ id: parts.newId(), org, subscription: id, filter, state: 'paused', testUrl, reason },
    ...{ by: principal.name, created: instantOf(parts.now()), total: count, sent: 0, failed: 0, withheld: 0 },
  };
  await parts.subscriptions.addReplay(replay);
  note(parts, subscription, 'replay');
  const names = namesFor(parts.vault, org, subscription);
  return { replay: replayView(replay), sample: sample.map((each) => deliveryView(names, each)) };
}

export async function replaysOf(
  parts: Pick<Parts, 'subscriptions'>,
  organisation: Organisation,
  { principal, id }: Asked,
): Promise<ReplayView[]> {
  await subscriptionNamed(parts, organisation, principal, id);
  return (await parts.subscriptions.replays(organisation.id, id)).map(replayView);
}

interface AskedReplay extends Asked {
  replay: string;
}

/** @throws DeskRefusal UNKNOWN_REPLAY */
export async function replayNamed(
  parts: Pick<Parts, 'subscriptions'>,
  organisation: Organisation,
  asked: AskedReplay,
): Promise<ReplayView> {
  return replayView((await found(parts, organisation, asked)).replay);
}

/** @param to `running` starts it, or lets it go on after a stop */
export async function moveReplay(
  parts: Parts,
  organisation: Organisation,
  { to, ...asked }: AskedReplay & { to: 'running' | 'stopped' },
): Promise<ReplayView> {
  const { subscription, replay } = await found(parts, organisation, asked);
  if (to === 'running' && subscription.state !== 'active' && replay.testUrl === null) {
    throw notNow(SUBSCRIPTION.nb.replayOff);
  }
  if (!(await parts.subscriptions.changeReplay(organisation.id, replay.id, to))) {
    throw notNow(SUBSCRIPTION.nb.replayDone);
  }
  note(parts, subscription, to === 'running' ? 'replay-start' : 'replay-stop');
  return replayNamed(parts, organisation, asked);
}

/** All that could not be delivered again, page by page. */
export async function replayFailures(
  parts: Pick<Parts, 'subscriptions' | 'vault'>,
  organisation: Organisation,
  { after, limit, ...asked }: AskedReplay & { after: string | null; limit: number },
): Promise<{ deliveries: DeliveryView[]; next: string | null }> {
  const { id: org } = organisation;
  const { subscription, replay } = await found(parts, organisation, asked);
  const failed = await parts.subscriptions.replayFailures(org, replay.id, { after, limit: limit + 1 });
  const shown = failed.slice(0, limit);
  const names = namesFor(parts.vault, org, subscription);
  return {
    deliveries: shown.map((each) => deliveryView(names, each)),
    next: failed.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function found(
  parts: Pick<Parts, 'subscriptions'>,
  organisation: Organisation,
  { principal, id, replay: named }: AskedReplay,
): Promise<{ subscription: Subscription; replay: Replay }> {
  const subscription = await subscriptionNamed(parts, organisation, principal, id);
  const replay = await parts.subscriptions.replay(organisation.id, named);
  if (replay !== undefined && replay.subscription === id) return { subscription, replay };
  throw new DeskRefusal('UNKNOWN_REPLAY', SUBSCRIPTION.nb.noReplay);
}

function replayView(replay: Replay): ReplayView {
  const { id, filter, state, testUrl, reason, by, created, total, sent, failed, withheld } = replay;
  const text = TEXTS[state];
  return { id, filter, state, text, testUrl, reason, by, created, total, sent, failed, withheld };
}

const TEXTS: Readonly<Record<Replay['state'], string>> = {
  paused: SUBSCRIPTION.nb.replayPaused,
  running: SUBSCRIPTION.nb.replayRunning,
  stopped: SUBSCRIPTION.nb.replayStopped,
  done: SUBSCRIPTION.nb.replayEnded,
};

function notNow(why: string): DeskRefusal {
  return new DeskRefusal('SUBSCRIPTION_STATE', `${SUBSCRIPTION.nb.replayNotNow} ${why}`);
}

function invalid(field: string, text: string, cure: string): DeskRefusal {
  return new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, {
    problems: [{ code: 'INVALID_VALUE', field, text, cure }],
  });
}
