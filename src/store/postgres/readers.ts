import type pg from 'pg';
import type { OrgId } from '../../core/organisation.ts';
import { StoreUnavailable } from '../unavailable.ts';
import type { Pulse } from './pulse.ts';

// The only way in which statements of requests get a connection: bounded in number, in waiting and in time.

/** A lent connection. */
export type Session = Pick<pg.ClientBase, 'query'>;

export interface Readers {
  /** Does `work` on one connection. @param org the organisation it reads; null for a statement of none
   *  @throws StoreUnavailable */
  use<T>(org: OrgId | null, work: (session: Session) => Promise<T>): Promise<T>;
  /** For a cursor, which outlives one call: `end` gives the connection back, with the error if there was one.
   *  @throws StoreUnavailable */
  lend(org: OrgId | null): Promise<{ session: Session; end(error?: Error): void }>;
}

export interface ReaderLimits {
  /** Requests that may wait for a connection; those beyond are refused immediately. */
  mostWaiting: number;
  /** Ends the waiting for a database that has fallen silent. */
  pulse: Pick<Pulse, 'during'>;
}

const UNLIMITED: ReaderLimits = {
  mostWaiting: Number.POSITIVE_INFINITY,
  pulse: { during: (work) => work() },
};

export function createReaders(
  pool: Pick<pg.Pool, 'connect' | 'waitingCount'>,
  { mostWaiting, pulse }: ReaderLimits = UNLIMITED,
): Readers {
  async function lend(_org: OrgId | null) {
    if (pool.waitingCount >= mostWaiting) throw new StoreUnavailable('busy');
    const connecting = pool.connect();
    const client = await pulse
      .during(() => connecting)
      .catch((error: unknown) => {
        // It may still come, for a request that has been answered.
        connecting.then((late) => late.release()).catch(() => undefined);
        throw unavailable(error);
      });
    const query = ((...asked: Parameters<pg.ClientBase['query']>) =>
      pulse
        .during(() => client.query(...asked) as unknown as Promise<unknown>)
        .catch((error: unknown) => {
          throw unavailable(error);
        })) as unknown as Session['query'];
    // A statement that failed may still run: its connection is closed, never lent again.
    return { session: { query }, end: (error?: Error) => client.release(error) };
  }

  return {
    lend,
    async use(org, work) {
      const { session, end } = await lend(org);
      let failed: Error | undefined;
      try {
        return await work(session);
      } catch (error) {
        failed = error instanceof Error ? error : new Error('a statement failed', { cause: error });
        throw error;
      } finally {
        end(failed);
      }
    },
  };
}

/** Each statement on a connection of its own, as a pool gives it. */
export function sessionOf(readers: Pick<Readers, 'use'>): Session {
  const query = (...asked: Parameters<pg.ClientBase['query']>) =>
    readers.use(null, (session) => session.query(...asked) as unknown as Promise<unknown>);
  return { query: query as unknown as Session['query'] };
}

/** What the server says when it ended a statement: query_canceled, lock_not_available, idle in transaction. */
const SLOW: ReadonlySet<string> = new Set(['57014', '55P03', '25P03']);
/** The connection, or the server: class 08 connection exceptions; 53300 too many connections; 57P01 to 57P03 shutting
 *  down, crashed, starting up; and the operating system's. */
const SILENT = /^(08...|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;
/** Of the client, which gives them no code. */
const SILENT_TEXT = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** An error of the connection or of a time limit becomes `StoreUnavailable`; any other is returned as it came. */
export function unavailable(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const { code = '' } = error as { code?: string };
  if (SLOW.has(code)) return new StoreUnavailable('slow', { cause: error });
  if (SILENT.test(code) || SILENT_TEXT.test(error.message))
    return new StoreUnavailable('silent', { cause: error });
  return error;
}
