import pg from 'pg';
import { clientClass, type DatabaseSecurity } from './clientConfig.ts';

/** Connections to one database. */
export type Pool = pg.Pool;

/** Bigint columns stay text until converted by the caller. */
export interface PoolOptions {
  databaseUrl: string;
  security?: DatabaseSecurity;
  /** Connections kept; each lane uses one at a time, queries and operations the rest. */
  size: number;
  /** Limits of the pool's statements, in milliseconds; none where absent. */
  limits?: StatementLimits;
  /** A broken idle connection: reported, never thrown. The pool opens a new one. */
  onIdleError(error: Error): void;
}

export interface StatementLimits {
  /** The server ends a statement that takes longer. */
  statement: number;
  /** The server ends a statement that waits longer for a lock. */
  lock: number;
  /** The server ends a session that leaves a transaction open without a statement. */
  idleInTransaction: number;
  /** The client gives up a statement without an answer: a silent server ends nothing itself. */
  answer: number;
  /** For a free or a new connection. */
  connection: number;
}

export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    Client: clientClass(options.databaseUrl, options.security),
    max: options.size,
    application_name: 'ot-bridge',
    connectionTimeoutMillis: options.limits?.connection ?? 10_000,
    ...(options.limits === undefined ? {} : timeouts(options.limits)),
    keepAlive: true,
    // Dates and times leave the database as text: a Date would read them in the process's time zone.
    types: {
      getTypeParser: (oid, format) => (TEXT_TYPES.has(oid) ? String : pg.types.getTypeParser(oid, format)),
    },
  });
  pool.on('error', options.onIdleError);
  // The pool listens to idle connections only. One that breaks while checked out, between two statements, emits an
  // error event that would end the process without a listener; the borrower's next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function timeouts({ statement, lock, idleInTransaction, answer }: StatementLimits) {
  return {
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idleInTransaction,
    query_timeout: answer,
  };
}

const TEXT_TYPES: ReadonlySet<number> = new Set([1082, 1114, 1184]);

/** SQL expression for a timestamptz as IsoInstant text. */
export function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
