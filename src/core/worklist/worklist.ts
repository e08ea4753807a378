import type { Policy } from '../policy.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { ProgressOf } from './alertProgress.ts';
import type { WorkRow } from './row.ts';
import type { WorklistId } from './worklistId.ts';
import type { YouthCase } from './youthCase.ts';

/** What a list is made for. */
export interface WorkScope {
  today: IsoDate;
  /** The school year of `today`. */
  schoolYear: SchoolYear;
  /** Nothing confirmed since this day is stale: when the running look-through of the wheel began. */
  since: IsoDate;
  policy: Policy;
  progress: ProgressOf;
}

export interface Worklist {
  id: WorklistId;
  /** Bokmål. */
  title: string;
  /** Bokmål: which youths are in it. */
  text: string;
  rows(known: YouthCase, scope: WorkScope): WorkRow[];
  /** Days on which the youth may have other rows in it, besides those on which every list turns. */
  turns?(known: YouthCase, policy: Policy): IsoDate[];
  /** Rows that are kept for a youth past the age limit: those that ask whether that is so, and who it is. */
  pastLimit?: (row: WorkRow) => boolean;
}
