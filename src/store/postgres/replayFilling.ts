import type pg from 'pg';
import type { IsoInstant } from '../../core/time/date.ts';
import { lockQueue } from './queueLock.ts';
import { NAMED } from './replays.ts';
import { inTransaction } from './transaction.ts';

/** Takes further deliveries into the replays that run: each a new delivery under its first webhook id. */
export async function fillReplays(pool: pg.Pool, at: IsoInstant, limit: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows: orgs } = await client.query<{ id: number }>(
      `select distinct org_id as id from replay where state = 'running' order by org_id`,
    );
    for (const { id } of orgs) await lockQueue(client, id);
    const { rows } = await client.query<{
      id: string;
      subscription: string;
      filter: unknown;
      taken_upto: string;
    }>(
      `select id, subscription, filter, taken_upto from replay where state = 'running' and org_id = any ($1)
       order by created for update skip locked`,
      [orgs.map(({ id }) => id)],
    );
    let taken = 0;
    for (const replay of rows) {
      const filled = await fill(client, replay, at, limit - taken);
      taken += filled;
      if (filled === 0) await endWhenEmpty(client, replay.id);
      if (taken >= limit) break;
    }
    return taken;
  });
}

async function fill(
  client: pg.ClientBase,
  {
    id,
    subscription,
    filter,
    taken_upto,
  }: { id: string; subscription: string; filter: unknown; taken_upto: string },
  at: IsoInstant,
  limit: number,
): Promise<number> {
  const { rows } = await client.query<{ id: string; first: boolean; ref: string | null }>(
    `with named as (
       select d.* from delivery d where ${NAMED} and d.id > $3 order by d.id limit $4
     ), heads as (
       select distinct ref from delivery where replay = $5 and state = 'waiting' and next_at is not null
     ), ordered as (
       select n.*, row_number() over (partition by n.ref order by n.version, n.n) as place from named n
     ), added as (
       insert into delivery (subscription, replay, event_id, webhook_id, kind, ref, subject, version, n, recorded, takes_back,
         discloses_nav, state, next_at)
       select o.subscription, $5, o.event_id, o.webhook_id, o.kind, o.ref, o.subject, o.version, o.n, o.recorded, o.takes_back,
         o.discloses_nav, 'waiting', case when o.ref is null or o.place = 1 and not exists (
           select from heads h where h.ref = o.ref
         ) then $6::timestamptz end
       from ordered o on conflict do nothing
     )
     select n.id::text as id from named n order by n.id`,
    [subscription, JSON.stringify(filter), taken_upto, limit, id, at],
  );
  const last = rows.at(-1);
  if (last !== undefined)
    await client.query('update replay set taken_upto = $2 where id = $1', [id, last.id]);
  return rows.length;
}

async function endWhenEmpty(client: pg.ClientBase, id: string): Promise<void> {
  await client.query(
    `update replay set state = 'done' where id = $1
     and not exists (select from delivery where replay = $1 and state = 'waiting')`,
    [id],
  );
}
