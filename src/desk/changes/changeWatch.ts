import type { OrgId } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { LaneHead } from '../../store/queriesPort.ts';
import { DeskRefusal } from '../refusal.ts';

/** Lets readers of changes wait until there are any: the database is asked for all of them together. */
export interface ChangeWatch {
  /** A place among those who wait or listen. @returns what gives it back @throws DeskRefusal TOO_MANY_READERS */
  enter(reader: string): () => void;
  /** Resolves when something may have been committed after the cursors, when the time is up, or at shutdown. */
  wait(org: OrgId, lanes: ReadonlyMap<number, bigint>, ms: number): Promise<void>;
  /** Shutting down: who waits is answered, and no more may. */
  readonly ended: boolean;
}

/** The database is asked no more often. */
const EVERY_MS = 500;
const MOST_READERS = 100;
/** One system with more connections than this loses nothing by sharing them. */
const MOST_OF_ONE = 5;

interface Waiter {
  org: OrgId;
  lanes: ReadonlyMap<number, bigint>;
  wake(): void;
}

export function createChangeWatch(parts: {
  /** Of all organisations. */
  heads(): Promise<LaneHead[]>;
  stopping: AbortSignal;
  everyMs?: number;
}): ChangeWatch {
  const { heads, stopping, everyMs = EVERY_MS } = parts;
  const readers = new Map<string, number>();
  const waiters = new Set<Waiter>();
  let asking: NodeJS.Timeout | null = null;

  const ask = async () => {
    // While the database does not answer, those who wait go on waiting.
    const known = await heads().catch((): LaneHead[] => []);
    for (const waiter of [...waiters]) if (isBehind(waiter, known)) waiter.wake();
    asking = null;
    askLater();
  };
  const askLater = () => {
    if (asking === null && waiters.size > 0) asking = setTimeout(() => void ask(), everyMs);
  };
  stopping.addEventListener('abort', () => {
    if (asking !== null) clearTimeout(asking);
    for (const waiter of [...waiters]) waiter.wake();
  });

  return {
    get ended() {
      return stopping.aborted;
    },
    enter(reader) {
      const own = readers.get(reader) ?? 0;
      const all = [...readers.values()].reduce((sum, each) => sum + each, 0);
      if (stopping.aborted || own >= MOST_OF_ONE || all >= MOST_READERS) throw tooMany();
      readers.set(reader, own + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        const now = (readers.get(reader) ?? 1) - 1;
        if (now > 0) readers.set(reader, now);
        else readers.delete(reader);
      };
    },
    async wait(org, lanes, ms) {
      if (stopping.aborted || ms <= 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiter: Waiter = { org, lanes, wake: resolve };
      waiters.add(waiter);
      const timer = setTimeout(resolve, ms);
      askLater();
      await promise;
      clearTimeout(timer);
      waiters.delete(waiter);
    },
  };
}

function isBehind({ org, lanes }: Waiter, heads: readonly LaneHead[]): boolean {
  return heads.some((head) => head.org === org && head.nextOffset > (lanes.get(head.id) ?? 0n));
}

function tooMany(): DeskRefusal {
  return new DeskRefusal('TOO_MANY_READERS', REFUSAL.nb.manyReaders, { retryAfterSeconds: 5 });
}
