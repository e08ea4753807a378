import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Section } from '../../text/findings.ts';

/** What the checks of `ot doctor` found, and when. */
export interface Checked {
  at: IsoInstant;
  sections: readonly Section[];
}

export interface Checks {
  /** Null: not run yet in this process. */
  last(): Checked | null;
  /** Runs them all; who asks meanwhile gets the same. */
  run(): Promise<Checked>;
}

/** They look at Kafka, the database and the issuers, and may wait for each: they run when someone asks, one at a time. */
export function createChecks(examine: () => Promise<Section[]>, now: () => number): Checks {
  let last: Checked | null = null;
  let running: Promise<Checked> | null = null;
  return {
    last: () => last,
    run() {
      running ??= examine()
        .then((sections) => {
          last = { at: instantOf(now()), sections };
          return last;
        })
        .finally(() => {
          running = null;
        });
      return running;
    },
  };
}
