import type pg from 'pg';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { SigningKey, SubscriptionChange, SubscriptionRecords } from '../relayPort.ts';
import { deliveryPages } from './deliveries.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import { lockPlanning, lockQueue } from './queueLock.ts';
import { replayRecords } from './replays.ts';
import { SUBSCRIPTION, type SubscriptionRow, subscriptionOf } from './subscriptionRows.ts';
import { inTransaction } from './transaction.ts';

/** Most keys that sign at the same time. */
const MOST_KEYS = 10;

export function createPostgresSubscriptions(pool: pg.Pool, orgs: OrganisationIds): SubscriptionRecords {
  return {
    ...deliveryPages(pool, orgs),
    ...replayRecords(pool, orgs),
    async addSubscription(entry, keys) {
      const org = await orgs.idOf(entry.org);
      await inTransaction(pool, async (client) => {
        await insertSubscription(client, org, entry);
        await insertKeys(client, entry.id, keys);
        await client.query(
          `insert into subscription_lane (subscription, lane_id, planned_upto)
           select $1, l.id, case when $3 then l.next_offset else 0 end from lane l where l.org_id = $2`,
          [entry.id, org, entry.begins === 'now'],
        );
        if (entry.begins === 'now')
          await client.query(
            `update subscription set nav_upto = coalesce((select max(seq) from nav_withdrawal where org_id = $2), 0)
             where id = $1`,
            [entry.id, org],
          );
      });
    },
    async subscriptions(org) {
      const { rows } = await pool.query<SubscriptionRow>(
        `select ${SUBSCRIPTION} from subscription s join organisation o on o.id = s.org_id
         where s.org_id = $1 and s.closed is null order by s.created, s.id`,
        [await orgs.idOf(org)],
      );
      return rows.map(subscriptionOf);
    },
    async subscription(org, id) {
      const { rows } = await pool.query<SubscriptionRow>(
        `select ${SUBSCRIPTION} from subscription s join organisation o on o.id = s.org_id
         where s.org_id = $1 and s.id = $2 and s.closed is null`,
        [await orgs.idOf(org), id],
      );
      return rows[0] && subscriptionOf(rows[0]);
    },
    changeSubscription: async (change) => changeSubscription(pool, await orgs.idOf(change.org), change),
    async closeSubscription(org, id, at) {
      const orgId = await orgs.idOf(org);
      return inTransaction(pool, async (client) => {
        await lockPlanning(client, orgId);
        await lockQueue(client, orgId);
        const { rowCount } = await client.query(
          'update subscription set closed = $3, version = version + 1 where org_id = $1 and id = $2 and closed is null',
          [orgId, id, at],
        );
        if (rowCount !== 1) return false;
        // What never ends would be kept without a limit.
        await client.query(
          `update delivery set state = 'withheld', withheld_for = 'CLOSED', ended = $2, next_at = null, leased_until = null
           where subscription = $1 and state = 'waiting'`,
          [id, at],
        );
        await client.query(
          `update replay set state = 'stopped' where subscription = $1 and state in ('paused', 'running')`,
          [id],
        );
        return true;
      });
    },
    signingKeys: (subscription, at) => signingKeys(pool, subscription, at),
    async publicKeys(at) {
      const { rows } = await pool.query<{ kid: string; publicKey: Buffer }>(
        `select k.kid, k.public_key as "publicKey" from subscription_key k join subscription s on s.id = k.subscription
         where k.public_key is not null and (k.valid_to is null or k.valid_to > $1::timestamptz - interval '24 hours')
           and (s.closed is null or s.closed > $1::timestamptz - interval '24 hours')
         order by k.valid_from, k.kid`,
        [at],
      );
      return rows;
    },
    async rotateKeys(subscription, keys, overlapUntil) {
      const [first] = keys;
      if (first === undefined) return true;
      return inTransaction(pool, async (client) => {
        // Of one subscription, one rotation at a time: together they could pass the limit.
        await client.query('select from subscription where id = $1 for update', [subscription]);
        const live = await signingKeys(client, subscription, first.from);
        if (live.length + keys.length > MOST_KEYS) return false;
        await client.query(
          `update subscription_key set valid_to = $2
           where subscription = $1 and (valid_to is null or valid_to > $2)`,
          [subscription, overlapUntil],
        );
        await insertKeys(client, subscription, keys);
        return true;
      });
    },
  };
}

