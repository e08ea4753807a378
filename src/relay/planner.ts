import { withdrawalCall } from '../core/nav/withdrawal.ts';
import type { OrgId } from '../core/organisation.ts';
import type { Call } from '../core/subscription/call.ts';
import { planPage, type RecordCalls } from '../core/subscription/plan.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type {
  Delivery,
  Plan,
  PlannedSubscription,
  PlanningTurn,
  RelayQueue,
  SubscriptionRecords,
} from '../store/relayPort.ts';
import { webhookIdOf } from '../store/webhookId.ts';
import { callsOfRecords } from './recordCalls.ts';

/** A transaction of some tens of milliseconds. */
const PAGE = 500;
const RECEIPTS = 200;
const WITHDRAWALS = 500;
const WAITING = 1_000;

/** Plans what is committed, one turn: `planned` when there may be more. @param page records of one lane in a turn */
export function planOnce(
  queue: Pick<RelayQueue, 'planTurn'>,
  org: OrgId,
  at: IsoInstant,
  page = PAGE,
): ReturnType<RelayQueue['planTurn']> {
  return queue.planTurn(org, at, (turn) => planOf(org, turn, page));
}

async function planOf(org: OrgId, turn: PlanningTurn, size: number): Promise<Plan> {
  const plan: Required<Plan> = { deliveries: [], cursors: [], withdrawals: [] };
  const cursors = new Map(
    turn.subscriptions.map(({ subscription, cursors: before }) => [subscription.id, new Map(before)]),
  );
  for (const lane of turn.lanes) {
    // Most are equally far: what is read serves them all.
    const groups = Map.groupBy(turn.subscriptions, ({ subscription }) =>
      String(cursors.get(subscription.id)?.get(lane.id) ?? 0n),
    );
    for (const [cursor, group] of groups) {
      const from = BigInt(cursor);
      if (from >= lane.nextOffset) continue;
      const page = await pageOf(org, turn, lane, from, size);
      for (const { subscription, skipBelow } of group) {
        const own = cursors.get(subscription.id) ?? new Map<number, bigint>();
        const planned = planPage(subscription, page, own, skipBelow);
        for (const { call, superseded } of planned.calls) {
          const webhookId = webhookIdOf(subscription.id, call.eventId);
          plan.deliveries.push({ subscription: subscription.id, webhookId, call, superseded });
        }
        if (planned.upto === from) continue;
        own.set(lane.id, planned.upto);
        plan.cursors.push({ subscription: subscription.id, lane: lane.id, upto: planned.upto });
      }
    }
  }
  for (const each of turn.subscriptions) {
    plan.deliveries.push(...(await receiptsOf(turn, each)));
    await planWithdrawals(plan, turn, each);
  }
  return plan;
}

async function planWithdrawals(
  plan: Required<Plan>,
  turn: PlanningTurn,
  { subscription }: PlannedSubscription,
): Promise<void> {
  const { id, kinds } = subscription;
  if (!kinds.includes('nav-withdrawal')) return;
  const { withdrawals, upto } = await turn.navWithdrawals(subscription, WITHDRAWALS);
  if (withdrawals.length === 0) return;
  plan.withdrawals.push({ subscription: id, upto });
  for (const withdrawal of withdrawals) {
    const call = withdrawalCall(withdrawal);
    plan.deliveries.push({
      subscription: id,
      webhookId: webhookIdOf(id, call.eventId),
      call,
      superseded: false,
    });
  }
}

async function pageOf(
  org: OrgId,
  turn: PlanningTurn,
  lane: PlanningTurn['lanes'][number],
  from: bigint,
  size = PAGE,
): Promise<{ lane: number; records: RecordCalls[]; upto: bigint }> {
  const records = await turn.records(lane.id, from, lane.nextOffset, size);
  const calls = await callsOfRecords(org, records, turn.histories);
  const last = records.at(-1);
  // Offsets without an effect have no record.
  const upto = last === undefined || records.length < size ? lane.nextOffset : last.offset + 1n;
  return {
    lane: lane.id,
    records: records.map(({ offset, previous }, at) => ({ offset, previous, calls: calls[at] ?? [] })),
    upto,
  };
}

async function receiptsOf(
  turn: PlanningTurn,
  { subscription }: PlannedSubscription,
): Promise<Plan['deliveries']> {
  if (!subscription.kinds.includes('receipt')) return [];
  const final = await turn.finalReceipts(subscription, RECEIPTS);
  return final.map(({ id, at }) => {
    const call: Call = {
      eventId: `receipt/${id}`,
      kind: 'receipt',
      ref: null,
      subject: id,
      version: 0,
      n: 0,
      recorded: at,
      owners: [],
      hidden: false,
      takesBack: false,
      disclosesNav: false,
    };
    const webhookId = webhookIdOf(subscription.id, call.eventId);
    return { subscription: subscription.id, webhookId, call, superseded: false };
  });
}

/** Counts what a subscription has not been sent about youths, planned or not: all, and only the last about each matter (a
 *  youth and kind; for alerts, each cause). Undefined when it is unknown. */
export async function countBacklog(
  queue: Pick<RelayQueue, 'look'>,
  records: Pick<SubscriptionRecords, 'deliveries'>,
  org: OrgId,
  id: string,
): Promise<{ all: number; latest: number } | undefined> {
  const waiting = await waitingOf(records, org, id);
  return queue.look(org, id, async (turn) => {
    const matters = new Set(waiting.map(matterOf));
    let all = waiting.length;
    for (const { subscription, cursors } of turn.subscriptions) {
      for (const lane of turn.lanes) {
        for (let from = cursors.get(lane.id) ?? 0n; from < lane.nextOffset; ) {
          const page = await pageOf(org, turn, lane, from);
          const everything = new Map(turn.lanes.map((each) => [each.id, each.nextOffset]));
          for (const { call } of planPage(subscription, page, everything, new Map()).calls) {
            all += 1;
            matters.add(matterOf(call));
          }
          from = page.upto;
        }
      }
    }
    return { all, latest: matters.size };
  });
}

async function waitingOf(
  records: Pick<SubscriptionRecords, 'deliveries'>,
  org: OrgId,
  id: string,
): Promise<Delivery[]> {
  const all: Delivery[] = [];
  for (let after: string | null = null; ; ) {
    const page = await records.deliveries(org, id, { state: 'waiting', after, limit: WAITING });
    all.push(...page.filter(({ replay }) => replay === null));
    if (page.length < WAITING) return all;
    after = page.at(-1)?.id ?? null;
  }
}

function matterOf({ ref, kind, subject }: Pick<Call, 'ref' | 'kind' | 'subject'>): string {
  return `${ref} ${kind} ${subject}`;
}
