import type pg from 'pg';
import type { LaneStop } from '../../core/lane.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { NumberRef, PersonRef } from '../../core/person/reference.ts';
import type { LoadedYouth, StoredRecord } from '../port.ts';
import type { Queries } from '../queriesPort.ts';
import { latestAlerts } from './alerts.ts';
import { find, loaded, type YouthRow } from './find.ts';
import { STORED_RECORD, type StoredRow, storedRecord } from './lane.ts';
import { listState, listStates } from './listStates.ts';
import { type OrganisationIds, organisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import { quarantine, quarantineItem } from './quarantine.ts';
import { receipt } from './receipt.ts';
import { youths } from './youths.ts';

const PAGE = 5_000;

export function createPostgresQueries(pool: pg.Pool, orgs: OrganisationIds = organisationIds(pool)): Queries {
  return {
    youth: async (org, ref) => youth(pool, await orgs.idOf(org), ref),
    youths: (org) => youths(pool, orgs, org),
    async refOf(hmac) {
      const { rows } = await pool.query<{ ref: NumberRef }>('select ref from identity where hmac = $1', [
        hmac,
      ]);
      return rows[0]?.ref;
    },
    async history(org, ref) {
      const { rows } = await pool.query<StoredRow>(
        // Backwards from the youth's last event, each by its primary key: a chain of some dozens.
        `with recursive chain as (
           select e.* from youth y join event e on e.lane_id = y.lane_id and e.record_offset = y.record_offset and e.ref = y.ref
           where y.org_id = $1 and y.ref = $2
           union all
           select e.* from chain c join event e on e.lane_id = c.previous_lane
             and e.record_offset = c.previous_offset and e.ref = c.ref
         )
         select ${STORED_RECORD} from chain e join lane l on l.id = e.lane_id order by e.version`,
        [await orgs.idOf(org), ref],
      );
      return rows.map(storedRecord);
    },
    recordedUpto: (org, upto) => recordedUpto(pool, orgs, org, upto),
    youthsNamed: async (org, refs) => youthsNamed(pool, await orgs.idOf(org), refs),
    latestAlerts: async (org, limit, after) => latestAlerts(pool, await orgs.idOf(org), limit, after),
    quarantine: async (org, filter) => quarantine(pool, await orgs.idOf(org), filter),
    quarantineItem: async (org, id) => quarantineItem(pool, await orgs.idOf(org), id),
    async parked(org) {
      const { rows } = await pool.query<{
        ref: PersonRef;
        topic: string;
        partition: number;
        record_offset: string;
        received: string;
        reason: string;
      }>(
        `select p.ref, l.topic, l.partition, p.record_offset, ${iso('p.received')} as received, p.reason
         from parked p join lane l on l.id = p.lane_id where p.org_id = $1 order by p.received, p.record_offset`,
        [await orgs.idOf(org)],
      );
      return rows.map(({ record_offset, ...row }) => ({ ...row, offset: BigInt(record_offset) }));
    },
    async lanes() {
      const { rows } = await pool.query<
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
    },
    receipt: async (org, id) => receipt(pool, await orgs.idOf(org), id),
    lists: async (org, filter) => listStates(pool, await orgs.idOf(org), filter),
    list: async (org, list, run) => listState(pool, await orgs.idOf(org), list, run),
  };
}

async function youth(pool: pg.Pool, orgId: number, ref: PersonRef): Promise<LoadedYouth | undefined> {
  const { rows } = await pool.query<Omit<YouthRow, 'n'>>(
    `select y.ref, y.version, y.state, y.lane_id, y.record_offset, y.merged_into,
       exists (select from parked p where p.org_id = y.org_id and p.ref = y.ref and not p.released) as parked
     from youth y where y.org_id = $1 and y.ref = $2`,
    [orgId, ref],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return row.merged_into === null ? loaded(row) : youth(pool, orgId, row.merged_into);
}

async function youthsNamed(
  pool: pg.Pool,
  orgId: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, LoadedYouth>> {
  const { youths: found } = await find(pool, orgId, [], refs);
  for (const [ref, { version, mergedInto }] of found) {
    const now = mergedInto === null ? undefined : await youth(pool, orgId, mergedInto);
    if (now !== undefined) found.set(ref, now);
    else if (version === 0) found.delete(ref);
  }
  return found;
}

/** A server-side cursor: a county's whole year does not fit in memory. */
async function* recordedUpto(
  pool: pg.Pool,
  orgs: OrganisationIds,
  org: OrgId,
  upto: string,
): AsyncGenerator<StoredRecord> {
  const orgId = await orgs.idOf(org);
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    await client.query(
      `declare recorded no scroll cursor for select ${STORED_RECORD} from event e join lane l on l.id = e.lane_id
       where l.org_id = $1 and e.recorded <= $2 order by e.ref, e.version`,
      [orgId, upto],
    );
    for (;;) {
      const { rows } = await client.query<StoredRow>(`fetch ${PAGE} from recorded`);
      for (const row of rows) yield storedRecord(row);
      if (rows.length < PAGE) return;
    }
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}
