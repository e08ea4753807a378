import type pg from 'pg';
import type { AttemptEnd } from '../../core/subscription/answer.ts';
import type { NotHeard, WithheldFor } from '../../core/subscription/mayHear.ts';
import { noticeOf } from '../../core/subscription/notice.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Leased, RelayQueue, SubscriptionPulse } from '../relayPort.ts';
import { lockAgreements } from './agreementLock.ts';
import { noteDelivered } from './alertProgress.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import { givenBack } from './givenBack.ts';
import type { OrganisationIds } from './organisation.ts';
import { addDeliveries, PROMOTE } from './plannedDeliveries.ts';
import { planning } from './planning.ts';
import { iso } from './pool.ts';
import { lockQueue, shareQueue } from './queueLock.ts';
import { fillReplays } from './replayFilling.ts';
import {
  DELIVERY,
  type DeliveryRow,
  deliveryOf,
  SUBSCRIPTION,
  type SubscriptionRow,
  subscriptionOf,
} from './subscriptionRows.ts';
import { inTransaction } from './transaction.ts';

/** Whether deliveries may be sent, of subscription `s` with delivery `d`. */
const SENDING = `s.closed is null and case when d.replay is null then s.state = 'active' and s.catch_up is null
  else exists (select from replay r where r.id = d.replay and r.state = 'running' and (s.state = 'active' or r.test_url is not null)) end`;

/** How many places of subscription `s` are taken at the moment `$1`. */
const IN_FLIGHT = `select count(*) from delivery b where b.subscription = s.id and b.state = 'waiting' and b.leased_until > $1`;

export function createPostgresRelay(pool: pg.Pool, orgs: OrganisationIds): RelayQueue {
  return {
    ...planning(pool, orgs),
    ...givenBack(pool, orgs),
    fillReplays: (at, limit) => fillReplays(pool, at, limit),
    take: (asked) => take(pool, asked),
    begin: (leased, attempt) => begin(pool, orgs, leased, attempt),
    end: async (leased, ended) => end(pool, await orgs.idOf(leased.subscription.org), leased, ended),
    async forget(endedBefore, limit) {
      const { rowCount } = await pool.query(
        `delete from delivery where id in (
           select id from delivery where ended is not null and ended < $1 order by ended limit $2 for update skip locked
         )`,
        [endedBefore, limit],
      );
      return rowCount ?? 0;
    },
    async pulse() {
      const { rows } = await pool.query<SubscriptionPulse & { waiting: string }>(
        `select o.name as org, s.id as subscription, s.subscriber, s.orgnr, s.state,
           ${iso('s.failing_since')} as "failingSince", w.waiting, ${iso('w.oldest')} as "oldestWaiting"
         from subscription s join organisation o on o.id = s.org_id cross join lateral (
           select count(*) as waiting, min(d.recorded) as oldest from delivery d
           where d.subscription = s.id and d.replay is null and d.state = 'waiting'
         ) w where s.closed is null order by s.created, s.id`,
      );
      return rows.map((row) => ({ ...row, waiting: Number(row.waiting) }));
    },
    async addNotices(disabled, at, webhookIdOf) {
      const { rows } = await pool.query<SubscriptionRow>(
        `select ${SUBSCRIPTION} from subscription s join organisation o on o.id = s.org_id where s.id = $1`,
        [disabled],
      );
      const [row] = rows;
      if (row === undefined) return;
      const call = noticeOf(subscriptionOf(row), at);
      await inTransaction(pool, async (client) => {
        await lockQueue(client, await orgs.idOf(row.org));
        const { rows: others } = await client.query<{ id: string }>(
          `select id from subscription where org_id = $1 and subscriber = $2 and id <> $3 and state = 'active'
             and closed is null`,
          [await orgs.idOf(row.org), row.subscriber, disabled],
        );
        const deliveries = others.map(({ id }) => ({
          subscription: id,
          webhookId: webhookIdOf(id, call.eventId),
          call,
          superseded: false,
        }));
        await addDeliveries(client, deliveries, at);
      });
    },
    async noteWarning(subscription, step) {
      const { rowCount } = await pool.query(
        `update subscription set reported = reported || $2::text where id = $1 and not $2 = any (reported)`,
        [subscription, step],
      );
      return rowCount === 1;
    },
    async nextDue({ now, perSubscription }) {
      const { rows } = await pool.query<{ due: IsoInstant | null }>({
        name: 'next-due',
        text: `select ${iso('min(h.next_at)')} as due from subscription s cross join lateral (
           select d.next_at from delivery d
           where d.subscription = s.id and d.state = 'waiting' and d.next_at is not null and ${SENDING}
           order by d.next_at limit 1
         ) h where s.closed is null and $2 > (${IN_FLIGHT})`,
        values: [now, perSubscription],
      });
      return rows[0]?.due ?? null;
    },
  };
}

