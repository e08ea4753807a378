import pg from 'pg';

/** A pool whose results are read as the rest of the code expects: bigint columns stay text until asked. */
export interface PoolOptions {
  databaseUrl: string;
  /** Connections kept; each lane uses one at a time, readers and operators the rest. */
  size: number;
  /** A broken idle connection: told, never thrown. The pool opens a new one by itself. */
  onIdleError(error: Error): void;
}

export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.size,
    application_name: 'ot-bridge',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Dates and times leave the database as text: a Date would read them in the process's time zone.
    types: {
      getTypeParser: (oid, format) => (TEXT_TYPES.has(oid) ? String : pg.types.getTypeParser(oid, format)),
    },
  });
  pool.on('error', options.onIdleError);
  // The pool listens to idle connections only. One that ends while it is lent out, between two statements, says so as an
  // event too, and without a listener that would end the process; whoever has it fails with its next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** @throws when the database does not answer. */
export async function answers(pool: pg.Pool): Promise<boolean> {
  return (await pool.query('select 1')).rowCount === 1;
}

const TEXT_TYPES: ReadonlySet<number> = new Set([1082, 1114, 1184]);

/** SQL expression that gives a timestamptz as an IsoInstant text. */
export function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
