import { by } from '../order.ts';
import type { PersonRef } from '../person/reference.ts';
import type { IsoInstant } from '../time/date.ts';
import { fold } from '../youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../youth/youth.ts';
import type { RecordedEvents } from './register.ts';

export interface KnownYouth {
  ref: PersonRef;
  youth: Youth;
}

/** The youths as they were at a cut-off, for what needs the whole youth.
 *  `add`: the events of one youth in the order of its versions. */
export function readYouths(cutoff: IsoInstant): {
  add(record: RecordedEvents): void;
  finish(): KnownYouth[];
} {
  const known = new Map<PersonRef, Youth>();
  return {
    add({ ref, recorded, events }) {
      if (recorded <= cutoff) known.set(ref, fold(known.get(ref) ?? UNKNOWN_YOUTH, events));
    },
    finish() {
      const youths = [...known].map(([ref, youth]) => ({ ref, youth }));
      return youths.sort(by(({ ref }) => ref));
    },
  };
}
