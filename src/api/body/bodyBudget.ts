import { HttpProblem } from '../httpProblem.ts';

/** What a body may grow to before it must have room for all that it may become. */
const SMALL = 1024 * 1024;

/** Memory that all submissions together may hold. */
export interface BodyBudget {
  /** @param most what this body can become at worst. */
  open(most: number): BodyShare;
}

export interface BodyShare {
  /** So many bytes more have come. @throws HttpProblem BUSY */
  use(bytes: number): void;
  close(): void;
}

/** Room is taken in two steps, a little and then all, so that of many concurrent large bodies the first ones get
 *  through: taken byte by byte, all would run out of room together. */
export function createBodyBudget(total: number): BodyBudget {
  let taken = 0;
  return {
    open(most) {
      let share = 0;
      let used = 0;
      return {
        use(bytes) {
          used += bytes;
          if (used <= share) return;
          const wanted = used <= SMALL ? SMALL : most;
          if (taken - share + wanted > total) throw busy();
          taken += wanted - share;
          share = wanted;
        },
        close() {
          taken -= share;
          share = 0;
        },
      };
    },
  };
}

function busy(): HttpProblem {
  return new HttpProblem(
    'BUSY',
    'Det tas imot for mange store innsendinger samtidig. Vent litt og send på nytt med samme Idempotency-Key.',
    { retryAfterSeconds: 5 },
  );
}
