import type { OrgId } from '../../core/organisation.ts';
import type { NavBatch, NavBatchState, NavRecords, NavRow } from '../navPort.ts';
import { createAgreements } from './navAgreements.ts';
import { createAnswers } from './navAnswers.ts';
import { navDisclosures } from './navDisclosures.ts';
import { extractPage, judgePage } from './navPages.ts';
import { sweepDue, sweepRows, sweepWritten } from './navSweeps.ts';
import { publishWithdrawals } from './navWithdrawals.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

const BATCH = `b.id, o.name as org, b.agreement, b.recipient, ${iso('b.extracted')} as extracted,
  b.requested_by as "requestedBy"`;

/** @param readers of a request, those of its scope @param writers lend connections that may write */
export function createPostgresNav(orgs: OrganisationIds, readers: Readers, writers: Readers): NavRecords {
  async function of<T>(
    org: OrgId,
    work: (session: Session, orgId: number) => Promise<T>,
    from: Readers = readers,
  ): Promise<T> {
    const orgId = await orgs.idOf(org);
    return from.use(org, (session) => work(session, orgId));
  }
  const within = <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> =>
    of(org, (session, orgId) => inTransaction(session, () => work(session, orgId)), writers);
  return {
    ...createAgreements(of, writers),
    openBatch: ({ org, id, agreement, recipient, extracted, requestedBy }) =>
      of(
        org,
        async (session, orgId) => {
          const { rowCount } = await session.query(
            `insert into nav_batch (org_id, id, agreement, recipient, extracted, requested_by)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
            [orgId, id, agreement, recipient, extracted, requestedBy],
          );
          return rowCount === 1;
        },
        writers,
      ),
    unfinishedBatches: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<NavBatch>(
          `select ${BATCH} from nav_batch b join organisation o on o.id = b.org_id
           where b.org_id = $1 and b.finished is null order by b.id`,
          [orgId],
        );
        return rows;
      }),
    extractPage: (org, batch, limit, judge) =>
      again(() => within(org, (session, orgId) => extractPage(session, orgId, { batch, limit, judge }))),
    batchRows: (org, batch, after, limit) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<NavRow>(
          `select match_id as "matchId", ref, consent_version as "consentVersion" from nav_batch_row
           where org_id = $1 and batch = $2 and match_id > $3 order by match_id limit $4`,
          [orgId, batch, after, limit],
        );
        return rows;
      }),
    finishBatch: (org, batch, { at, hash, csvHash, leaveOut }) =>
      within(org, async (session, orgId) => {
        await session.query(
          `delete from nav_batch_row r using nav_batch b where r.org_id = $1 and r.batch = $2
             and r.match_id = any ($3::text[]) and b.org_id = r.org_id and b.id = r.batch and b.finished is null`,
          [orgId, batch, leaveOut],
        );
        const { rowCount } = await session.query(
          `update nav_batch set finished = $3, content_hash = $4, csv_hash = $5,
             rows = (select count(*) from nav_batch_row r where r.org_id = $1 and r.batch = $2)
           where org_id = $1 and id = $2 and finished is null`,
          [orgId, batch, at, hash, csvHash],
        );
        if (rowCount !== 1) return;
        await session.query(
          `insert into nav_disclosure (decision, how, recipient, legal_basis, consent_version, at)
           select r.decision, 'extract', b.recipient, a.legal_basis, r.consent_version, $3
           from nav_batch_row r join nav_batch b on b.org_id = r.org_id and b.id = r.batch
             join agreement a on a.id = b.agreement
           where r.org_id = $1 and r.batch = $2 order by r.match_id`,
          [orgId, batch, at],
        );
      }),
    abandonBatch: (org, batch) =>
      within(org, async (session, orgId) => {
        const unfinished =
          'select from nav_batch where org_id = $1 and id = $2 and finished is null for update';
        const { rowCount } = await session.query(unfinished, [orgId, batch]);
        if (rowCount !== 1) return;
        await session.query('delete from nav_batch_row where org_id = $1 and batch = $2', [orgId, batch]);
        await session.query('delete from nav_batch where org_id = $1 and id = $2', [orgId, batch]);
      }),
    navBatches: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<BatchRow>(BATCHES, [orgId]);
        return rows.map(stateOf);
      }),
    judgePage: (org, batch, asked) =>
      again(() => within(org, (session, orgId) => judgePage(session, orgId, { batch, ...asked }))),
    sweepWritten: (org, sweep) =>
      again(() => within(org, (session, orgId) => sweepWritten(session, orgId, sweep))),
    sweepDue: (org, sweep) => again(() => within(org, (session, orgId) => sweepDue(session, orgId, sweep))),
    sweepRows: (org, batch, sweep) =>
      again(() => within(org, (session, orgId) => sweepRows(session, orgId, { batch, ...sweep }))),
    unsweptBatches: (org, day) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ id: string }>(
          `select id from nav_batch where org_id = $1 and finished is not null and (swept is null or swept < $2)
           order by id`,
          [orgId, day],
        );
        return rows.map(({ id }) => id);
      }),
    noteSwept: (org, batch, day) =>
      of(
        org,
        async (session, orgId) => {
          await session.query('update nav_batch set swept = $3 where org_id = $1 and id = $2', [
            orgId,
            batch,
            day,
          ]);
        },
        writers,
      ),
    publishWithdrawals: (org, limit, publish) =>
      within(org, (session, orgId) => publishWithdrawals(session, orgId, limit, publish)),
    ...createAnswers(of, writers),
    navDisclosures: (org, asked) => of(org, (session, orgId) => navDisclosures(session, orgId, asked)),
  };
}

type BatchRow = Omit<NavBatchState, 'finished'> & {
  at: string | null;
  rows: number | null;
  hash: Buffer | null;
  csvHash: Buffer | null;
};

const BATCHES = `select ${BATCH}, ${iso('b.finished')} as at, b.rows, b.content_hash as hash, b.csv_hash as "csvHash", a.legal_basis as "legalBasis",
    c.fetched, c.withdrawn, c.answered
  from nav_batch b join organisation o on o.id = b.org_id join agreement a on a.id = b.agreement
    cross join lateral (
      select count(*) filter (where exists (
          select from nav_disclosure d where d.decision = r.decision and d.how = 'fetch'
        ))::int as fetched, count(r.withdrawn)::int as withdrawn, count(r.answered)::int as answered
      from nav_batch_row r where r.org_id = b.org_id and r.batch = b.id
    ) c
  where b.org_id = $1 order by b.id desc`;

function stateOf({ at, rows, hash, csvHash, ...batch }: BatchRow): NavBatchState {
  const finished = at === null || rows === null || hash === null ? null : { at, rows, hash, csvHash };
  return { ...batch, finished };
}

async function inTransaction<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.query('begin');
  try {
    const result = await work();
    await session.query('commit');
    return result;
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The pipeline writes youths in another order than by reference: of two that wait for each other the database ends one. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 5; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (code !== '40P01' || left === 0) throw error;
    }
  }
}
