import type { IsoInstant } from '../date.ts';
import { fold } from '../evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../youth.ts';
import type { RecordedEvents } from './register.ts';

export interface KnownYouth {
  ref: string;
  youth: Youth;
}

/** The youths as they stood at a cut-off, for what can only be asked of a whole youth. What comes before its turn waits:
 *  the events of one youth hold in the order of its versions. */
export function readYouths(cutoff: IsoInstant): {
  add(record: RecordedEvents): void;
  finish(): KnownYouth[];
} {
  const known = new Map<string, { version: number; youth: Youth; early: RecordedEvents[] }>();
  return {
    add(record) {
      if (record.recorded > cutoff) return;
      const at = known.get(record.ref) ?? { version: 0, youth: UNKNOWN_YOUTH, early: [] };
      known.set(record.ref, at);
      at.early.push(record);
      for (;;) {
        const next = at.early.findIndex(({ version }) => version === at.version + 1);
        if (next < 0) return;
        const [{ version, events }] = at.early.splice(next, 1) as [RecordedEvents];
        at.version = version;
        at.youth = fold(at.youth, events);
      }
    },
    finish() {
      const youths = [...known].map(([ref, { youth, early }]) => {
        const rest = early.toSorted((one, other) => one.version - other.version);
        return { ref, youth: rest.reduce((so, { events }) => fold(so, events), youth) };
      });
      return youths.sort((one, other) => (one.ref < other.ref ? -1 : 1));
    },
  };
}
