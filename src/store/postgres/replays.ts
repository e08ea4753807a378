import type pg from 'pg';
import type { Replay, SubscriptionRecords } from '../relayPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { lockQueue } from './queueLock.ts';
import {
  DELIVERY,
  type DeliveryRow,
  deliveryOf,
  REPLAY,
  type ReplayRow,
  replayOf,
} from './subscriptionRows.ts';
import { inTransaction } from './transaction.ts';

type Replays = Pick<
  SubscriptionRecords,
  'addReplay' | 'replay' | 'replays' | 'changeReplay' | 'replayable' | 'replayFailures'
>;

/** Ids shown of what a filter names. */
const SAMPLE = 10;

/** Deliveries of subscription $1 that ended and that the filter in $2 names, with `d` the delivery. */
export const NAMED = `d.subscription = $1 and d.replay is null and d.ended is not null and case
  when $2::jsonb ? 'ids' then d.webhook_id in (select jsonb_array_elements_text($2::jsonb -> 'ids'))
  when $2::jsonb ? 'failure' then case $2::jsonb ->> 'failure' when 'exhausted' then d.state = 'exhausted'
    else d.state = 'exhausted' and d.last_outcome = $2::jsonb ->> 'failure' end
  else d.recorded >= ($2::jsonb ->> 'from')::timestamptz and d.recorded < ($2::jsonb ->> 'to')::timestamptz end`;

/** Jobs that send deliveries again. */
export function replayRecords(pool: pg.Pool, orgs: OrganisationIds): Replays {
  const one = async (org: number, where: string, values: unknown[]): Promise<Replay[]> => {
    const { rows } = await pool.query<ReplayRow>(
      `select ${REPLAY} from replay r join organisation o on o.id = r.org_id where r.org_id = $1 and ${where}
       order by r.created, r.id`,
      [org, ...values],
    );
    return rows.map(replayOf);
  };
  return {
    async addReplay(replay) {
      await pool.query(
        `insert into replay (id, org_id, subscription, filter, state, test_url, reason, started_by, created, total)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          replay.id,
          await orgs.idOf(replay.org),
          replay.subscription,
          JSON.stringify(replay.filter),
          replay.state,
          replay.testUrl,
          replay.reason,
          replay.by,
          replay.created,
          replay.total,
        ],
      );
    },
    replay: async (org, id) => (await one(await orgs.idOf(org), 'r.id = $2', [id]))[0],
    replays: async (org, subscription) => one(await orgs.idOf(org), 'r.subscription = $2', [subscription]),
    async changeReplay(org, id, state) {
      const orgId = await orgs.idOf(org);
      return inTransaction(pool, async (client) => {
        await lockQueue(client, orgId);
        const { rowCount } = await client.query(
          `update replay set state = $3 where org_id = $1 and id = $2 and state in ('paused', 'running')`,
          [orgId, id, state],
        );
        if (rowCount !== 1) return false;
        // What never ends would be kept without a limit.
        if (state === 'stopped') {
          await client.query(
            `update delivery set state = 'superseded', ended = now(), next_at = null, leased_until = null
             where replay = $1 and state = 'waiting'`,
            [id],
          );
        }
        return true;
      });
    },
    async replayable(org, subscription, filter) {
      const values = [subscription, JSON.stringify(filter)];
      const known = `exists (select from subscription s where s.id = $1 and s.org_id = $3)`;
      const id = await orgs.idOf(org);
      const { rows: counted } = await pool.query<{ count: string }>(
        `select count(*) as count from delivery d where ${NAMED} and ${known}`,
        [...values, id],
      );
      const { rows } = await pool.query<DeliveryRow>(
        `select ${DELIVERY} from delivery d where ${NAMED} and ${known} order by d.id limit ${SAMPLE}`,
        [...values, id],
      );
      return { count: Number(counted[0]?.count ?? 0), sample: rows.map(deliveryOf) };
    },
    async replayFailures(org, id, { after, limit }) {
      const { rows } = await pool.query<DeliveryRow>(
        `select ${DELIVERY} from delivery d join replay r on r.id = d.replay
         where r.org_id = $1 and r.id = $2 and d.state in ('exhausted', 'withheld') and ($3::bigint is null or d.id > $3)
         order by d.id limit $4`,
        [await orgs.idOf(org), id, after, limit],
      );
      return rows.map(deliveryOf);
    },
  };
}
