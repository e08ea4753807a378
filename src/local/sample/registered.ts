import type { Day } from './calendar.ts';
import type { SampleRecord } from './record.ts';

/** A youth's registration in the sample. */
export interface Registered {
  /** Day on which OT can know of it. */
  known: Day;
  /** The record that registered the youth; an annulment or a correction refers to it. */
  record: SampleRecord;
}
