/** Checks that are under way, by upload: who waits for one sees how far it has come. */
export interface Checks {
  /** Begins the check of an upload, or finds the one that is under way. */
  begin(id: string, run: (seen: (rows: number) => void) => Promise<unknown>): UnderWay;
}

export interface UnderWay {
  /** Rows tried so far. */
  rows(): number;
  /** True when it is over, however it ended; false when it is not after so long. */
  isOver(withinMs: number): Promise<boolean>;
}

export function createChecks(): Checks {
  const underWay = new Map<string, UnderWay>();
  return {
    begin(id, run) {
      const begun = underWay.get(id);
      if (begun !== undefined) return begun;
      let rows = 0;
      const over = run((seen) => {
        rows = seen;
      })
        // Who asks for the result finds what went wrong.
        .catch(() => undefined)
        .then(() => {
          underWay.delete(id);
          return true;
        });
      const check: UnderWay = {
        rows: () => rows,
        isOver(withinMs) {
          const { promise: late, resolve } = Promise.withResolvers<boolean>();
          const timer = setTimeout(resolve, withinMs, false);
          return Promise.race([over, late]).finally(() => clearTimeout(timer));
        },
      };
      underWay.set(id, check);
      return check;
    },
  };
}
