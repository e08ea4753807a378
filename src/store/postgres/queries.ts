import type pg from 'pg';
import type { LaneStop } from '../../core/lane.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { NumberRef, PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { LoadedYouth, StoredRecord } from '../port.ts';
import type { LaneState, PackedRecord, Queries } from '../queriesPort.ts';
import { alertProgress } from './alertProgress.ts';
import { latestAlerts } from './alerts.ts';
import { committed, heads, histories } from './committed.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import { packedRow, STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import { listState, listStates } from './listStates.ts';
import { type OrganisationIds, organisationIds } from './organisation.ts';
import { parked, parkedSums, waitingGroups, waitingPersons } from './parked.ts';
import { iso } from './pool.ts';
import {
  quarantine,
  quarantineGroups,
  quarantineItem,
  quarantineOfRow,
  quarantineSums,
} from './quarantine.ts';
import { createReaders, type Readers, type Session } from './readers.ts';
import { receipt, receiptRows } from './receipt.ts';
import { receipts } from './receipts.ts';
import { postgresWorkReading } from './workReading.ts';
import { youths } from './youths.ts';

/** Between two pages the program does what else it has to: one is replayed in some hundredths of a second. */
const PAGE = 1_000;

/** @param pool of the organisations' ids @param readers lend the connections */
export function createPostgresQueries(
  pool: pg.Pool,
  orgs: OrganisationIds = organisationIds(pool),
  readers: Readers = createReaders(pool),
): Queries {
  async function of<T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> {
    const orgId = await orgs.idOf(org);
    return readers.use(org, (session) => work(session, orgId));
  }
  return {
    youth: (org, ref) => of(org, (session, orgId) => youth(session, orgId, ref)),
    youths: (org) => youths(readers, orgs, org),
    refOf: (hmac) => readers.use(null, (session) => refOf(session, hmac)),
    history: (org, ref) => of(org, (session, orgId) => history(session, orgId, ref)),
    recordedUpto: (org, upto) => recordedUpto(readers, orgs, org, upto),
    youthsNamed: (org, refs) => of(org, (session, orgId) => youthsNamed(session, orgId, refs)),
    latestAlerts: (org, limit, after) =>
      of(org, (session, orgId) => latestAlerts(session, orgId, limit, after)),
    heads: () => readers.use(null, heads),
    committed: (org, from, limit) => of(org, (session, orgId) => committed(session, orgId, from, limit)),
    histories: (org, refs) => of(org, (session, orgId) => histories(session, orgId, refs)),
    alertProgress: (org, refs) => of(org, (session, orgId) => alertProgress(session, orgId, refs)),
    quarantine: (org, filter) => of(org, (session, orgId) => quarantine(session, orgId, filter)),
    quarantineGroups: (org, ages) => of(org, (session, orgId) => quarantineGroups(session, orgId, ages)),
    quarantineOfRow: (org, receipt, row) =>
      of(org, (session, orgId) => quarantineOfRow(session, orgId, receipt, row)),
    quarantineItem: (org, id) => of(org, (session, orgId) => quarantineItem(session, orgId, id)),
    hasRecords: (org, upto) => of(org, (session, orgId) => hasRecords(session, orgId, upto)),
    quarantineSums: (org) => of(org, quarantineSums),
    parked: (org, asked) => of(org, (session, orgId) => parked(session, orgId, asked)),
    parkedSums: (org) => of(org, parkedSums),
    waitingGroups: (org) => of(org, waitingGroups),
    waitingPersons: (org, asked) => of(org, (session, orgId) => waitingPersons(session, orgId, asked)),
    parkedCount: (org) => of(org, parkedCount),
    lanes: () => readers.use(null, lanes),
    latestRecords: (org) => of(org, latestRecords),
    receipt: (org, id) => of(org, (session, orgId) => receipt(session, orgId, id)),
    receipts: (org, asked) => of(org, (session, orgId) => receipts(session, orgId, asked)),
    receiptRows: (org, id) => of(org, (session, orgId) => receiptRows(session, orgId, id)),
    lists: (org, filter) => of(org, (session, orgId) => listStates(session, orgId, filter)),
    list: (org, list, run) => of(org, (session, orgId) => listState(session, orgId, list, run)),
    ...postgresWorkReading(of),
  };
}

async function refOf(session: Session, hmac: Buffer): Promise<NumberRef | undefined> {
  const { rows } = await session.query<{ ref: NumberRef | null }>('select ref_of_number($1) as ref', [hmac]);
  return rows[0]?.ref ?? undefined;
}

async function history(session: Session, orgId: number, ref: PersonRef): Promise<StoredRecord[]> {
  const { rows } = await session.query<StoredRow>(
    // Backwards from the youth's last event, each by its primary key: a chain of some dozens.
    `with recursive chain as (
       select e.* from youth y join event e on e.lane_id = y.lane_id and e.record_offset = y.record_offset and e.ref = y.ref
       where y.org_id = $1 and y.ref = $2
       union all
       select e.* from chain c join event e on e.lane_id = c.previous_lane
         and e.record_offset = c.previous_offset and e.ref = c.ref
     )
     select ${STORED_RECORD} from chain e join lane l on l.id = e.lane_id order by e.version`,
    [orgId, ref],
  );
  return rows.map(storedRecord);
}

