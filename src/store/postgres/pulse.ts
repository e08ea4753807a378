import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { StoreUnavailable } from '../unavailable.ts';

/** Whether the database answers. A silent server ends no statement itself, and for a client it is like a slow one:
 *  the shortest statement is asked again and again on a connection of its own. */
export interface Pulse {
  /** False before the first answer. */
  answers(): boolean;
  /** Settles as `work` does, or rejects as soon as the database falls silent. @throws StoreUnavailable */
  during<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const EVERY_MS = 500;
/** A request is to be answered within two seconds, and this may begin half a second after it. */
const SILENT_MS = 1_000;
/** A timer this late: the process itself was busy, and the answer may already have come. */
const LATE_MS = 100;

/** Resolves once the database has been asked for the first time. */
export async function startPulse(parts: {
  /** For this alone, with one connection. */
  pool: Pick<pg.Pool, 'connect'>;
  /** Once per change. */
  changed(answers: boolean, error?: unknown): void;
  everyMs?: number;
  silentMs?: number;
}): Promise<Pulse> {
  const { everyMs = EVERY_MS, silentMs = SILENT_MS } = parts;
  const stopping = new AbortController();
  let client: pg.PoolClient | undefined;
  let alive = false;
  /** Aborted when the database falls silent; replaced when it answers again. */
  let silence = new AbortController();

  async function ask(): Promise<void> {
    client ??= await parts.pool.connect();
    await withinTime(client.query('select 1'), silentMs);
  }

  async function once(): Promise<void> {
    try {
      await ask();
      if (alive) return;
      alive = true;
      silence = new AbortController();
      parts.changed(true);
    } catch (error) {
      // Destroys the connection when a statement waits on it.
      client?.release(true);
      client = undefined;
      if (!alive || stopping.signal.aborted) return;
      alive = false;
      silence.abort(new StoreUnavailable('silent', { cause: error }));
      parts.changed(false, error);
    }
  }

  async function beat(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await once();
    }
  }

  await once();
  const beating = beat();
  return {
    answers: () => alive,
    during(work) {
      if (!alive) return Promise.reject(new StoreUnavailable('silent'));
      const { signal } = silence;
      return new Promise((resolve, reject) => {
        const silent = () => reject(signal.reason);
        signal.addEventListener('abort', silent, { once: true });
        work()
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', silent));
      });
    },
    async stop() {
      stopping.abort();
      await beating;
      client?.release(true);
    },
  };
}

/** @throws when `work` takes longer, unless the process was too busy to see its end */
async function withinTime(work: Promise<unknown>, ms: number): Promise<void> {
  let ended = false;
  const done = work.finally(() => {
    ended = true;
  });
  done.catch(() => undefined);
  for (;;) {
    const began = performance.now();
    const timer = new AbortController();
    await Promise.race([done, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
    if (ended) return void (await done);
    if (performance.now() - began < ms + LATE_MS) throw new Error(`no answer within ${ms} ms`);
  }
}