async function take(pool: pg.Pool, asked: Parameters<RelayQueue['take']>[0]): Promise<Leased[]> {
  const { now, leasedUntil, most, perSubscription } = asked;
  return inTransaction(pool, async (client) => {
    // One relay at a time takes from a subscription: counted in a statement that begins after the lock, no two together pass
    // the limit.
    const { rows: due } = await client.query<{ id: string }>({
      name: 'due-subscriptions',
      // Longest due first, and none whose places are all taken: receivers that hang would keep the others from being looked at.
      text: `select s.id from subscription s cross join lateral (
         select d.next_at from delivery d
         where d.subscription = s.id and d.state = 'waiting' and d.next_at <= $1 and ${SENDING}
         order by d.next_at limit 1
       ) h where s.closed is null and $3 > (${IN_FLIGHT}) order by h.next_at limit $2 for no key update of s skip locked`,
      values: [now, most, perSubscription],
    });
    if (due.length === 0) return [];
    const { rows } = await client.query<DeliveryRow & { lease: number; test_url: string | null }>({
      name: 'take-due',
      text: `update delivery d set next_at = $2, leased_until = $2, lease = d.lease + 1
       from (
         select h.id, h.test_url from subscription s cross join lateral (
           select d.id, (select r.test_url from replay r where r.id = d.replay) as test_url from delivery d
           where d.subscription = s.id and d.state = 'waiting' and d.next_at <= $1 and ${SENDING}
           order by d.next_at, d.id
           limit greatest(0, $4 - (${IN_FLIGHT}))
         ) h where s.id = any ($5::uuid[]) limit $3
       ) t where d.id = t.id
       returning ${DELIVERY}, d.lease, t.test_url`,
      values: [now, leasedUntil, most, perSubscription, due.map(({ id }) => id)],
    });
    const { rows: subscriptions } = await client.query<SubscriptionRow>(
      `select ${SUBSCRIPTION} from subscription s join organisation o on o.id = s.org_id where s.id = any ($1::uuid[])`,
      [[...new Set(rows.map(({ subscription }) => subscription))]],
    );
    const known = new Map(subscriptions.map((row) => [row.id, subscriptionOf(row)]));
    return rows.flatMap((row) => {
      const subscription = known.get(row.subscription);
      return subscription === undefined
        ? []
        : [{ delivery: deliveryOf(row), subscription, testUrl: row.test_url, lease: row.lease }];
    });
  });
}

async function begin(
  pool: pg.Pool,
  orgs: OrganisationIds,
  { delivery, subscription, lease, testUrl }: Leased,
  { at, judge, handOver }: Parameters<RelayQueue['begin']>[1],
): Promise<'begun' | NotHeard | 'lost'> {
  const org = await orgs.idOf(subscription.org);
  const result = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<SubscriptionRow>(
      `select ${SUBSCRIPTION} from delivery d join subscription s on s.id = d.subscription join organisation o on o.id = s.org_id
       where d.id = $1 and d.lease = $2 and d.state = 'waiting' and ${SENDING} for update of d`,
      [delivery.id, lease],
    );
    const [row] = rows;
    if (row === undefined) return 'lost';
    // Its address has changed since it was taken.
    if (testUrl === null && row.url !== subscription.url) return 'lost';
    if (delivery.disclosesNav) await lockAgreements(client, org);
    const lock = delivery.disclosesNav ? 'for share of y' : '';
    const youth = delivery.ref === null ? undefined : await youthAt(client, org, delivery.ref, lock);
    const withheld = await judge({ subscription: subscriptionOf(row), youth });
    if (withheld !== null) return withheld;
    await client.query('update delivery set attempts = attempts + 1 where id = $1', [delivery.id]);
    await client.query(
      `insert into delivery_attempt (delivery, lease, at, outcome) values ($1, $2, $3, 'started')`,
      [delivery.id, lease, at],
    );
    if (delivery.disclosesNav) await handOver();
    return 'begun';
  });
  if (result === 'lost' || result === 'AGREEMENT') return result;
  if (result === 'begun') {
    if (!delivery.disclosesNav) await handOver();
    return result;
  }
  return (await withhold(pool, org, { delivery, lease }, result, at)) ? result : 'lost';
}

