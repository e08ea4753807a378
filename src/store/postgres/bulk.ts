import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import {
  type BulkAct,
  type BulkJob,
  type BulkMember,
  type BulkReading,
  type BulkRecords,
  type BulkTally,
  type HeldBulk,
  type ItemAct,
  type ItemJob,
  inTallyOrder,
} from '../bulkPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

/** @param readers of a request, those of its scope */
export function createPostgresBulkReading(orgs: OrganisationIds, readers: Readers): BulkReading {
  const read = async <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> => {
    const orgId = await orgs.idOf(org);
    return readers.use(org, (session) => work(session, orgId));
  };
  const reading: BulkReading = {
    bulk: (org, id) =>
      read(org, async (session, orgId) => {
        const { rows } = await session.query<JobRow>(
          `${JOBS} where j.about = 'youths' and j.org_id = $1 and j.id = $2`,
          [orgId, id],
        );
        return rows[0] && bulkOf(rows[0]);
      }),
    bulks: (org, { after, limit }) =>
      read(org, async (session, orgId) => {
        const { rows } = await session.query<JobRow>(
          `${JOBS} where j.about = 'youths' and j.org_id = $1 and ($2::timestamptz is null or (j.created, j.id) < ($2, $3::uuid))
           order by j.created desc, j.id desc limit $4`,
          [orgId, after?.created ?? null, after?.id ?? null, limit],
        );
        return rows.map(bulkOf);
      }),
    bulkMembers: (org, id, { states, after, limit }) =>
      read(org, async (session, orgId) => {
        const { rows } = await session.query<MemberRow>(
          `select m.number, m.ref, m.version, m.school_year, m.code, m.state, m.receipt, m.receipt_row, m.why, m.problems
           from bulk_job j join bulk_member m on m.job = j.id
           where j.org_id = $1 and j.id = $2 and m.state = any ($3) and m.number > $4 order by m.number limit $5`,
          [orgId, id, states, after, limit],
        );
        return rows.map(memberOf);
      }),
    itemJob: (org, id) =>
      read(org, async (session, orgId) => {
        const { rows } = await session.query<JobRow>(
          `${JOBS} where j.about = 'items' and j.org_id = $1 and j.id = $2`,
          [orgId, id],
        );
        return rows[0] && itemJobOf(rows[0]);
      }),
    runningItemJob: (org, group) =>
      read(org, async (session, orgId) => {
        const { rows } = await session.query<JobRow>(
          `${JOBS} where j.state = 'running' and j.org_id = $1 and j.item_group = $2`,
          [orgId, group],
        );
        return rows[0] && itemJobOf(rows[0]);
      }),
    async jobItems(org, id, asked) {
      const members = await reading.bulkMembers(org, id, asked);
      return members.map(({ number, state, ref, problems }) => ({
        ...{ number, state, item: ref, problem: problems[0] ?? null },
      }));
    },
  };
  return reading;
}

