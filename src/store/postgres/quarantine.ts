import type { Operations } from '../operationsPort.ts';
import type { KeptItem, QuarantineGroup, QuarantineItem, QuarantineSum, Queries } from '../queriesPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

const ITEM = `q.id, l.topic, l.partition, q.record_offset, ${iso('q.received')} as received, q.problems, q.status, q.receipt, q.row`;

/** What is wrong first with an item: the columns after the topic. */
const KIND = `coalesce(q.problems->0->>'code', '') as code, coalesce(q.problems->0->>'field', '') as field, q.problems->0->>'raw' as raw`;

/** Of one kind, given in four parameters from `at`; of any, where the first of them is null. */
const ALIKE = (at: number) =>
  `($${at}::text is null or (l.topic = $${at} and coalesce(q.problems->0->>'code', '') = $${at + 1}
     and coalesce(q.problems->0->>'field', '') = $${at + 2} and q.problems->0->>'raw' is not distinct from $${at + 3}::text))`;

type QuarantineRow = Omit<QuarantineItem, 'offset'> & { record_offset: string };

function item({ record_offset, ...row }: QuarantineRow): QuarantineItem {
  return { ...row, offset: BigInt(record_offset) };
}

export async function quarantine(
  session: Session,
  orgId: number,
  filter: Parameters<Queries['quarantine']>[1],
): Promise<QuarantineItem[]> {
  const { alike } = filter;
  const { rows } = await session.query<QuarantineRow>(
    `select ${ITEM} from quarantine q join lane l on l.id = q.lane_id
     where q.org_id = $1 and q.status = $2 and ($3::uuid is null or q.id > $3)
       and ${ALIKE(5)}
     order by q.id limit $4`,
    [
      ...[orgId, filter.status, filter.after, filter.limit],
      ...(alike === undefined ? [null, null, null, null] : [alike.topic, alike.code, alike.field, alike.raw]),
    ],
  );
  return rows.map(item);
}

export async function quarantineItem(
  session: Session,
  orgId: number,
  id: string,
): ReturnType<Queries['quarantineItem']> {
  const { rows } = await session.query<KeptRow>(
    `select ${ITEM}, q.sealed from quarantine q join lane l on l.id = q.lane_id where q.org_id = $1 and q.id = $2`,
    [orgId, id],
  );
  const [row] = rows;
  return row && kept(row);
}

export async function quarantineOfRow(
  session: Session,
  orgId: number,
  receipt: string,
  row: number,
): ReturnType<Queries['quarantineOfRow']> {
  const { rows } = await session.query<KeptRow>(
    `select ${ITEM}, q.sealed from quarantine q join lane l on l.id = q.lane_id
     where q.org_id = $1 and q.receipt = $2 and q.row = $3 order by q.received, q.lane_id, q.record_offset`,
    [orgId, receipt, row],
  );
  return rows.map(kept);
}

type KeptRow = QuarantineRow & { sealed: Buffer };

function kept({ sealed, ...row }: KeptRow): KeptItem {
  return { ...item(row), sealed };
}

export async function quarantineGroups(
  session: Session,
  orgId: number,
  { day, week, limit, after, alike }: Parameters<Queries['quarantineGroups']>[1],
): Promise<QuarantineGroup[]> {
  const { rows } = await session.query<QuarantineGroup>(
    `select * from (
       select l.topic, ${KIND}, coalesce(min(q.problems->0->>'text' collate "C"), '') as text, count(*)::int as items,
         (count(*) filter (where q.received < $2))::int as "overDay",
         (count(*) filter (where q.received < $3))::int as "overWeek",
         ${iso('min(q.received)')} as oldest, ${iso('max(q.received)')} as newest, min(q.id::text collate "C") as first
       from quarantine q join lane l on l.id = q.lane_id
       where q.org_id = $1 and q.status = 'open' and ${ALIKE(7)}
       group by 1, 2, 3, 4
     ) g where $4::int is null or (-items, first) > (-$4::int, $5::text collate "C")
     order by items desc, first limit $6`,
    [
      ...[orgId, day, week, after?.items ?? null, after?.first ?? null, limit],
      ...(alike === undefined ? [null, null, null, null] : [alike.topic, alike.code, alike.field, alike.raw]),
    ],
  );
  return rows;
}

export async function quarantineSums(session: Session, orgId: number): Promise<QuarantineSum[]> {
  const { rows } = await session.query<QuarantineSum>(
    `select * from (
       select l.topic, coalesce(q.problems->0->>'code', '') as code, count(*)::int as items,
         ${iso('min(q.received)')} as oldest
       from quarantine q join lane l on l.id = q.lane_id where q.org_id = $1 and q.status = 'open' group by 1, 2
     ) s order by topic collate "C", code collate "C"`,
    [orgId],
  );
  return rows;
}

export async function claimQuarantine(
  session: Session,
  orgId: number,
  id: string,
): ReturnType<Operations['claimQuarantine']> {
  const { rowCount } = await session.query(
    `update quarantine set claimed = now() where org_id = $1 and id = $2 and status = 'open'
       and (claimed is null or claimed < now() - interval '1 minute')`,
    [orgId, id],
  );
  return rowCount === 1;
}

export async function unclaimQuarantine(session: Session, orgId: number, id: string): Promise<void> {
  await session.query('update quarantine set claimed = null where org_id = $1 and id = $2', [orgId, id]);
}
