import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

export const MIGRATIONS = new URL('../../../schemas/sql/', import.meta.url);
/** Arbitrary constant: concurrent migrations wait for each other on this lock. */
const MIGRATION_LOCK = 7_067_001;
/** A day: the client's limit has no value for none. */
const UNLIMITED_MS = 24 * 60 * 60_000;

export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

/** A database role that the program's login may not create. */
export class MissingRole extends Error {
  override readonly name = 'MissingRole';

  /** @param sql for who administers the server */
  constructor(sql: string) {
    super(
      `Innloggingen i DATABASE_URL kan ikke lage en rolle som broen trenger. Be den som styrer databasen kjøre dette én gang, og start på nytt: ${sql}`,
    );
  }
}

/** Raised by a migration that needs a role; the message is the SQL. */
const ROLE_NEEDED = 'OT006';

/**
 * Applies the missing numbered migrations, each once, also with concurrent starters.
 * @throws MissingRole, NewerSchema when the database has a migration this program does not know.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const files = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  const client = await pool.connect();
  try {
    // A migration of a large database takes the time it takes.
    await client.query(
      "select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)",
    );
    await client.query(unlimited(`select pg_advisory_lock(${MIGRATION_LOCK})`));
    await client.query(
      'create table if not exists schema_version (version int primary key, name text not null, applied timestamptz not null default now())',
    );
    const { rows } = await client.query<{ version: number }>('select version from schema_version');
    const applied = new Set(rows.map((row) => row.version));
    const newest = Math.max(0, ...applied);
    if (newest > files.length) {
      throw new NewerSchema(
        `Databasen har skjemaversjon ${newest}, men dette programmet kjenner bare versjon ${files.length}. Bruk et nyere program.`,
      );
    }
    for (const [index, name] of files.entries()) {
      if (applied.has(index + 1)) continue;
      const sql = await readFile(new URL(name, MIGRATIONS), 'utf8');
      await client.query('begin');
      try {
        await client.query('insert into schema_version (version, name) values ($1, $2)', [index + 1, name]);
        await client.query(unlimited(sql));
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        if (error instanceof pg.DatabaseError && error.code === ROLE_NEEDED)
          throw new MissingRole(error.message);
        throw error;
      }
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    // Closed: its limits are not the pool's.
    client.release(true);
  }
}

function unlimited(text: string) {
  return { text, query_timeout: UNLIMITED_MS };
}
