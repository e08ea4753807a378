import type { PersonRef } from '../person/reference.ts';
import type { IsoInstant } from '../time/date.ts';
import { fold } from '../youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../youth/youth.ts';
import type { RecordedEvents } from './register.ts';

export interface KnownYouth {
  ref: PersonRef;
  youth: Youth;
}

/** A youth as it was at a cut-off, for what needs the whole youth; undefined when it was not known then.
 *  @param records of one youth, in the order of its versions */
export function youthAt(records: readonly RecordedEvents[], cutoff: IsoInstant): KnownYouth | undefined {
  const before = records.filter(({ recorded }) => recorded <= cutoff);
  const [first] = before;
  if (first === undefined) return undefined;
  return { ref: first.ref, youth: before.reduce((so, { events }) => fold(so, events), UNKNOWN_YOUTH) };
}