async function parkedCount(session: Session, orgId: number): Promise<number> {
  const { rows } = await session.query<{ parked: number }>(
    'select count(*)::int as parked from parked where org_id = $1',
    [orgId],
  );
  return rows[0]?.parked ?? 0;
}

/** A lane's records are added at its end: its first one is its oldest, and is found by the primary key. */
async function hasRecords(session: Session, orgId: number, upto: string): Promise<boolean> {
  const { rows } = await session.query(
    `select from lane l cross join lateral (
       select e.recorded from event e where e.lane_id = l.id order by e.record_offset, e.ref limit 1
     ) oldest where l.org_id = $1 and oldest.recorded <= $2 limit 1`,
    [orgId, upto],
  );
  return rows.length > 0;
}

/** A lane's last record is found by the primary key. */
async function latestRecords(session: Session, orgId: number): Promise<Map<string, IsoInstant>> {
  const { rows } = await session.query<{ topic: string; last: IsoInstant }>(
    `select l.topic, ${iso('max(newest.recorded)')} as last from lane l cross join lateral (
       select e.recorded from event e where e.lane_id = l.id order by e.record_offset desc, e.ref desc limit 1
     ) newest where l.org_id = $1 group by l.topic`,
    [orgId],
  );
  return new Map(rows.map(({ topic, last }) => [topic, last]));
}

async function lanes(session: Session): Promise<LaneState[]> {
  const { rows } = await session.query<
    Record<string, string> & { org: OrgId; partition: number; epoch: number; stands: LaneStop | null }
  >(
    `select o.name as org, l.topic, l.partition, l.epoch, l.next_offset, l.published_upto, l.offset_shift, l.stands,
       l.applied, l.duplicate, l.rejected, l.quarantined, l.parked
     from lane l join organisation o on o.id = l.org_id order by l.topic, l.partition`,
  );
  return rows.map((row) => ({
    org: row.org,
    topic: row.topic ?? '',
    partition: row.partition,
    epoch: row.epoch,
    nextOffset: BigInt(row.next_offset ?? 0),
    publishedUpto: BigInt(row.published_upto ?? 0),
    shift: BigInt(row.offset_shift ?? 0),
    stopped: row.stands,
    counts: {
      applied: Number(row.applied),
      duplicate: Number(row.duplicate),
      rejected: Number(row.rejected),
      quarantined: Number(row.quarantined),
      parked: Number(row.parked),
    },
  }));
}

const YOUTHS = `select ${YOUTH},
  exists (select from parked p where p.org_id = y.org_id and p.ref = y.ref and not p.released) as parked
  from youth y`;

async function youth(session: Session, orgId: number, ref: PersonRef): Promise<LoadedYouth | undefined> {
  const { rows } = await session.query<Omit<YouthRow, 'n'>>(`${YOUTHS} where y.org_id = $1 and y.ref = $2`, [
    orgId,
    ref,
  ]);
  const [row] = rows;
  if (row === undefined) return undefined;
  return row.merged_into === null ? loaded(row) : youth(session, orgId, row.merged_into);
}

async function youthsNamed(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, LoadedYouth>> {
  const { rows } = await session.query<Omit<YouthRow, 'n'>>(
    `${YOUTHS} where y.org_id = $1 and y.ref = any ($2::uuid[])`,
    [orgId, refs],
  );
  const found = new Map(rows.map((row) => [row.ref, loaded(row)]));
  for (const [ref, { mergedInto }] of found) {
    if (mergedInto === null) continue;
    const now = await youth(session, orgId, mergedInto);
    if (now === undefined) found.delete(ref);
    else found.set(ref, now);
  }
  return found;
}

/** A server-side cursor: a county's whole year does not fit in memory. */
async function* recordedUpto(
  readers: Readers,
  orgs: OrganisationIds,
  org: OrgId,
  upto: string,
): AsyncGenerator<readonly PackedRecord[]> {
  const orgId = await orgs.idOf(org);
  const { session, end } = await readers.lend(org);
  let failed: Error | undefined;
  try {
    await session.query('begin read only');
    await session.query(
      `declare recorded no scroll cursor for select ${STORED_RECORD} from event e join lane l on l.id = e.lane_id
       where l.org_id = $1 and e.recorded <= $2 order by e.ref, e.version`,
      [orgId, upto],
    );
    for (;;) {
      const { rows } = await session.query<StoredRow>(`fetch ${PAGE} from recorded`);
      if (rows.length > 0) yield rows.map(packedRow);
      if (rows.length < PAGE) return;
    }
  } finally {
    await session.query('rollback').catch((error: Error) => {
      failed = error;
    });
    end(failed);
  }
}
