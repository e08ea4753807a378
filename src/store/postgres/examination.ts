import { readdir } from 'node:fs/promises';
import type pg from 'pg';
import type { LaneStop } from '../../core/lane.ts';
import type { AgreementTerm } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { laneName } from '../deal.ts';
import type { Vault } from '../vault.ts';
import { heldLanes } from './members.ts';
import { MIGRATIONS } from './migrate.ts';
import { iso, type Pool } from './pool.ts';

/** What a database is found to be, with nothing created or changed. */
export interface DatabaseExamination {
  /** e.g. 18 */
  version: number;
  /** The protocol, e.g. `TLSv1.3`; null without TLS. */
  tls: string | null;
  /** The server's clock less this machine's, in milliseconds. */
  clockMs: number;
  /** Whether row-level security does not bind the user. */
  unbound: boolean;
  /** Whether a commit is on disk when it is answered. */
  durable: boolean;
  /** Further connections that the server takes. */
  freeConnections: number;
  migrations: { applied: number; known: number };
  /** Null before the first start. */
  installation: Installation | null;
}

export interface Installation {
  /** Roles that the user must be able to become and cannot. */
  missingRoles: string[];
  /** Tables with policies that are not in force. */
  openTables: string[];
  /** Null: the database has none yet. */
  vaultKey: 'right' | 'wrong' | null;
  lanes: { topic: string; partition: number; next: bigint; stopped: LaneStop | null; held: boolean }[];
  /** In force now. */
  accesses: { grants: number; roles: number };
  /** With NAV, of each organisation. `now`: its virtual clock, null where it has none. `waiting`: for a second person. */
  agreements: { org: OrgId; now: IsoInstant | null; terms: AgreementTerm[]; waiting: number }[];
  /** Submissions of the last day without an outcome for a minute. */
  waitingReceipts: number;
  quarantined: number;
  parked: number;
  /** Lists that have begun and are not whole after a day. */
  unfinishedLists: string[];
  /** The last whole list of each kind and organisation. */
  lists: { list: string; org: string; completed: Date }[];
}

/** @throws what the database answers */
export async function examineDatabase(pool: Pool, vault: Vault | null): Promise<DatabaseExamination> {
  const before = Date.now();
  const server = await one<{
    version: number;
    now: string;
    tls: string | null;
    unbound: boolean;
    durable: boolean;
    free: number;
    migrated: boolean;
  }>(pool, SERVER);
  const middle = (before + Date.now()) / 2;
  const known = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).length;
  const applied = server.migrated
    ? (await one<{ count: number }>(pool, 'select count(*)::int as count from schema_version')).count
    : 0;
  return {
    version: server.version,
    tls: server.tls,
    clockMs: Math.round(Number(server.now) - middle),
    unbound: server.unbound,
    durable: server.durable,
    freeConnections: server.free,
    migrations: { applied, known },
    installation: applied === known ? await installation(pool, vault) : null,
  };
}

const SERVER = `
  select current_setting('server_version_num')::int / 10000 as version,
    (extract(epoch from clock_timestamp()) * 1000)::text as now,
    (select version from pg_stat_ssl where pid = pg_backend_pid() and ssl) as tls,
    (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as unbound,
    current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as free,
    to_regclass('schema_version') is not null as migrated`;

async function installation(pool: Pool, vault: Vault | null): Promise<Installation> {
  const { rows: lanes } = await pool.query<{
    topic: string;
    partition: number;
    next: string;
    stands: LaneStop | null;
  }>('select topic, partition, next_offset - offset_shift as next, stands from lane order by 1, 2');
  const held = await heldLanes(
    pool,
    lanes.map(({ topic, partition }) => laneName(topic, partition)),
  );
  const counts = await one<{
    missing: string[] | null;
    open: string[] | null;
    key: Buffer | null;
    grants: number;
    roles: number;
    waiting: number;
    quarantined: number;
    parked: number;
    unfinished: string[] | null;
  }>(pool, COUNTS);
  const { rows: lists } = await pool.query<{ list: string; org: string; completed: string }>(LISTS);
  const { rows: agreements } = await pool.query<Installation['agreements'][number]>(AGREEMENTS);
  return {
    missingRoles: counts.missing ?? [],
    openTables: counts.open ?? [],
    vaultKey:
      counts.key === null || vault === null ? null : counts.key.equals(vault.checkValue) ? 'right' : 'wrong',
    lanes: lanes.map(({ topic, partition, next, stands }) => ({
      topic,
      partition,
      next: BigInt(next),
      stopped: stands,
      held: held.has(laneName(topic, partition)),
    })),
    accesses: { grants: counts.grants, roles: counts.roles },
    agreements,
    waitingReceipts: counts.waiting,
    quarantined: counts.quarantined,
    parked: counts.parked,
    unfinishedLists: counts.unfinished ?? [],
    lists: lists.map(({ list, org, completed }) => ({ list, org, completed: new Date(Number(completed)) })),
  };
}

const VALID = 'revoked_at is null and valid_from <= now() and (valid_to is null or valid_to > now())';

const COUNTS = `
  select
    (select array_agg(name order by name) from unnest(array['ot_audit', 'ot_reader']) name
      where not exists (select from pg_roles where rolname = name and pg_has_role(current_user, oid, 'MEMBER'))) as missing,
    (select array_agg(distinct c.relname::text) from pg_policy p join pg_class c on c.oid = p.polrelid
      where not c.relrowsecurity and c.relnamespace = current_schema()::regnamespace) as open,
    (select value from vault_check) as key,
    (select count(*)::int from access_grant where ${VALID}) as grants,
    (select count(*)::int from role_assignment where ${VALID}) as roles,
    (select count(*)::int from receipt r where r.sent and r.received between now() - interval '1 day' and now() - interval '1 minute'
      and r.rows > (select count(*) from receipt_row w where w.receipt = r.id)) as waiting,
    (select count(*)::int from quarantine where status = 'open') as quarantined,
    (select count(distinct ref)::int from parked) as parked,
    (select array_agg(o.name || ' ' || l.list order by l.opened) from list_run l join organisation o on o.id = l.org_id
      where l.completed is null and l.opened < now() - interval '1 day' and l.opened > now() - interval '30 days') as unfinished`;

const LISTS = `
  select o.name as org, l.list, (extract(epoch from max(l.completed)) * 1000)::text as completed
  from list_run l join organisation o on o.id = l.org_id where l.completed is not null group by 1, 2 order by 1, 2`;

const AGREEMENTS = `
  select o.name as org, ${iso('o.virtual_now')} as now,
    coalesce((select jsonb_agg(jsonb_build_object(
        'from', to_char(a.valid_from, 'YYYY-MM-DD'), 'to', to_char(a.valid_to, 'YYYY-MM-DD'),
        'revoked', case when a.revoked_at is not null then
          jsonb_build_object('at', ${iso('a.revoked_at')}, 'by', a.revoked_by, 'reason', a.revoked_reason) end
      )) from agreement a where a.org_id = o.id), '[]') as terms,
    (select count(*)::int from agreement_proposal p where p.org_id = o.id and p.settled is null) as waiting
  from organisation o order by 1`;

async function one<Row extends pg.QueryResultRow>(pool: Pool, text: string): Promise<Row> {
  const { rows } = await pool.query<Row>(text);
  const [row] = rows;
  if (row === undefined) throw new Error('a question with one answer got none');
  return row;
}