/** @param writers lend connections that may write */
export function createPostgresBulk(orgs: OrganisationIds, readers: Readers, writers: Readers): BulkRecords {
  /** One job at a time is written to while its row is locked. False: it is not held, or not as it must be. */
  const whileHeld = ({ id, by }: HeldBulk, also: string, work: (session: Session) => Promise<unknown>) =>
    writers.use(null, async (session) => {
      await session.query('begin');
      try {
        const { rowCount } = await session.query(
          `select from bulk_job where id = $1 and leased_by = $2 and ${also} for update`,
          [id, by],
        );
        if (rowCount === 1) await work(session);
        await session.query('commit');
        return rowCount === 1;
      } catch (error) {
        await session.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  return {
    ...createPostgresBulkReading(orgs, readers),
    async addBulk(job, members) {
      const orgId = await orgs.idOf(job.org);
      await writers.use(job.org, (session) =>
        session.query(ADD, [
          ...[job.id, orgId, JSON.stringify(job.filter), JSON.stringify(job.act), job.reason, job.sender],
          ...[job.by, job.created, JSON.stringify(positionText(job.position)), job.asOf, job.shown],
          ...[members.map(({ number }) => number), members.map(({ ref }) => ref)],
          ...[members.map(({ version }) => version), members.map(({ schoolYear }) => schoolYear)],
          ...[members.map(({ code }) => code), members.map(({ left }) => left), JSON.stringify(job.maker)],
        ]),
      );
    },
    async addItemJob(job, items) {
      const orgId = await orgs.idOf(job.org);
      const { rows } = await writers.use(job.org, (session) =>
        session.query(ADD_ITEMS, [
          ...[job.id, orgId, JSON.stringify(job.act), job.reason, job.sender, job.by, job.created],
          ...[job.group, job.later, items, JSON.stringify(tallyOfItems(items)), JSON.stringify(job.maker)],
        ]),
      );
      return rows.length === 1;
    },
    async moveBulk(org, id, to, at) {
      const orgId = await orgs.idOf(org);
      const { rowCount } = await writers.use(org, (session) =>
        session.query(
          `update bulk_job set state = $3, trouble = null,
             begun = case when $3 = 'running' then coalesce(begun, $4) else begun end
           where org_id = $1 and id = $2 and state <> 'done'`,
          [orgId, id, to, at],
        ),
      );
      return rowCount === 1;
    },
    async leaseBulk(organisations, { by, now, until }) {
      const ids = await Promise.all(organisations.map((org) => orgs.idOf(org)));
      const { rows } = await writers.use(null, (session) =>
        session.query<JobRow>(LEASE, [ids, by, now, until]),
      );
      return rows[0] && jobOf(rows[0]);
    },
    sendMembers: (held, { receipt, rows }) =>
      whileHeld(held, `state = 'running'`, async (session) => {
        await session.query(
          `update bulk_member m set state = 'sending', receipt = $2, receipt_row = s.row
           from unnest($3::int[], $4::int[]) s (number, row)
           where m.job = $1 and m.number = s.number and m.state in ('waiting', 'sending')`,
          [held.id, receipt, rows.map(({ number }) => number), rows.map(({ row }) => row)],
        );
        await session.query(COUNT_AGAIN, [held.id]);
      }),
    settleMembers: (held, outcomes) =>
      whileHeld(held, 'true', async (session) => {
        await session.query(
          `update bulk_member m set state = o.state, why = o.why, problems = o.problems
           from jsonb_to_recordset($2::jsonb) o (number int, state text, why text, problems jsonb)
           where m.job = $1 and m.number = o.number and m.state in ('waiting', 'sending', 'sent')`,
          [held.id, JSON.stringify(outcomes)],
        );
        await session.query(COUNT_AGAIN, [held.id]);
      }),
    returnBulk: (held, { at, trouble, stops = false }) =>
      whileHeld(held, 'true', (session) => session.query(RETURN, [held.id, at, trouble, stops])),
  };
}

const JOB = `j.id, o.name as org, j.filter, j.act, j.reason, j.sender, j.created_by, ${iso('j.created')} as created,
  j.position, ${iso('j.as_of')} as as_of, j.shown, j.state, j.trouble, ${iso('j.begun')} as begun,
  ${iso('j.ended')} as ended, j.tally, j.item_group, j.later, j.maker`;
const JOBS = `select ${JOB} from bulk_job j join organisation o on o.id = j.org_id`;

const TALLY = `select coalesce(jsonb_agg(jsonb_build_object('state', state, 'why', why, 'count', count)), '[]')`;

const ADD = `with chosen as (
    select * from unnest($12::int[], $13::uuid[], $14::int[], $15::text[], $16::text[], $17::text[])
      c (number, ref, version, school_year, code, why)
  ), added as (
    insert into bulk_job (id, org_id, filter, act, reason, sender, created_by, created, position, as_of, shown, state, tally, maker)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'paused', (
      ${TALLY} from (
        select case when why is null then 'waiting' else 'left' end as state, why, count(*) from chosen group by why
      ) t
    ), $18::jsonb) returning id
  )
  insert into bulk_member (job, number, ref, version, school_year, code, state, why)
  select a.id, c.number, c.ref, c.version, c.school_year, c.code, case when c.why is null then 'waiting' else 'left' end, c.why
  from added a, chosen c`;

const ADD_ITEMS = `with added as (
    insert into bulk_job (id, org_id, about, filter, act, reason, sender, created_by, created, position, as_of, shown, state,
      begun, tally, item_group, later, maker)
    values ($1, $2, 'items', '{}', $3, $4, $5, $6, $7::timestamptz, '{}', $7, cardinality($10::uuid[]), 'running', $7, $11, $8, $9, $12::jsonb)
    on conflict (org_id, item_group) where state = 'running' do nothing returning id
  ), chosen as (
    insert into bulk_member (job, number, ref, version, state)
    select a.id, c.number, c.ref, 0, 'waiting' from added a, unnest($10::uuid[]) with ordinality c (ref, number)
  )
  select id from added`;

function tallyOfItems({ length: count }: readonly string[]): BulkTally[] {
  return count === 0 ? [] : [{ state: 'waiting', why: null, count }];
}

const COUNT_AGAIN = `update bulk_job set tally = (
    ${TALLY} from (select state, why, count(*) from bulk_member where job = $1 group by state, why) t
  ) where id = $1`;

/** A held row is passed over, and the next taken. */
const LEASE = `with next as (
    select id from bulk_job
    where org_id = any ($1) and state <> 'done' and (leased_by is null or leased_until <= $3)
      and (state = 'running' or exists (select from bulk_member m where m.job = bulk_job.id and m.state = 'sent'))
    order by turned nulls first, created limit 1 for update skip locked
  ), j as (
    update bulk_job set leased_by = $2, leased_until = $4, turned = clock_timestamp() from next
    where bulk_job.id = next.id returning bulk_job.*
  )
  select ${JOB} from j join organisation o on o.id = j.org_id`;

const RETURN = `with open as (
    select exists (select from bulk_member where job = $1 and state in ('waiting', 'sending', 'sent')) as any
  )
  update bulk_job set leased_by = null, leased_until = null,
    trouble = case when state = 'running' then $3 else trouble end,
    ended = case when state = 'running' and not open.any then $2::timestamptz else ended end,
    state = case when state = 'running' and not open.any then 'done' when state = 'running' and $4 then 'paused' else state end
  from open where id = $1`;

type JobRow = Omit<BulkJob, 'by' | 'position' | 'asOf' | 'act'> & {
  act: BulkAct | ItemAct;
  created_by: string;
  position: Record<string, string>;
  as_of: string;
  item_group: string | null;
  later: number | null;
};

function jobOf(row: JobRow): BulkJob | ItemJob {
  return row.item_group === null ? bulkOf(row) : itemJobOf(row);
}

function bulkOf({
  created_by,
  position,
  as_of,
  item_group: _group,
  later: _later,
  act,
  tally,
  ...row
}: JobRow): BulkJob {
  return {
    ...row,
    // The row is about youths.
    act: act as BulkAct,
    by: created_by,
    position: new Map(Object.entries(position).map(([lane, offset]) => [Number(lane), BigInt(offset)])),
    asOf: as_of,
    tally: inTallyOrder(tally),
  };
}

function itemJobOf({
  id,
  org,
  reason,
  sender,
  maker,
  created,
  state,
  trouble,
  begun,
  ended,
  ...row
}: JobRow): ItemJob {
  if (row.item_group === null || row.later === null) throw new Error('a job on items without its group');
  return {
    ...{ id, org, reason, sender, maker, created, state, trouble, begun, ended },
    // The row is about items.
    act: row.act as ItemAct,
    ...{ by: row.created_by, group: row.item_group, later: row.later, tally: inTallyOrder(row.tally) },
  };
}

interface MemberRow extends Omit<BulkMember, 'schoolYear' | 'receiptRow' | 'problems' | 'ref'> {
  ref: PersonRef;
  school_year: string | null;
  receipt_row: number | null;
  problems: BulkMember['problems'] | null;
}

function memberOf({ school_year, receipt_row, problems, ...row }: MemberRow): BulkMember {
  return { ...row, schoolYear: school_year, receiptRow: receipt_row, problems: problems ?? [] };
}

/** Offsets are longer than a number of JSON. */
function positionText(position: ReadonlyMap<number, bigint>): Record<string, string> {
  return Object.fromEntries([...position].map(([lane, offset]) => [lane, String(offset)]));
}
