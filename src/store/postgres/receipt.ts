import type { Feed } from '../../core/youth/statusEvent.ts';
import type { Operations } from '../operationsPort.ts';
import type { Outcome } from '../port.ts';
import type { NotedRow, Queries, ReceiptRow } from '../queriesPort.ts';
import { isFinal } from '../receiptEnd.ts';
import { listsOfReceipt } from './listStates.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

/** Rows shown with their problems: a list of 100 000 bad rows is not one answer. */
const SHOWN = 1_000;

/** `keptState` of the items of a row `w`; `resent`: there is one, and all were sent again. */
const KEPT = `(select case when bool_or(q.status = 'open') then 'open' when bool_or(q.status = 'discarded') then 'discarded'
    when count(*) > 0 then 'sent' end from quarantine q where q.receipt = w.receipt and q.row = w.row)`;
export const RESENT = `(select count(*)::int from receipt_row w
    where w.receipt = r.id and w.outcome = 'quarantined' and ${KEPT} = 'sent')`;

export async function receipt(session: Session, orgId: number, id: string): ReturnType<Queries['receipt']> {
  const { rows } = await session.query<{
    feed: Feed;
    sender: string;
    institution: string | null;
    rows: number;
    received: string;
    sheetRows: number[] | null;
    resent: number;
  }>(
    `select feed, sender, institution, rows, ${iso('received')} as received, s.sheet_rows as "sheetRows",
       ${RESENT} as resent
     from receipt r left join receipt_source s on s.receipt = r.id where r.org_id = $1 and r.id = $2`,
    [orgId, id],
  );
  const [head] = rows;
  if (!head) return undefined;
  const ended = await session.query<{ outcome: Outcome; n: string }>(
    'select outcome, count(*) as n from receipt_row where receipt = $1 group by outcome',
    [id],
  );
  const problems = await session.query<NotedRow>(
    `select w.row, w.problems, ${KEPT} as kept from receipt_row w
     where w.receipt = $1 and w.outcome = 'quarantined' order by w.row limit ${SHOWN}`,
    [id],
  );
  const notes = await session.query<NotedRow>(
    `select w.row, w.problems, ${KEPT} as kept from receipt_row w
     where w.receipt = $1 and w.outcome <> 'quarantined' and w.problems <> '[]' order by w.row limit ${SHOWN}`,
    [id],
  );
  const counts = { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0, waiting: head.rows };
  for (const { outcome, n } of ended.rows) {
    counts[outcome] = Number(n);
    counts.waiting -= Number(n);
  }
  const lists = await listsOfReceipt(session, orgId, id);
  return {
    id,
    feed: head.feed,
    sender: head.sender,
    institution: head.institution,
    received: head.received,
    rows: head.rows,
    sheetRows: head.sheetRows,
    counts,
    problems: problems.rows,
    notes: notes.rows,
    lists,
    resent: head.resent,
    final: isFinal({ counts, resent: head.resent }, lists),
  };
}

export async function receiptRows(
  session: Session,
  orgId: number,
  id: string,
): ReturnType<Queries['receiptRows']> {
  const { rows } = await session.query<ReceiptRow>(
    `select w.row, w.outcome, w.problems from receipt_row w
     where w.receipt = $2 and exists (select from receipt r where r.id = $2 and r.org_id = $1) order by w.row`,
    [orgId, id],
  );
  return rows;
}

const OPEN = `
  with opened as (
    insert into receipt (id, org_id, feed, rows, received, idempotency_key, body_hash, sender, institution)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org_id, feed, sender, idempotency_key) do nothing
    returning id
  ), source as (
    insert into receipt_source (receipt, file_hash, sheet_rows)
    select id, $10::bytea, $11::int[] from opened where $10::bytea is not null
  )
  select id from opened`;

export async function openReceipt(
  session: Session,
  orgId: number,
  entry: Parameters<Operations['openReceipt']>[0],
): ReturnType<Operations['openReceipt']> {
  const added = await session.query(OPEN, [
    entry.id,
    orgId,
    entry.feed,
    entry.rows,
    entry.received,
    entry.idempotencyKey,
    entry.bodyHash,
    entry.sender,
    entry.institution,
    entry.source?.fileHash ?? null,
    entry.source?.sheetRows ?? null,
  ]);
  if (added.rowCount === 1) return { id: entry.id, state: 'new', sent: false };
  const { rows } = await session.query<{ id: string; body_hash: Buffer; sent: boolean }>(
    'select id, body_hash, sent from receipt where org_id = $1 and feed = $2 and idempotency_key = $3 and sender = $4',
    [orgId, entry.feed, entry.idempotencyKey, entry.sender],
  );
  const [row] = rows;
  if (!row) throw new Error('a receipt was neither added nor found');
  return {
    id: row.id,
    state: row.body_hash.equals(entry.bodyHash) ? 'repeated' : 'conflict',
    sent: row.sent,
  };
}

export async function waitingReceipts(
  session: Session,
  orgId: number,
  { from, to }: { from: string; to: string },
): ReturnType<Operations['waitingReceipts']> {
  const { rows } = await session.query<{ id: string; feed: Feed; received: string; waiting: number }>(
    `select r.id, r.feed, ${iso('r.received')} as received, r.rows - e.ended as waiting
     from receipt r cross join lateral (select count(*)::int as ended from receipt_row w where w.receipt = r.id) e
     where r.received >= $2 and r.received <= $3 and r.org_id = $1 and r.sent and e.ended < r.rows
     order by r.received, r.id`,
    [orgId, from, to],
  );
  return rows;
}
