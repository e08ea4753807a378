import { HttpProblem } from '../httpProblem.ts';

/** What a body may grow to before it must have room for all that it may become; until then it has room for what has come:
 *  a hundred senders of a few bytes each take no room from the others. */
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

/** Room is taken as the bytes come, and from a size on for all that may come, so that of many concurrent large bodies the first ones get
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
          const wanted = used <= SMALL ? used : most;
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
