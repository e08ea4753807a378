import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { uuidArray } from '../binaryArray.ts';
import type { HeldMessage, NavDeliveryState, NavIncident, NavRecords } from '../navPort.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

/** Under which reference the row's youth is known now. */
const MERGED = 'left join merged_youth m on m.org_id = r.org_id and m.ref = r.ref';
const CURRENT = 'coalesce(m.survivor, r.ref)';

type Answers = Pick<
  NavRecords,
  | ('askedAbout' | 'unanswered' | 'noteAnswers')
  | ('holdDelivery' | 'noteDelivery' | 'navDeliveries')
  | ('noteIncident' | 'navIncidents')
  | ('holdMessage' | 'heldMessages' | 'forgetHeld')
>;

/** What is kept of answers, and of what waits for an agreement. */
export function createAnswers(
  of: <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>, from?: Readers) => Promise<T>,
  writers: Readers,
): Answers {
  return {
    askedAbout: (org, batch, refs) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ ref: PersonRef; extracted: string }>(
          `select distinct ${CURRENT} as ref, ${iso('b.extracted')} as extracted
           from nav_batch b join nav_batch_row r on r.org_id = b.org_id and r.batch = b.id ${MERGED}
           where b.org_id = $1 and b.id = $2 and b.finished is not null and ${CURRENT} = any ($3::uuid[])`,
          [orgId, batch, uuidArray(refs)],
        );
        return new Map(rows.map(({ ref, extracted }) => [ref, extracted]));
      }),
    unanswered: (org, batch, without) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ left: number }>(
          `select count(*)::int as left from nav_batch_row r ${MERGED} where r.org_id = $1 and r.batch = $2
             and r.withdrawn is null and r.answered is null and ${CURRENT} <> all ($3::uuid[])`,
          [orgId, batch, uuidArray(without)],
        );
        return rows[0]?.left ?? 0;
      }),
    noteAnswers: (org, batch, refs, at) =>
      of(
        org,
        async (session, orgId) => {
          await session.query(
            `update nav_batch_row set answered = $4 where answered is null and org_id = $1 and batch = $2 and match_id in (
               select r.match_id from nav_batch_row r ${MERGED}
               where r.org_id = $1 and r.batch = $2 and ${CURRENT} = any ($3::uuid[])
             )`,
            [orgId, batch, uuidArray(refs), at],
          );
        },
        writers,
      ),
    holdDelivery: (org, run) =>
      of(
        org,
        async (session, orgId) => {
          const { rowCount } = await session.query(
            'insert into nav_delivery (org_id, run) values ($1, $2) on conflict do nothing',
            [orgId, run],
          );
          return rowCount === 1;
        },
        writers,
      ),
    noteDelivery: (org, { run, batch, hash, at }) =>
      of(
        org,
        async (session, orgId) => {
          const { rows } = await session.query<{ same: string | null }>(
            `insert into nav_delivery as d (org_id, run, batch, content_hash, used, same_as)
             values ($1, $2, $3, $4, $5, (
               select case when e.content_hash = $4 then coalesce(e.same_as, e.run) end from nav_delivery e
               where e.org_id = $1 and e.batch = $3 and e.run <> $2 order by e.used desc, e.run desc limit 1
             ))
             on conflict (org_id, run) do update set batch = excluded.batch, content_hash = excluded.content_hash,
               used = excluded.used, same_as = excluded.same_as
             returning d.same_as as same`,
            [orgId, run, batch, hash, at],
          );
          return rows[0]?.same ?? null;
        },
        writers,
      ),
    navDeliveries: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<NavDeliveryState>(
          `select run, ${iso('used')} as used, same_as as "sameAs" from nav_delivery where org_id = $1 order by run`,
          [orgId],
        );
        return rows;
      }),
    noteIncident: (org, { run, strangers, at }) =>
      of(
        org,
        async (session, orgId) => {
          await session.query(
            `insert into nav_incident (org_id, run, strangers, at) values ($1, $2, $3, $4)
             on conflict (org_id, run) do update set strangers = excluded.strangers`,
            [orgId, run, strangers, at],
          );
        },
        writers,
      ),
    navIncidents: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<NavIncident>(
          `select run, strangers, ${iso('at')} as at from nav_incident where org_id = $1 order by at, run`,
          [orgId],
        );
        return rows;
      }),
    holdMessage: (org, { id, ref, sealed, held }) =>
      of(
        org,
        async (session, orgId) => {
          await session.query(
            `insert into nav_held (org_id, id, ref, sealed, held) values ($1, $2, $3, $4, $5)
             on conflict (org_id, id) do nothing`,
            [orgId, id, ref, sealed, held],
          );
        },
        writers,
      ),
    heldMessages: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<HeldMessage>(
          `select id, ref, sealed, ${iso('held')} as held from nav_held where org_id = $1 order by seq limit 1000`,
          [orgId],
        );
        return rows;
      }),
    forgetHeld: (org, id) =>
      of(
        org,
        async (session, orgId) => {
          await session.query('delete from nav_held where org_id = $1 and id = $2', [orgId, id]);
        },
        writers,
      ),
  };
}
