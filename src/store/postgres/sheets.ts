import type { OrgId } from '../../core/organisation.ts';
import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import {
  type BuiltSheet,
  type KeptSheet,
  MOST_LOOKED_THROUGH,
  type SheetKey,
  type SheetReading,
  type SheetRecords,
} from '../sheetsPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

/** @param readers of a request, those of its scope */
export function createPostgresSheetReading(orgs: OrganisationIds, readers: Readers): SheetReading {
  async function read<Row extends object>(key: SheetKey, columns: string): Promise<Row | undefined> {
    const values = await keyValues(orgs, key);
    const { rows } = await readers.use(key.org, (session) =>
      session.query<Row>(`select ${columns} from built_sheet s where ${IS_KEY}`, values),
    );
    return rows[0];
  }
  return {
    async keptSheet(key) {
      const row = await read<KeptRow>(key, KEPT);
      return row && keptOf(row);
    },
    async wholeSheet(key) {
      const row = await read<Pick<KeptRow, 'as_of' | 'rules' | 'position'> & { content: string | null }>(
        key,
        `coalesce(s.whole, s.head) as content, ${iso('s.as_of')} as as_of, s.rules, s.position`,
      );
      if (row === undefined || row.content === null) return undefined;
      const { content, as_of: asOf, rules, position } = row;
      return { content, asOf, rules, position: placesOf(position) };
    },
  };
}

/** @param writers lend connections that may write */
export function createPostgresSheets(
  orgs: OrganisationIds,
  readers: Readers,
  writers: Readers,
): SheetRecords {
  /** @returns how many rows it was about */
  const write = async (org: OrgId | null, statement: string, values: readonly unknown[]): Promise<number> => {
    const { rowCount } = await writers.use(org, (session: Session) => session.query(statement, [...values]));
    return rowCount ?? 0;
  };
  return {
    ...createPostgresSheetReading(orgs, readers),
    askSheet: async (key, at, most) =>
      (await write(key.org, ASK, [...(await keyValues(orgs, key)), at, most])) === 1,
    async sheetSeen(key, at) {
      await write(key.org, `update built_sheet s set seen = $9 where ${IS_KEY}`, [
        ...(await keyValues(orgs, key)),
        at,
      ]);
    },
    async leaseSheets(organisations, { by, now, until }) {
      const ids = await Promise.all(organisations.map((org) => orgs.idOf(org)));
      const { rows } = await writers.use(null, (session) =>
        session.query<LeaseRow>(LEASE, [ids, by, now, until]),
      );
      return rows.map((row) => ({ id: row.id, key: keyOf(row) }));
    },
    sheetsRead: async ({ ids, by }, { records, until }) =>
      (await write(
        null,
        'update built_sheet set records = $3, leased_until = $4 where id = any ($1) and leased_by = $2',
        [ids, by, records, until],
      )) > 0,
    keepSheet: async (held, sheet) => (await write(null, KEEP, keptValues(held, sheet))) === 1,
    async returnSheets({ ids, by }, failed) {
      await write(
        null,
        `update built_sheet set leased_by = null, leased_until = null,
           failed = coalesce($3, failed), asked = case when $3::timestamptz is null then asked end
         where id = any ($1) and leased_by = $2`,
        [ids, by, failed],
      );
    },
    async protectionChanged(organisations, position) {
      const ids = await Promise.all(organisations.map((org) => orgs.idOf(org)));
      const { rows } = await readers.use(organisations[0] ?? null, (session) =>
        session.query<{ changed: boolean }>(PROTECTION_CHANGED, [
          ...[ids, [...position.keys()], [...position.values()].map(String), MOST_LOOKED_THROUGH],
        ]),
      );
      return rows[0]?.changed ?? false;
    },
    dropSheets: async (org, { seen, neverSeen }) =>
      write(
        org,
        `delete from built_sheet where org_id = $1 and asked is null
           and case when seen is null then coalesce(built, failed, '-infinity') < $3 else seen < $2 end`,
        [await orgs.idOf(org), seen, neverSeen],
      ),
  };
}

const KEY_COLUMNS = 'org_id, report, on_day, step, counted, whole_county, units, hidden_units';

const IS_KEY = `s.org_id = $1 and s.report = $2 and s.on_day = $3 and s.step = $4 and s.counted = $5::int[]
  and s.whole_county = $6 and s.units = $7::text[] and s.hidden_units = $8::text[]`;

async function keyValues(
  orgs: OrganisationIds,
  { org, report, on, step, counted, within }: SheetKey,
): Promise<unknown[]> {
  const ids = await Promise.all(counted.map((each) => orgs.idOf(each)));
  const { units, hiddenUnits } = within ?? { units: [], hiddenUnits: [] };
  return [
    ...[await orgs.idOf(org), report, on, step, ids.sort((one, other) => one - other)],
    ...[within === null, units, hiddenUnits],
  ];
}

