import type { Day } from './calendar.ts';
import type { SampleRecord } from './record.ts';

/** A youth's registration as it was written. */
export interface Registered {
  /** Day on which OT can know it. */
  known: Day;
  /** The record that told it: what an annulment or a correction refers to. */
  record: SampleRecord;
}
