import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { KeptDays } from '../../core/worklist/kept.ts';
import type { WorkProgress, WorkProjection, WorkRound } from '../workPort.ts';
import type { OrganisationIds } from './organisation.ts';
import type { Readers, Session } from './readers.ts';
import { newEvents, takeStale } from './workEvents.ts';
import { type FoundYouth, nextYouths, writeWork, youthsNamed } from './workRows.ts';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** @param readers lend connections that may write */
export function createPostgresWork(orgs: OrganisationIds, readers: Readers): WorkProjection {
  return {
    async projectWork(org: OrgId, round) {
      const orgId = await orgs.idOf(org);
      return readers.use(org, async (session) => {
        if (await isDone(session, orgId, round)) return 'done';
        try {
          const progress = await project(session, orgId, round);
          await session.query('commit');
          return progress;
        } catch (error) {
          await session.query('rollback').catch(() => undefined);
          throw error;
        }
      });
    },
  };
}

interface Known {
  rules: string | null;
  from_day: IsoDate | null;
  until_day: IsoDate | null;
  fill_rules: string | null;
  fill_from: IsoDate | null;
  fill_until: IsoDate | null;
  filled_upto: PersonRef | null;
}

/** Without a lock: most who ask find nothing to do. */
async function isDone(session: Session, orgId: number, { rules, today, days }: WorkRound): Promise<boolean> {
  const { rows } = await session.query({
    name: 'work-done',
    text: `select from work_projection p where p.org_id = $1 and p.fill_rules is null
       and p.rules = $2 and p.from_day <= $3 and p.until_day >= $4
       and not exists (select from work_stale s where s.org_id = $1)
       and not exists (select from work_waiting w where w.org_id = $1)
       and not exists (select from lane l left join work_cursor c on c.lane_id = l.id
         where l.org_id = $1 and l.next_offset > coalesce(c.read_upto, 0))`,
    values: [orgId, rules, today, days.until],
  });
  return rows.length > 0;
}

async function project(session: Session, orgId: number, round: WorkRound): Promise<WorkProgress> {
  const known = await begin(session, orgId);
  const goal = goalOf(known, round);
  if (goal !== null) {
    await beginFill(session, orgId, { isNew: known.rules !== round.rules, rules: round.rules, days: goal });
    await session.query('commit');
    return project(session, orgId, round);
  }
  const events = await newEvents(session, orgId, round.limit);
  const stale = await takeStale(session, orgId, round.limit);
  const changed = await youthsNamed(session, orgId, [...new Set([...events.refs, ...stale])]);
  const page = known.fill_rules === null ? null : await nextYouths(session, orgId, known, round.limit);
  const keep = round.keepFor(daysOf(known, round));
  await writeWork(session, orgId, [...changed, ...(page ?? [])], { keep, cursors: events.cursors });
  const filled = page === null || (await noteFilled(session, orgId, page, round.limit));
  if (!events.all || stale.length >= round.limit) return 'behind';
  return filled ? 'done' : covers(known, round) ? 'renewing' : 'filling';
}

/** Begins a transaction that holds the projection. */
async function begin(session: Session, orgId: number): Promise<Known> {
  // Lost in a crash together with its cursors, and then decided again.
  const text = `begin; set local synchronous_commit = off;
    select * from work_projection where org_id = ${orgId} for update`;
  const results = (await session.query(text)) as unknown as { rows: Known[] }[];
  const known = results.at(-1)?.rows[0];
  if (known !== undefined) return known;
  await session.query('insert into work_projection (org_id) values ($1) on conflict do nothing', [orgId]);
  await session.query('commit');
  return begin(session, orgId);
}

function covers({ rules, from_day: from, until_day: until }: Known, { today, ...round }: WorkRound): boolean {
  return rules === round.rules && from !== null && from <= today && until !== null && today < until;
}

/** For which days all youths are to be looked at from the first on; null: that is done, or under way. */
function goalOf(known: Known, { rules, today, days }: WorkRound): KeptDays | null {
  const [by, from, until] =
    known.fill_rules === null
      ? [known.rules, known.from_day, known.until_day]
      : [known.fill_rules, known.fill_from, known.fill_until];
  const enough = by === rules && from !== null && from <= today && until !== null && until >= days.until;
  return enough ? null : days;
}

/** A process whose clock is behind another's keeps rows for the other's days. */
function daysOf(known: Known, { days }: WorkRound): KeptDays {
  const most = [days.until, known.until_day, known.fill_until].flatMap((day) => day ?? []).sort();
  return { from: days.from, until: most.at(-1) ?? days.until };
}

async function beginFill(
  session: Session,
  orgId: number,
  { isNew, rules, days }: { isNew: boolean; rules: string; days: KeptDays },
): Promise<void> {
  await session.query(
    `update work_projection set fill_rules = $2, fill_from = $3, fill_until = $4, filled_upto = $5,
       rules = case when rules = $2 then rules end where org_id = $1`,
    [orgId, rules, days.from, days.until, BEFORE_ALL],
  );
  if (!isNew) return;
  // Before the first youth is read: what is committed meanwhile is read again as events.
  await session.query(
    `insert into work_cursor (org_id, lane_id, read_upto) select org_id, id, next_offset from lane where org_id = $1
     on conflict (lane_id) do update set read_upto = excluded.read_upto`,
    [orgId],
  );
}

/** @returns whether all youths have been looked at */
async function noteFilled(
  session: Session,
  orgId: number,
  page: readonly FoundYouth[],
  limit: number,
): Promise<boolean> {
  const last = page.at(-1);
  if (last !== undefined && page.length === limit) {
    await session.query('update work_projection set filled_upto = $2 where org_id = $1', [
      orgId,
      last.loaded.ref,
    ]);
    return false;
  }
  await session.query(
    `update work_projection set rules = fill_rules, from_day = fill_from, until_day = fill_until,
       fill_rules = null, fill_from = null, fill_until = null, filled_upto = null where org_id = $1`,
    [orgId],
  );
  await session.query('delete from work_count where org_id = $1 and rows = 0', [orgId]);
  return true;
}