const KEPT = `s.head, s.rules, s.position, ${iso('s.as_of')} as as_of, ${iso('s.built')} as built,
  ${iso('s.seen')} as seen, ${iso('s.asked')} as asked, ${iso('s.failed')} as failed,
  s.leased_by is not null as under_way, s.records`;

const ASK = `insert into built_sheet as s (${KEY_COLUMNS}, asked)
  select $1, $2, $3, $4, $5::int[], $6, $7::text[], $8::text[], $9
  where (select count(*) from built_sheet where org_id = $1 and asked is not null) < $10
  on conflict (${KEY_COLUMNS}) do update set asked = coalesce(s.asked, excluded.asked), failed = null`;

/** A held row is passed over, and the next taken. */
const LEASE = `with first as (
    select id, org_id, on_day, counted, whole_county, units, hidden_units from built_sheet
    where org_id = any ($1) and asked is not null and (leased_by is null or leased_until <= $3)
    order by asked, id limit 1 for update skip locked
  ), next as (
    select b.id from built_sheet b join first f on b.id = f.id or (
      (b.org_id, b.on_day, b.whole_county, b.units, b.hidden_units)
        = (f.org_id, f.on_day, f.whole_county, f.units, f.hidden_units)
      and f.counted <@ array[f.org_id] and b.counted <@ array[b.org_id])
    where b.asked is not null and (b.leased_by is null or b.leased_until <= $3)
    for update of b skip locked
  ), s as (
    update built_sheet set leased_by = $2, leased_until = $4, records = 0 from next
    where built_sheet.id = next.id returning built_sheet.*
  )
  select s.id, o.name as org, s.report, s.on_day::text as on_day, s.step, s.whole_county, s.units, s.hidden_units,
    array(select c.name from organisation c where c.id = any (s.counted) order by c.name collate "C") as counted
  from s join organisation o on o.id = s.org_id order by s.asked, s.id`;

const KEEP = `update built_sheet set head = $3, whole = $4, rules = $5, position = $6, as_of = $7, built = $8,
    asked = null, failed = null, leased_by = null, leased_until = null
  where id = $1 and leased_by = $2`;

/** By each lane's primary key; an event's text names its type. */
const PROTECTION_CHANGED = `select bool_or(since.changed or since.records = $4) as changed
  from lane l left join unnest($2::int[], $3::bigint[]) f(lane_id, starts) on f.lane_id = l.id
    cross join lateral (
      select count(*) as records, coalesce(bool_or(a.body like '%"ProtectionChanged"%'), false) as changed from (
        select body from event where lane_id = l.id and record_offset >= coalesce(f.starts, 0)
        order by record_offset limit $4
      ) a
    ) since
  where l.org_id = any ($1)`;

function keptValues({ id, by }: { id: string; by: string }, sheet: BuiltSheet): unknown[] {
  // Offsets are longer than a number of JSON.
  const position = Object.fromEntries([...sheet.position].map(([lane, offset]) => [lane, String(offset)]));
  const { head, whole, rules, asOf, built } = sheet;
  return [id, by, head, whole, rules, JSON.stringify(position), asOf, built];
}

interface KeptRow {
  head: string | null;
  rules: string;
  position: Record<string, string>;
  as_of: IsoInstant;
  built: IsoInstant;
  seen: IsoInstant | null;
  asked: IsoInstant | null;
  failed: IsoInstant | null;
  under_way: boolean;
  records: number;
}

function keptOf({ head, rules, position, as_of, built, under_way, ...row }: KeptRow): KeptSheet {
  const { seen, asked, failed, records } = row;
  const so = { seen, asked, failed, records, underWay: under_way };
  if (head === null) return { ...so, built: null };
  return { ...so, built: { head, rules, position: placesOf(position), asOf: as_of, built } };
}

function placesOf(position: KeptRow['position']): Map<number, bigint> {
  return new Map(Object.entries(position).map(([lane, offset]) => [Number(lane), BigInt(offset)]));
}

interface LeaseRow extends Pick<SheetKey, 'org' | 'report' | 'step' | 'counted'> {
  id: string;
  on_day: IsoDate;
  whole_county: boolean;
  units: string[];
  hidden_units: string[];
}

function keyOf({
  org,
  report,
  on_day,
  step,
  counted,
  whole_county,
  units,
  hidden_units,
}: LeaseRow): SheetKey {
  const within = whole_county ? null : { units, hiddenUnits: hidden_units };
  return { org, report, on: on_day, step, counted, within };
}
