import { HttpProblem } from '../httpProblem.ts';

/** Room for a few at a time of what reads a whole county: reports, worklists, letters. */
export interface Slots {
  /** Waits for a slot, in order of arrival, and gives back what frees it.
   *  @throws HttpProblem BUSY when too many wait already, or the wait is too long */
  take(): Promise<() => void>;
}

/** Two: each takes most of a processor, and the lanes need the other. */
const AT_ONCE = 2;
const MOST_WAITING = 16;
const WAIT_MS = 20_000;

export function createSlots({
  atOnce = AT_ONCE,
  mostWaiting = MOST_WAITING,
  waitMs = WAIT_MS,
}: {
  atOnce?: number;
  mostWaiting?: number;
  waitMs?: number;
} = {}): Slots {
  let taken = 0;
  const waiting: (() => void)[] = [];

  const free = () => {
    const next = waiting.shift();
    // The slot passes on without being free in between: a request that comes now is behind it.
    if (next) next();
    else taken -= 1;
  };
  const freeOnce = () => {
    let freed = false;
    return () => {
      if (!freed) free();
      freed = true;
    };
  };

  return {
    async take() {
      if (taken < atOnce) {
        taken += 1;
        return freeOnce();
      }
      if (waiting.length >= mostWaiting) throw busy();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push(resolve);
      const timer = setTimeout(() => {
        const place = waiting.indexOf(resolve);
        if (place < 0) return;
        waiting.splice(place, 1);
        reject(busy());
      }, waitMs);
      try {
        await promise;
      } finally {
        clearTimeout(timer);
      }
      return freeOnce();
    },
  };
}

function busy(): HttpProblem {
  return new HttpProblem(
    'BUSY',
    'Mange rapporter og lister lages akkurat nå. Prøv igjen om litt; ingenting er endret.',
    { retryAfterSeconds: 10 },
  );
}
