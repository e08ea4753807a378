import type { Outcome } from '../port.ts';
import type { Queries, ReceiptSummary } from '../queriesPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';
import { RESENT } from './receipt.ts';

// A page is chosen first, by the index of when receipts came; rows are counted of that page alone.
const PAGE = `
  with page as materialized (
    select r.id, r.feed, r.sender, r.institution, r.rows, r.received, r.idempotency_key
    from receipt r
    where r.org_id = $1
      and ($2::text[] is null or r.feed = any ($2))
      and ($3::text is null or r.sender = $3)
      and ($4::text[] is null or r.institution = any ($4))
      and ($5::timestamptz is null or (r.received, r.id) < ($5, $6::uuid))
    order by r.received desc, r.id desc limit $7
  )
  select p.id, p.feed, p.sender, p.institution, p.rows, ${iso('p.received')} as received,
    p.idempotency_key as "idempotencyKey", e.ended,
    ${RESENT} as resent,
    exists (select from receipt_source s where s.receipt = p.id) as "fromFile",
    exists (
      select from receipt_list b join list_run l on l.org_id = b.org_id and l.list = b.list and l.run = b.run
      where b.receipt = p.id and b.org_id = $1 and l.type = 'FULL' and l.completed is not null and l.verdict is null
    ) as judging
  from page p join receipt r on r.id = p.id cross join lateral (
    select coalesce(jsonb_object_agg(c.outcome, c.n), '{}') as ended
    from (select w.outcome, count(*)::int as n from receipt_row w where w.receipt = p.id group by w.outcome) c
  ) e
  order by p.received desc, p.id desc`;

type Row = Omit<ReceiptSummary, 'counts' | 'final'> & {
  ended: Partial<Record<Outcome, number>>;
  judging: boolean;
};

export async function receipts(
  session: Session,
  orgId: number,
  { limit, after, feeds, sender, institutions }: Parameters<Queries['receipts']>[1],
): ReturnType<Queries['receipts']> {
  const { rows } = await session.query<Row>(PAGE, [
    orgId,
    feeds,
    sender,
    institutions,
    after?.received ?? null,
    after?.id ?? null,
    limit,
  ]);
  return rows.map(({ ended, judging, ...summary }) => {
    const { applied = 0, duplicate = 0, rejected = 0, quarantined = 0, parked = 0 } = ended;
    const waiting = summary.rows - applied - duplicate - rejected - quarantined - parked;
    const counts = { applied, duplicate, rejected, quarantined, parked, waiting };
    return { ...summary, counts, final: waiting === 0 && parked === 0 && summary.resent === 0 && !judging };
  });
}
