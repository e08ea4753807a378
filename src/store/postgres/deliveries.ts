import type pg from 'pg';
import type { AttemptOutcome } from '../../core/subscription/answer.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Attempt, SubscriptionRecords } from '../relayPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import { DELIVERY, type DeliveryRow, deliveryOf } from './subscriptionRows.ts';

type Pages = Pick<SubscriptionRecords, 'deliveries' | 'delivery' | 'health'>;

/** An organisation's subscription's deliveries as its owner sees them. */
export function deliveryPages(pool: pg.Pool, orgs: OrganisationIds): Pages {
  return {
    async deliveries(org, id, { state, after, limit }) {
      const { rows } = await pool.query<DeliveryRow>(
        `select ${DELIVERY} from delivery d join subscription s on s.id = d.subscription
         where s.org_id = $1 and s.id = $2 and ($3::text is null or d.state = $3) and ($4::bigint is null or d.id < $4)
         order by d.id desc limit $5`,
        [await orgs.idOf(org), id, state, after, limit],
      );
      return rows.map(deliveryOf);
    },
    async delivery(org, id, delivery) {
      const { rows } = await pool.query<DeliveryRow>(
        `select ${DELIVERY} from delivery d join subscription s on s.id = d.subscription
         where s.org_id = $1 and s.id = $2 and d.id = $3`,
        [await orgs.idOf(org), id, delivery],
      );
      const [row] = rows;
      return row && { ...deliveryOf(row), log: await attemptsOf(pool, delivery) };
    },
    async health(org, id) {
      const { rows } = await pool.query<{
        waiting: string;
        oldest: IsoInstant | null;
        delivered: string;
        failed: string;
        last_success: IsoInstant | null;
        last_outcome: AttemptOutcome | null;
      }>(
        `select
           (select count(*) from delivery d where d.subscription = s.id and d.replay is null and d.state = 'waiting') as waiting,
           (select ${iso('min(d.recorded)')} from delivery d where d.subscription = s.id and d.replay is null and d.state = 'waiting') as oldest,
           a.delivered, a.failed, ${iso('s.last_success')} as last_success, a.last_outcome
         from subscription s cross join lateral (
           select count(*) filter (where a.outcome = 'delivered') as delivered,
             count(*) filter (where a.outcome not in ('delivered', 'started')) as failed,
             (array_agg(a.outcome order by a.at desc) filter (where a.outcome <> 'started'))[1] as last_outcome
           from delivery d join delivery_attempt a on a.delivery = d.id
           where d.subscription = s.id and d.replay is null and a.at > now() - interval '24 hours'
             and (d.ended is null or d.ended > now() - interval '24 hours')
         ) a where s.org_id = $1 and s.id = $2`,
        [await orgs.idOf(org), id],
      );
      const [row] = rows;
      return {
        waiting: Number(row?.waiting ?? 0),
        oldestWaiting: row?.oldest ?? null,
        delivered24h: Number(row?.delivered ?? 0),
        failed24h: Number(row?.failed ?? 0),
        lastSuccess: row?.last_success ?? null,
        lastOutcome: row?.last_outcome ?? null,
      };
    },
  };
}

async function attemptsOf(pool: pg.Pool, delivery: string): Promise<Attempt[]> {
  const { rows } = await pool.query<Attempt & { number: string }>(
    `select row_number() over (order by lease) as number, ${iso('at')} as at, ms, outcome, http_status as "httpStatus"
     from delivery_attempt where delivery = $1 order by lease`,
    [delivery],
  );
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}
