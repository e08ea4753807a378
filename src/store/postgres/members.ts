import type pg from 'pg';
import { laneName, type Member } from '../deal.ts';

// Membership by advisory locks: which members are alive, which lanes each can work and which it holds. The database
// releases the locks when the session ends. A member's row is valid while its lock is held.

const MEMBER = 7_067_004;
const LANE = 7_067_003;
/** Channel on which members say that lanes are to be dealt again. */
const CHANGED = 'ot_lanes';

const HELD = `locktype = 'advisory' and granted and objsubid = 2
  and database = (select oid from pg_database where datname = current_database())`;

/** Joins as a member. @returns the member's id */
export async function join(client: pg.Client, topics: Member['topics']): Promise<number> {
  // Rows of dead members; also one that had this id before the sequence was reset.
  await client.query(
    `delete from member where id not in (select objid::bigint from pg_locks where classid = $1 and ${HELD})`,
    [MEMBER],
  );
  // Locked before the row is visible, so that no other member deletes it as abandoned.
  await client.query('begin');
  const { rows } = await client.query<{ id: number }>(
    'insert into member (topics) values ($1) returning id',
    [JSON.stringify(topics)],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a member was not given a number');
  await client.query('select pg_advisory_lock($1, $2)', [MEMBER, id]);
  await client.query('commit');
  return id;
}

/** The other members deal again when they hear of it, in place of their next look. */
export async function tellChange(client: pg.Client): Promise<void> {
  await client.query(`notify ${CHANGED}`);
}

/** @param changed another member has joined, left, or let lanes go */
export async function hearChanges(client: pg.Client, changed: () => void): Promise<void> {
  await client.query(`listen ${CHANGED}`);
  // `processID`: what the types leave out, the session's own.
  const own = (client as pg.Client & { processID: number | null }).processID;
  client.on('notification', ({ processId }) => {
    if (processId !== own) changed();
  });
}

/** Ends the session, and with it its locks. */
export async function leave(client: pg.Client): Promise<void> {
  // Locks that end with the session would be free only after the others have heard.
  await client.query('select pg_advisory_unlock_all()');
  await tellChange(client);
  await client.end();
}

/** All live members, and the holder of each lane that one of them can work. */
export async function membership(
  client: pg.Client | pg.Pool,
): Promise<{ members: Member[]; held: Map<string, number> }> {
  const { rows: members } = await client.query<Member & { pid: number }>(
    `select m.id, m.topics, l.pid from member m join pg_locks l on l.objid::bigint = m.id and l.classid = $1
     where ${HELD} order by m.id`,
    [MEMBER],
  );
  const names = [...new Set(members.flatMap(({ topics }) => lanesOf(topics)))];
  const { rows: locks } = await client.query<{ name: string; pid: number }>(
    `select name, pid from unnest($2::text[]) name
     join pg_locks on classid = $1 and objid::bigint = (hashtext(name)::bigint & 4294967295) and ${HELD}`,
    [LANE, names],
  );
  const byPid = new Map(members.map(({ pid, id }) => [pid, id]));
  const held = new Map<string, number>();
  for (const { name, pid } of locks) {
    const id = byPid.get(pid);
    if (id !== undefined) held.set(name, id);
  }
  return { members: members.map(({ id, topics }) => ({ id, topics })), held };
}

/** The lanes of `names` that a session holds. */
export async function heldLanes(pool: pg.Pool, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from unnest($2::text[]) name
     join pg_locks on classid = $1 and objid::bigint = (hashtext(name)::bigint & 4294967295) and ${HELD}`,
    [LANE, names],
  );
  return new Set(rows.map(({ name }) => name));
}

/** False while another session holds it. */
export async function takeLane(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as got',
    [LANE, name],
  );
  return rows[0]?.got === true;
}

export async function releaseLane(client: pg.Client, name: string): Promise<void> {
  await client.query('select pg_advisory_unlock($1, hashtext($2))', [LANE, name]);
}

function lanesOf(topics: Member['topics']): string[] {
  return Object.entries(topics).flatMap(([topic, partitions]) =>
    Array.from({ length: partitions }, (_, partition) => laneName(topic, partition)),
  );
}
