import type { IsoInstant } from '../../core/time/date.ts';
import type { ParkedItem, ParkedSum, Queries, WaitingRow, WaitingSum } from '../queriesPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

// Records that wait because an earlier one about the same person could not be decided.

export async function parked(
  session: Session,
  orgId: number,
  { limit, after }: Parameters<Queries['parked']>[1],
): Promise<ParkedItem[]> {
  const { rows } = await session.query<Omit<ParkedItem, 'offset'> & { record_offset: string }>(
    `select p.ref, l.topic, l.partition, p.record_offset, ${iso('p.received')} as received, p.reason
     from parked p join lane l on l.id = p.lane_id
     where p.org_id = $1 and ($2::uuid is null or (p.ref >= $2
       and (p.ref, l.topic collate "C", l.partition, p.record_offset) > ($2, $3::text collate "C", $4::int, $5::bigint)))
     order by p.ref, l.topic collate "C", l.partition, p.record_offset limit $6`,
    [
      ...[orgId, after?.ref ?? null, after?.topic ?? null, after?.partition ?? null],
      ...[after === null ? null : String(after.offset), limit],
    ],
  );
  return rows.map(({ record_offset, ...row }) => ({ ...row, offset: BigInt(record_offset) }));
}

export async function parkedSums(session: Session, orgId: number): Promise<ParkedSum[]> {
  const { rows } = await session.query<ParkedSum>(
    `select reason, count(distinct ref)::int as persons, ${iso('min(received)')} as oldest
     from parked where org_id = $1 group by reason order by reason collate "C"`,
    [orgId],
  );
  return rows;
}

/** The record that could not be decided; where it has been released already, the oldest that waits. */
const PERSONS = `select p.ref, count(*)::int as records,
    (array_agg(l.topic order by p.reason <> 'decision-failed', p.received, p.record_offset))[1] as topic,
    (array_agg(p.received order by p.reason <> 'decision-failed', p.received, p.record_offset))[1] as since
  from parked p join lane l on l.id = p.lane_id where p.org_id = $1 group by p.ref`;

export async function waitingGroups(session: Session, orgId: number): Promise<WaitingSum[]> {
  const { rows } = await session.query<WaitingSum>(
    `select topic, count(*)::int as persons, sum(records)::int as records from (${PERSONS}) w
     group by topic order by persons desc, topic collate "C"`,
    [orgId],
  );
  return rows;
}

export async function waitingPersons(
  session: Session,
  orgId: number,
  { topics, limit, after }: Parameters<Queries['waitingPersons']>[1],
): Promise<WaitingRow[]> {
  const { rows } = await session.query<WaitingRow & { since: IsoInstant }>(
    `select ref, records, ${iso('since')} as since from (${PERSONS}) w
     where topic = any($2::text[]) and ($3::timestamptz is null or (since, ref) > ($3, $4::uuid))
     order by w.since, ref limit $5`,
    [orgId, topics, after?.since ?? null, after?.ref ?? null, limit],
  );
  return rows;
}