async function insertSubscription(client: pg.ClientBase, org: number, entry: Subscription): Promise<void> {
  await client.query(
    `insert into subscription (id, org_id, subscriber, orgnr, name, url, kinds, owners, protected_youths, begins, begins_at,
       state, reason, wanted_url, failing_since, created, created_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      entry.id,
      org,
      entry.subscriber,
      entry.orgnr,
      entry.name,
      entry.url,
      entry.kinds,
      entry.owners,
      entry.protectedYouths,
      entry.begins,
      entry.beginsAt,
      entry.state,
      entry.reason,
      entry.wantedUrl && JSON.stringify(entry.wantedUrl),
      entry.failingSince,
      entry.created,
      entry.createdBy,
      entry.version,
    ],
  );
}

async function insertKeys(client: pg.ClientBase, subscription: string, keys: readonly SigningKey[]) {
  for (const { kid, scheme, sealed, publicKey, from, to } of keys) {
    await client.query(
      `insert into subscription_key (subscription, kid, scheme, sealed, public_key, valid_from, valid_to)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [subscription, kid, scheme, sealed, publicKey, from, to],
    );
  }
}

async function signingKeys(
  client: Pick<pg.ClientBase, 'query'>,
  subscription: string,
  at: IsoInstant,
): Promise<SigningKey[]> {
  const { rows } = await client.query<SigningKey>(
    `select kid, scheme, sealed, public_key as "publicKey", ${iso('valid_from')} as from, ${iso('valid_to')} as to
     from subscription_key where subscription = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)
     order by valid_from desc, kid`,
    [subscription, at],
  );
  return rows;
}

async function changeSubscription(pool: pg.Pool, org: number, change: SubscriptionChange): Promise<boolean> {
  const { id, seen, from } = change;
  return inTransaction(pool, async (client) => {
    if (from !== undefined) await lockPlanning(client, org);
    if (from !== undefined) await lockQueue(client, org);
    const { rowCount } = await client.query(
      `update subscription set version = version + 1,
         name = coalesce($4, name), kinds = coalesce($5, kinds), url = coalesce($6, url),
         owners = case when $7 then $8 else owners end,
         wanted_url = case when $9 then $10::jsonb else wanted_url end,
         state = coalesce($11, state), reason = case when $12 then $13 else reason end,
         failing_since = case when $11 = 'active' then null else failing_since end,
         reported = case when $11 = 'active' then '{}' else reported end
       where org_id = $1 and id = $2 and version = $3 and closed is null`,
      [
        org,
        id,
        seen,
        change.name ?? null,
        change.kinds ?? null,
        change.url ?? null,
        change.owners !== undefined,
        change.owners ?? null,
        change.wantedUrl !== undefined,
        change.wantedUrl ? JSON.stringify(change.wantedUrl) : null,
        change.state ?? null,
        change.reason !== undefined,
        change.reason ?? null,
      ],
    );
    if (rowCount !== 1) return false;
    if (from?.what === 'all')
      await client.query('update subscription set catch_up = null where id = $1', [id]);
    else if (from !== undefined) await skip(client, org, id, { ...from, what: from.what });
    if (change.state === 'active') await wake(client, id, change.from?.at ?? null);
    return true;
  });
}

/** What has not been sent up to now is skipped (`now`), or all but the last about each matter (`latest`): planned already
 *  or not yet. */
async function skip(
  client: pg.ClientBase,
  org: number,
  id: string,
  { what, at }: { what: 'latest' | 'now'; at: IsoInstant },
): Promise<void> {
  await client.query(
    `update subscription set catch_up = jsonb_build_object('what', $3::text, 'upto',
       (select jsonb_object_agg(l.id::text, l.next_offset::text) from lane l where l.org_id = $2))
     where id = $1 and exists (select from lane l where l.org_id = $2)`,
    [id, org, what],
  );
  if (what === 'now') {
    await client.query(
      `update delivery set state = 'superseded', ended = $2, next_at = null
       where subscription = $1 and replay is null and state = 'waiting'`,
      [id, at],
    );
  }
}

/** What waited through a pause is due now. */
async function wake(client: pg.ClientBase, id: string, at: IsoInstant | null): Promise<void> {
  if (at === null) return;
  await client.query(
    `update delivery set next_at = least(next_at, $2::timestamptz)
     where subscription = $1 and replay is null and state = 'waiting' and next_at is not null
       and (leased_until is null or leased_until <= $2)`,
    [id, at],
  );
}