/** In a transaction of its own: the lock of the queue comes before that of the row. */
function withhold(
  pool: pg.Pool,
  org: number,
  { delivery, lease }: Pick<Leased, 'delivery' | 'lease'>,
  reason: WithheldFor,
  at: IsoInstant,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await shareQueue(client, org);
    const { rowCount } = await client.query(
      `update delivery set state = 'withheld', withheld_for = $3, ended = $4, next_at = null, leased_until = null
       where id = $1 and lease = $2 and state = 'waiting'`,
      [delivery.id, lease, reason, at],
    );
    if (rowCount !== 1) return false;
    await count(client, delivery.replay, 'withheld');
    await promote(client, delivery, at);
    return true;
  });
}

async function promote(
  client: pg.ClientBase,
  { subscription, replay, ref }: Leased['delivery'],
  at: IsoInstant,
): Promise<void> {
  if (ref !== null) await client.query(PROMOTE, [subscription, replay, ref, at]);
}

async function youthAt(client: pg.ClientBase, org: number, ref: string, lock: string) {
  let at: string = ref;
  for (;;) {
    const { rows } = await client.query<Omit<YouthRow, 'n'>>(
      `select ${YOUTH}, false as parked
       from youth y where y.org_id = $1 and y.ref = $2 ${lock}`,
      [org, at],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    if (row.merged_into === null) return loaded(row);
    at = row.merged_into;
  }
}

async function end(
  pool: pg.Pool,
  org: number,
  { delivery, subscription, lease }: Leased,
  ended: AttemptEnd,
): Promise<boolean> {
  const { at, ms, outcome, httpStatus, next } = ended;
  // Of a replay it says nothing about the subscription, and would be tried without a pause.
  const gone = delivery.replay === null ? 'waiting' : 'exhausted';
  const state = next.state === 'gone' ? gone : next.state;
  const over = state !== 'waiting';
  const nextAt = next.state === 'waiting' ? next.nextAt : over ? null : at;
  return inTransaction(pool, async (client) => {
    await shareQueue(client, org);
    const { rowCount } = await client.query(
      `update delivery set state = $3, ended = $4, next_at = $5, leased_until = null, last_outcome = $6,
         attempts = case when $6 = 'egress' then attempts - 1 else attempts end
       where id = $1 and lease = $2 and state = 'waiting'`,
      [delivery.id, lease, state, over ? at : null, nextAt, outcome],
    );
    if (rowCount !== 1) return false;
    await client.query(
      'update delivery_attempt set outcome = $3, ms = $4, http_status = $5 where delivery = $1 and lease = $2',
      [delivery.id, lease, outcome, ms, httpStatus],
    );
    if (over) {
      await count(client, delivery.replay, state === 'delivered' ? 'sent' : 'failed');
      await promote(client, delivery, at);
    }
    const { kind, ref, subject } = delivery;
    if (state === 'delivered' && kind === 'alert' && ref !== null && subject !== null)
      await noteDelivered(client, subscription.id, { ref, subject }, at);
    if (delivery.replay === null) await noteHealth(client, subscription.id, ended);
    return true;
  });
}

/** A success clears what failed before it; our own network's faults are not the receiver's. */
async function noteHealth(client: pg.ClientBase, id: string, ended: AttemptEnd): Promise<void> {
  const { at, outcome, next, disableIfFailingSince } = ended;
  if (outcome === 'egress') return;
  if (outcome === 'delivered') {
    await client.query(
      `update subscription set last_success = greatest(last_success, $2), failing_since = null, reported = '{}'
       where id = $1 and (last_success is null or last_success < $2::timestamptz - interval '1 minute' or failing_since is not null)`,
      [id, at],
    );
    return;
  }
  await client.query(
    `update subscription set failing_since = coalesce(failing_since, $2),
       state = case when $4 or failing_since <= $3 then 'disabled' else state end,
       reason = case when $4 then 'GONE' when failing_since <= $3 then 'FAILING' else reason end,
       version = version + case when $4 or failing_since <= $3 then 1 else 0 end
     where id = $1 and state = 'active' and (failing_since is null or failing_since <= $3 or $4)`,
    [id, at, disableIfFailingSince, next.state === 'gone'],
  );
}

async function count(client: pg.ClientBase, replay: string | null, what: 'sent' | 'failed' | 'withheld') {
  if (replay !== null) await client.query(`update replay set ${what} = ${what} + 1 where id = $1`, [replay]);
}
