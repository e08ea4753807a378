import type pg from 'pg';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { NavWithdrawal } from '../navPort.ts';
import type { StoredRecord } from '../port.ts';
import type { Plan, PlannedRecord, PlannedSubscription, PlanningTurn, RelayQueue } from '../relayPort.ts';
import { STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import type { OrganisationIds } from './organisation.ts';
import { addDeliveries, collapse } from './plannedDeliveries.ts';
import { iso } from './pool.ts';
import { lockQueue, tryPlanning } from './queueLock.ts';
import { SUBSCRIPTION, type SubscriptionRow, subscriptionOf } from './subscriptionRows.ts';
import { inTransaction } from './transaction.ts';

/** A receipt that has not become final by then is not called about: the deliveries that say which were are kept 90 days. */
const RECEIPTS_MS = 89 * 86_400_000;

export function planning(pool: pg.Pool, orgs: OrganisationIds): Pick<RelayQueue, 'planTurn' | 'look'> {
  // Of each organisation, as it was when a turn found nothing to plan: until something of it changes there is nothing.
  const idle = new Map<number, string>();
  return {
    async planTurn(org, at, plan) {
      const id = await orgs.idOf(org);
      const now = await standingOf(pool, id);
      if (now.active === 0) return 'none';
      const unchanged = idle.get(id) === now.mark;
      if (unchanged && !now.receipts) return 'idle';
      const turn = await inTransaction(pool, async (client) => {
        if (!(await tryPlanning(client, id))) return 'taken';
        const wanted = unchanged ? ABOUT_RECEIPTS : `(${BEHIND} or ${ABOUT_RECEIPTS})`;
        const active = await planned(
          client,
          `s.org_id = $1 and s.closed is null and s.state = 'active' and ${wanted}`,
          [id],
        );
        if (active.length === 0) return 'idle';
        const done = await plan(await turnOf(client, { id, at }, active));
        const skips = active.some(({ skipBelow, latestBelow }) => skipBelow.size + latestBelow.size > 0);
        if (skips || done.deliveries.length > 0) await lockQueue(client, id);
        await addDeliveries(client, done.deliveries, at);
        await moveCursors(client, done.cursors);
        for (const { subscription, upto } of done.withdrawals ?? [])
          await client.query('update subscription set nav_upto = $2 where id = $1', [subscription, upto]);
        await endCatchUps(client, active, done, at);
        return done.deliveries.length > 0 || done.cursors.length > 0 ? 'planned' : 'idle';
      });
      if (turn === 'idle') idle.set(id, now.mark);
      return turn;
    },
    async look(org, subscription, work) {
      const id = await orgs.idOf(org);
      return inTransaction(pool, async (client) => {
        const found = await planned(client, 's.org_id = $1 and s.id = $2 and s.closed is null', [
          id,
          subscription,
        ]);
        if (found.length === 0) return undefined;
        return work(await turnOf(client, { id, at: null }, found));
      });
    },
  };
}

/** Has not planned all that is committed, or is on its way through what its owner chose to skip. */
const BEHIND = `(s.catch_up is not null or exists (
  select from lane l left join subscription_lane c on c.subscription = s.id and c.lane_id = l.id
  where l.org_id = s.org_id and l.next_offset > coalesce(c.planned_upto, 0)) or 'nav-withdrawal' = any (s.kinds) and exists (
  select from nav_withdrawal w where w.org_id = s.org_id and w.seq > s.nav_upto))`;
/** A receipt becomes final without a record, by a verdict on its list. */
const ABOUT_RECEIPTS = `'receipt' = any (s.kinds)`;

/**
 * All that a round costs where nothing has changed.
 * @returns `mark`: another one when a record is committed or a row of NAV's lists withdrawn, or a subscription added, changed or
 * closed
 */
async function standingOf(
  pool: pg.Pool,
  org: number,
): Promise<{ active: number; receipts: boolean; mark: string }> {
  const { rows } = await pool.query<{ active: number; receipts: boolean; mark: string }>({
    name: 'subscriptions-standing',
    text: `select count(*)::int as active, coalesce(bool_or(${ABOUT_RECEIPTS}), false) as receipts,
       concat_ws(' ', sum(hashtextextended(s.id::text || (s.catch_up is null)::text, s.version)),
         (select string_agg(l.id || ':' || l.next_offset, ',' order by l.id) from lane l where l.org_id = $1),
         case when bool_or('nav-withdrawal' = any (s.kinds)) then
           (select max(w.seq) from nav_withdrawal w where w.org_id = $1) end) as mark
     from subscription s where s.org_id = $1 and s.closed is null and s.state = 'active'`,
    values: [org],
  });
  return rows[0] ?? { active: 0, receipts: false, mark: '' };
}

interface Asked {
  id: number;
  /** Null: receipts are not asked for. */
  at: IsoInstant | null;
}

async function planned(
  client: pg.ClientBase,
  where: string,
  values: unknown[],
): Promise<PlannedSubscription[]> {
  const { rows } = await client.query<SubscriptionRow & { catch_up: CatchUp | null }>(
    `select ${SUBSCRIPTION}, s.catch_up from subscription s join organisation o on o.id = s.org_id where ${where}`,
    values,
  );
  const { rows: cursors } = await client.query<{
    subscription: string;
    lane_id: number;
    planned_upto: string;
  }>(
    'select subscription, lane_id, planned_upto from subscription_lane where subscription = any ($1::uuid[])',
    [rows.map(({ id }) => id)],
  );
  const bySubscription = Map.groupBy(cursors, ({ subscription }) => subscription);
  return rows.map((row) => ({
    subscription: subscriptionOf(row),
    cursors: new Map(
      bySubscription.get(row.id)?.map(({ lane_id, planned_upto }) => [lane_id, BigInt(planned_upto)]),
    ),
    skipBelow: row.catch_up?.what === 'now' ? offsetsOf(row.catch_up) : new Map(),
    latestBelow: row.catch_up?.what === 'latest' ? offsetsOf(row.catch_up) : new Map(),
  }));
}

interface CatchUp {
  what: 'latest' | 'now';
  /** Offset by lane id. */
  upto: Record<string, string>;
}

const offsetsOf = ({ upto }: CatchUp) =>
  new Map(Object.entries(upto).map(([lane, offset]) => [Number(lane), BigInt(offset)]));

async function turnOf(
  client: pg.ClientBase,
  { id, at }: Asked,
  subscriptions: PlannedSubscription[],
): Promise<PlanningTurn> {
  const { rows: lanes } = await client.query<{ id: number; next_offset: string }>(
    'select id, next_offset from lane where org_id = $1 order by id',
    [id],
  );
  return {
    subscriptions,
    lanes: lanes.map((lane) => ({ id: lane.id, nextOffset: BigInt(lane.next_offset) })),
    records: (lane, from, upto, limit) => records(client, { lane, from, upto, limit }),
    histories: (refs) => histories(client, id, refs),
    navWithdrawals: (subscription, limit) => navWithdrawals(client, id, subscription, limit),
    finalReceipts: (subscription, limit) =>
      at === null ? Promise.resolve([]) : finalReceipts(client, { id, at }, subscription, limit),
  };
}

async function records(
  client: pg.ClientBase,
  { lane, from, upto, limit }: { lane: number; from: bigint; upto: bigint; limit: number },
): Promise<PlannedRecord[]> {
  const { rows } = await client.query<
    StoredRow & { previous_lane: number | null; previous_offset: string | null }
  >({
    name: 'records-to-plan',
    text: `select ${STORED_RECORD}, e.previous_lane, e.previous_offset from event e join lane l on l.id = e.lane_id
     where e.lane_id = $1 and e.record_offset >= $2 and e.record_offset < $3
     order by e.record_offset fetch first $4 rows with ties`,
    values: [lane, from, upto, limit],
  });
  return rows.map((row) => ({
    ...storedRecord(row),
    previous:
      row.previous_lane === null || row.previous_offset === null
        ? null
        : { lane: row.previous_lane, offset: BigInt(row.previous_offset) },
  }));
}

async function histories(
  client: pg.ClientBase,
  org: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, StoredRecord[]>> {
  const { rows } = await client.query<StoredRow>({
    name: 'histories-to-plan',
    // As the history of one (queries.ts): backwards from each youth's last event.
    text: `with recursive chain as (
       select e.* from youth y join event e on e.lane_id = y.lane_id and e.record_offset = y.record_offset and e.ref = y.ref
       where y.org_id = $1 and y.ref = any ($2::uuid[])
       union all
       select e.* from chain c join event e on e.lane_id = c.previous_lane
         and e.record_offset = c.previous_offset and e.ref = c.ref
     )
     select ${STORED_RECORD} from chain e join lane l on l.id = e.lane_id order by e.ref, e.version`,
    values: [org, refs],
  });
  return Map.groupBy(rows.map(storedRecord), ({ ref }) => ref);
}

/** Final as `isFinal` has it, here where the limit is: those that are not final would take the room of those that are. */
async function finalReceipts(
  client: pg.ClientBase,
  { id: org, at }: { id: number; at: IsoInstant },
  { id, subscriber, begins, beginsAt, created }: Subscription,
  limit: number,
): Promise<{ id: string; at: IsoInstant }[]> {
  const oldest = new Date(Date.parse(at) - RECEIPTS_MS).toISOString();
  const from = begins === 'now' ? created : beginsAt;
  const { rows } = await client.query<{ id: string; at: IsoInstant }>(
    `select r.id, ${iso('r.received')} as at from receipt r
     where r.org_id = $1 and r.sender = $2 and r.sent and r.received >= greatest($3::timestamptz, $4::timestamptz)
       and not exists (
         select from delivery d where d.subscription = $5 and d.replay is null and d.event_id = 'receipt/' || r.id::text
       )
       and (select count(*) from receipt_row w where w.receipt = r.id and w.outcome <> 'parked') >= r.rows
       and not exists (
         select from receipt_list b join list_run l on l.org_id = b.org_id and l.list = b.list and l.run = b.run
         where b.org_id = $1 and b.receipt = r.id and l.type = 'FULL' and l.completed is not null and l.verdict is null
       )
     order by r.received, r.id limit $6`,
    [org, subscriber, oldest, from, id, limit],
  );
  return rows;
}

/** Of the lists that the subscriber was given; in an open installation of all. */
async function navWithdrawals(
  client: pg.ClientBase,
  org: number,
  { id, orgnr, beginsAt }: Subscription,
  limit: number,
): Promise<{ withdrawals: NavWithdrawal[]; upto: bigint }> {
  const { rows } = await client.query<NavWithdrawal & { seq: string }>({
    name: 'withdrawals-to-plan',
    text: `select w.seq, w.batch, w.match_id as "matchId", ${iso('w.at')} as at
     from subscription s join nav_withdrawal w on w.org_id = s.org_id and w.seq > s.nav_upto
       join nav_batch b on b.org_id = w.org_id and b.id = w.batch
     where s.id = $1 and s.org_id = $2 and ($3::text is null or b.recipient = $3)
       and ($4::timestamptz is null or w.at >= $4) order by w.seq limit $5`,
    values: [id, org, orgnr, beginsAt, limit],
  });
  const withdrawals = rows.map(({ batch, matchId, at }) => ({ batch, matchId, at }));
  return { withdrawals, upto: BigInt(rows.at(-1)?.seq ?? 0) };
}

async function moveCursors(client: pg.ClientBase, cursors: Plan['cursors']): Promise<void> {
  if (cursors.length === 0) return;
  await client.query({
    name: 'move-planned',
    text: `insert into subscription_lane (subscription, lane_id, planned_upto)
     select * from unnest($1::uuid[], $2::int[], $3::bigint[])
     on conflict (subscription, lane_id) do update set planned_upto = excluded.planned_upto`,
    values: [
      cursors.map(({ subscription }) => subscription),
      cursors.map(({ lane }) => lane),
      cursors.map(({ upto }) => upto),
    ],
  });
}

/** An owner who chose to skip is through with it once the cursors have passed what was there then. */
async function endCatchUps(
  client: pg.ClientBase,
  active: readonly PlannedSubscription[],
  { cursors }: Plan,
  at: IsoInstant,
): Promise<void> {
  for (const { subscription, cursors: before, skipBelow, latestBelow } of active) {
    const target = skipBelow.size > 0 ? skipBelow : latestBelow;
    if (target.size === 0) continue;
    const moved = new Map(
      cursors.filter((each) => each.subscription === subscription.id).map(({ lane, upto }) => [lane, upto]),
    );
    const through = [...target].every(([lane, upto]) => (moved.get(lane) ?? before.get(lane) ?? 0n) >= upto);
    if (!through) continue;
    if (latestBelow.size > 0) await collapse(client, subscription.id, at);
    await client.query('update subscription set catch_up = null where id = $1', [subscription.id]);
  }
}
