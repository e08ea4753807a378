import type pg from 'pg';
import type { IsoInstant } from '../../core/time/date.ts';
import type { PlannedDelivery } from '../relayPort.ts';

/** Adds deliveries; one that is there stays as it is. Of each youth of a subscription the oldest that waits is due, and the
 *  others when it has ended. Under the lock of the queue. */
export async function addDeliveries(
  client: pg.ClientBase,
  deliveries: readonly PlannedDelivery[],
  at: IsoInstant,
): Promise<void> {
  if (deliveries.length === 0) return;
  const busy = await waitingYouths(client, deliveries);
  const due = deliveries.map(({ subscription, call, superseded }) => {
    if (superseded) return null;
    const matter = `${subscription} ${call.ref}`;
    if (call.ref !== null && busy.has(matter)) return null;
    busy.add(matter);
    return at;
  });
  await client.query({
    name: 'add-deliveries',
    text: `insert into delivery (subscription, webhook_id, event_id, kind, ref, subject, version, n, recorded, takes_back,
       discloses_nav, state, ended, next_at)
     select p.subscription, p.webhook_id, p.event_id, p.kind, p.ref, p.subject, p.version, p.n, p.recorded, p.takes_back,
       p.discloses_nav, case when p.superseded then 'superseded' else 'waiting' end, case when p.superseded then $14::timestamptz end, p.due
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::int[], $8::int[],
       $9::timestamptz[], $10::boolean[], $11::boolean[], $12::boolean[], $13::timestamptz[])
       p (subscription, webhook_id, event_id, kind, ref, subject, version, n, recorded, takes_back, discloses_nav, superseded, due)
     on conflict do nothing`,
    values: [
      deliveries.map(({ subscription }) => subscription),
      deliveries.map(({ webhookId }) => webhookId),
      deliveries.map(({ call }) => call.eventId),
      deliveries.map(({ call }) => call.kind),
      deliveries.map(({ call }) => call.ref),
      deliveries.map(({ call }) => call.subject),
      deliveries.map(({ call }) => call.version),
      deliveries.map(({ call }) => call.n),
      deliveries.map(({ call }) => call.recorded),
      deliveries.map(({ call }) => call.takesBack),
      deliveries.map(({ call }) => call.disclosesNav),
      deliveries.map(({ superseded }) => superseded),
      due,
      at,
    ],
  });
}

/** Youths of whom a delivery waits already. */
async function waitingYouths(
  client: pg.ClientBase,
  deliveries: readonly PlannedDelivery[],
): Promise<Set<string>> {
  const named = deliveries.filter(({ call, superseded }) => call.ref !== null && !superseded);
  const { rows } = await client.query<{ subscription: string; ref: string }>({
    name: 'waiting-youths',
    text: `select p.subscription, p.ref from (select distinct * from unnest($1::uuid[], $2::uuid[])) p (subscription, ref)
     where exists (
       select from delivery d where d.subscription = p.subscription and d.replay is null and d.ref = p.ref
         and d.state = 'waiting'
     )`,
    values: [named.map(({ subscription }) => subscription), named.map(({ call }) => call.ref)],
  });
  return new Set(rows.map(({ subscription, ref }) => `${subscription} ${ref}`));
}

/** The oldest that waits of the youth is due, when none is. */
export const PROMOTE = `update delivery set next_at = $4 where id = (
    select id from delivery where subscription = $1 and replay is not distinct from $2 and ref = $3 and state = 'waiting'
    order by version, n limit 1
  ) and next_at is null`;

/** Of each matter (a youth and kind; for alerts, a cause) only the last waits on. */
export async function collapse(client: pg.ClientBase, subscription: string, at: IsoInstant): Promise<void> {
  await client.query(
    `update delivery d set state = 'superseded', ended = $2, next_at = null
     where d.subscription = $1 and d.replay is null and d.state = 'waiting' and d.ref is not null and exists (
       select from delivery l where l.subscription = $1 and l.replay is null and l.state = 'waiting' and l.ref = d.ref
         and l.kind = d.kind and l.subject is not distinct from d.subject and (l.version, l.n) > (d.version, d.n)
     )`,
    [subscription, at],
  );
  await client.query(
    `update delivery d set next_at = $2
     where d.subscription = $1 and d.replay is null and d.state = 'waiting' and d.next_at is null and not exists (
       select from delivery o where o.subscription = $1 and o.replay is null and o.state = 'waiting' and o.ref = d.ref
         and (o.version, o.n) < (d.version, d.n)
     )`,
    [subscription, at],
  );
}
