import type { FintProjection } from '../fintPort.ts';
import type { LoadedYouth } from '../port.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import type { Session } from './readers.ts';

/** A departure is forgotten when no receiver can still have what was before: FINT's topic keeps 30 days. */
const FORGOTTEN_AFTER_MS = 40 * 86_400_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Round = Parameters<FintProjection['projectFint']>[1];

/** One step of `projectFint`, inside a transaction. */
export async function projectRound(session: Session, orgId: number, round: Round): Promise<boolean> {
  await session.query('insert into fint_projection (org_id) values ($1) on conflict do nothing', [orgId]);
  const { rows } = await session.query<{ school_year: string; scanned_upto: string | null }>(
    'select school_year, scanned_upto from fint_projection where org_id = $1 for update',
    [orgId],
  );
  const [known] = rows;
  if (known === undefined) throw new Error('a projection has no row');
  if (known.school_year !== round.schoolYear) {
    await beginScan(session, orgId, round);
    return true;
  }
  if (known.scanned_upto !== null) {
    await scan(session, orgId, round, known.scanned_upto);
    return true;
  }
  return followEvents(session, orgId, round);
}

async function beginScan(session: Session, orgId: number, { schoolYear, now }: Round): Promise<void> {
  // Before the first youth is read: what is committed meanwhile is read again as events.
  await session.query(
    `insert into fint_cursor (org_id, lane_id, planned_upto) select org_id, id, next_offset from lane where org_id = $1
     on conflict (lane_id) do update set planned_upto = excluded.planned_upto`,
    [orgId],
  );
  await session.query('delete from fint_youth where org_id = $1 and status is null and modified < $2', [
    orgId,
    now - FORGOTTEN_AFTER_MS,
  ]);
  await session.query('update fint_projection set school_year = $2, scanned_upto = $3 where org_id = $1', [
    orgId,
    schoolYear,
    BEFORE_ALL,
  ]);
}

async function scan(session: Session, orgId: number, round: Round, after: string): Promise<void> {
  const { rows } = await session.query<Omit<YouthRow, 'n'>>(
    `select ${YOUTH}, false as parked from youth y
     where org_id = $1 and ref > $2 order by ref limit $3`,
    [orgId, after, round.limit],
  );
  await enter(session, orgId, round, rows.map(loaded));
  const last = rows.length < round.limit ? null : (rows.at(-1)?.ref ?? null);
  await session.query('update fint_projection set scanned_upto = $2 where org_id = $1', [orgId, last]);
}

async function followEvents(session: Session, orgId: number, round: Round): Promise<boolean> {
  const { rows: lanes } = await session.query<{ id: number; upto: string; next_offset: string }>(
    // A lane that is added later begins at its first record.
    `select l.id, coalesce(c.planned_upto, 0) as upto, l.next_offset from lane l
     left join fint_cursor c on c.lane_id = l.id
     where l.org_id = $1 and l.next_offset > coalesce(c.planned_upto, 0) order by l.id`,
    [orgId],
  );
  for (const { id, upto, next_offset: next } of lanes) {
    const { rows } = await session.query<{ ref: string; record_offset: string }>(
      `select ref, record_offset from event where lane_id = $1 and record_offset >= $2 and record_offset < $3
       order by record_offset fetch first $4 rows with ties`,
      [id, upto, next, round.limit],
    );
    const { rows: youths } = await session.query<Omit<YouthRow, 'n'>>(
      `select ${YOUTH}, false as parked from youth y
       where org_id = $1 and ref = any ($2::uuid[])`,
      [orgId, [...new Set(rows.map(({ ref }) => ref))]],
    );
    await enter(session, orgId, round, youths.map(loaded));
    const last = rows.at(-1);
    const planned =
      rows.length < round.limit || last === undefined ? BigInt(next) : BigInt(last.record_offset) + 1n;
    await session.query(
      `insert into fint_cursor (org_id, lane_id, planned_upto) values ($1, $2, $3)
       on conflict (lane_id) do update set planned_upto = excluded.planned_upto`,
      [orgId, id, planned],
    );
  }
  return lanes.length > 0;
}

async function enter(
  session: Session,
  orgId: number,
  { now, standingOf }: Round,
  youths: readonly LoadedYouth[],
): Promise<void> {
  if (youths.length === 0) return;
  const standings = youths.map(standingOf);
  await session.query(
    `insert into fint_youth (org_id, ref, status, unit, modified)
     select $1, r.ref, r.status, r.unit, $5::bigint
     from unnest($2::uuid[], $3::text[], $4::text[]) r (ref, status, unit)
     where r.status is not null or exists (select from fint_youth y where y.org_id = $1 and y.ref = r.ref)
     on conflict (org_id, ref) do update set status = excluded.status, unit = excluded.unit,
       modified = greatest(excluded.modified, fint_youth.modified + 1)
     where (fint_youth.status, fint_youth.unit) is distinct from (excluded.status, excluded.unit)`,
    [
      orgId,
      youths.map(({ ref }) => ref),
      standings.map((each) => each?.status ?? null),
      standings.map((each) => each?.unit ?? null),
      now,
    ],
  );
}
