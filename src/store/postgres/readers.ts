import type pg from 'pg';
import type { OrgId } from '../../core/organisation.ts';
import { StoreBusy } from '../busy.ts';

// The only way in which the API's statements get a connection: bounded in number, in waiting and in time.

/** A lent connection. */
export type Session = Pick<pg.ClientBase, 'query'>;

export interface Readers {
  /** Does `work` on one connection. @param org the organisation it reads; null for a statement of none
   *  @throws StoreBusy when too many already wait */
  use<T>(org: OrgId | null, work: (session: Session) => Promise<T>): Promise<T>;
  /** For a cursor, which outlives one call: `end` gives the connection back, with the error if there was one.
   *  @throws StoreBusy */
  lend(org: OrgId | null): Promise<{ session: Session; end(error?: Error): void }>;
}

export interface ReaderLimits {
  /** Requests that may wait for a connection; those beyond are refused immediately. */
  mostWaiting: number;
  /** What a refused request is advised to wait. */
  retryAfterSeconds: number;
}

const UNLIMITED: ReaderLimits = { mostWaiting: Number.POSITIVE_INFINITY, retryAfterSeconds: 1 };

export function createReaders(
  pool: pg.Pool,
  { mostWaiting, retryAfterSeconds }: ReaderLimits = UNLIMITED,
): Readers {
  async function lend(_org: OrgId | null) {
    if (pool.waitingCount >= mostWaiting) throw new StoreBusy(retryAfterSeconds);
    const client = await pool.connect();
    // A statement that failed may still run: its connection is closed, never lent again.
    return { session: client, end: (error?: Error) => client.release(error) };
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
