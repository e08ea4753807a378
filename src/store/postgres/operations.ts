import type pg from 'pg';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import type { Operations, ReportSnapshot } from '../operationsPort.ts';
import { noteProgress } from './alertProgress.ts';
import { postgresIdentities } from './identity.ts';
import { resumeLane } from './laneRepair.ts';
import { actOnList } from './listStates.ts';
import {
  closeQuietLists,
  completeLists,
  concludeList,
  lastConcluded,
  lateLists,
  markLateReported,
  markOverdueReported,
  markSurplusReported,
  overdueLists,
  pastLists,
  surplusLists,
} from './lists.ts';
import { postgresLogControls } from './logControl.ts';
import { type OrganisationIds, organisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import { claimQuarantine, unclaimQuarantine } from './quarantine.ts';
import { createReaders, type Readers, type Session } from './readers.ts';
import { openReceipt, waitingReceipts } from './receipt.ts';

/** @param readers lend the connections of what only reads @param session of what writes */
export function createPostgresOperations(
  pool: pg.Pool,
  orgs: OrganisationIds = organisationIds(pool),
  readers: Readers = createReaders(pool),
  session: Session = pool,
): Operations {
  async function read<T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> {
    const orgId = await orgs.idOf(org);
    return readers.use(org, (session) => work(session, orgId));
  }
  return {
    ...postgresIdentities(session, orgs, readers),
    ...postgresLogControls(session, orgs, readers),
    noteProgress: async (note) => noteProgress(session, await orgs.idOf(note.org), note),
    openReceipt: async (entry) => openReceipt(session, await orgs.idOf(entry.org), entry),
    async receiptSent(id) {
      await session.query('update receipt set sent = true where id = $1', [id]);
    },
    waitingReceipts: (org, between) =>
      read(org, (session, orgId) => waitingReceipts(session, orgId, between)),
    resumeLane: (act) => resumeLane(session, act),
    claimQuarantine: async (org, id) => claimQuarantine(session, await orgs.idOf(org), id),
    unclaimQuarantine: async (org, id) => unclaimQuarantine(session, await orgs.idOf(org), id),
    async settleQuarantine(org, id, status, reason) {
      const { rowCount } = await session.query(
        `update quarantine set status = $3, reason = $4, settled = now() where org_id = $1 and id = $2 and status = 'open'`,
        [await orgs.idOf(org), id, status, reason],
      );
      return rowCount === 1;
    },
    async unpark(org, ref) {
      const { rows } = await session.query<{
        topic: string;
        partition: number;
        record_offset: string;
        sealed: Buffer;
      }>(
        `with taken as (update parked set released = true where org_id = $1 and ref = $2 returning *)
         select l.topic, l.partition, t.record_offset, t.sealed from taken t join lane l on l.id = t.lane_id
         order by t.received, t.lane_id, t.record_offset`,
        [await orgs.idOf(org), ref],
      );
      return rows.map(({ record_offset, ...row }) => ({ ...row, offset: BigInt(record_offset) }));
    },
    async unparked(org, ref) {
      await session.query('delete from parked where org_id = $1 and ref = $2 and released', [
        await orgs.idOf(org),
        ref,
      ]);
    },
    completeLists: (choose) => completeLists(session, choose),
    concludeList: async (org, ...judged) => concludeList(session, await orgs.idOf(org), org, ...judged),
    closeQuietLists: async (org, since) => closeQuietLists(session, await orgs.idOf(org), since),
    lateLists: async (org) => lateLists(session, await orgs.idOf(org)),
    markLateReported: async (org, ...reported) =>
      markLateReported(session, await orgs.idOf(org), org, ...reported),
    surplusLists: async (org) => surplusLists(session, await orgs.idOf(org)),
    markSurplusReported: async (org, ...reported) =>
      markSurplusReported(session, await orgs.idOf(org), org, ...reported),
    actOnList: async (act) => actOnList(session, await orgs.idOf(act.org), act),
    overdueLists: async (org, openedBefore) => overdueLists(session, await orgs.idOf(org), openedBefore),
    markOverdueReported: async (org, list, run) =>
      markOverdueReported(session, await orgs.idOf(org), list, run),
    lastConcluded: (org, list) => read(org, (session, orgId) => lastConcluded(session, orgId, list)),
    pastLists: (org, list, count, before) =>
      read(org, (session, orgId) => pastLists(session, orgId, list, count, before)),
    async due(org, now, limit) {
      const orgId = await orgs.idOf(org);
      // Youths whose due time has moved on are skipped until it comes. Locked rows are left for the next round.
      await session.query(
        `update youth set look_at = youth.due from (
           select ref from youth where org_id = $1 and look_at <= $2 and (due is null or due > $2) for update skip locked
         ) early where youth.org_id = $1 and youth.ref = early.ref`,
        [orgId, now],
      );
      const { rows } = await session.query<{ ref: PersonRef; due: string }>(
        `select ref, ${iso('due')} as due from youth
         where org_id = $1 and look_at <= $2 and due <= $2 order by due, ref limit $3`,
        [orgId, now, limit],
      );
      return rows;
    },
    virtualNow: (org) => read(org, virtualNow),
    async moveClock(org, now) {
      const { rows } = await session.query<{ now: string }>(
        // greatest ignores null: the first move sets the clock.
        `update organisation set virtual_now = greatest(virtual_now, $2::timestamptz) where id = $1 returning ${iso('virtual_now')} as now`,
        [await orgs.idOf(org), now],
      );
      return rows[0]?.now ?? now;
    },
    async saveSnapshot(snapshot) {
      await session.query(
        // A published report is never overwritten.
        'insert into report_snapshot (org_id, reference_date, cutoff, content) values ($1, $2, $3, $4) on conflict do nothing',
        [await orgs.idOf(snapshot.org), snapshot.referenceDate, snapshot.cutoff, snapshot.content],
      );
    },
    async snapshot(org, referenceDate) {
      const row = await read(org, (session, orgId) => snapshot(session, orgId, referenceDate));
      return row && { org, referenceDate, ...row };
    },
  };
}

async function virtualNow(session: Session, orgId: number): Promise<IsoInstant | null> {
  const { rows } = await session.query<{ now: string | null }>(
    `select ${iso('virtual_now')} as now from organisation where id = $1`,
    [orgId],
  );
  return rows[0]?.now ?? null;
}

async function snapshot(
  session: Session,
  orgId: number,
  referenceDate: IsoDate,
): Promise<Pick<ReportSnapshot, 'cutoff' | 'content'> | undefined> {
  const { rows } = await session.query<Pick<ReportSnapshot, 'cutoff' | 'content'>>(
    `select ${iso('cutoff')} as cutoff, content from report_snapshot where org_id = $1 and reference_date = $2`,
    [orgId, referenceDate],
  );
  return rows[0];
}
