import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoDate } from '../core/time/date.ts';
import type { ProgressOf } from '../core/worklist/alertProgress.ts';
import type { KeptDays, KeptList, KeptYouth, TURNING } from '../core/worklist/kept.ts';
import type { RowPlace } from '../core/worklist/row.ts';
import type { WorklistId } from '../core/worklist/worklistId.ts';
import type { LoadedYouth } from './port.ts';

// The rows of worklists and letters, kept next to the events and brought up to date from them: nothing of it is written by the pipeline's
// commit. Two implementations, one contract suite (test/store/workContract.ts).

/** Null for a youth that cannot be read. */
export type KeepWork = (youth: LoadedYouth, progress: ProgressOf) => KeptYouth | null;

export interface WorkRound {
  /** What the rows are decided by. Others than those they were decided by: all are decided again. */
  rules: string;
  today: IsoDate;
  /** For which rows are kept. When they were kept for fewer, all youths are looked at again. */
  days: KeptDays;
  /** Most youths of committed records, and most of all youths that are looked at. */
  limit: number;
  keepFor(days: KeptDays): KeepWork;
}

/** behind: committed records are not in it yet. Otherwise all are; filling: not all youths have been looked at for these
 *  rules and this day; renewing: they have, and not yet for all the days; done: nothing more is to do. */
export type WorkProgress = 'behind' | 'filling' | 'renewing' | 'done';

export interface WorkProjection {
  /**
   * Brings the rows some steps up to date, in one transaction: the youths of committed records after the cursor, those with
   * an alert that a receiver has opened, and those with records that wait or no longer do; and, for new rules and new days, page by page all youths. Every caller may:
   * one at a time does. While new days are filled in, the rows of the days before are all there.
   */
  projectWork(org: OrgId, round: WorkRound): Promise<WorkProgress>;
}

/** In the order of urgency (R49), or of the deadline alone. */
export type WorkOrder = 'urgency' | 'deadline';

/** Of which youths rows are read: by the units that follow them, null for all. */
export interface WorkReach {
  units: readonly string[] | null;
  /** Of those whose address hides where they are; they are only counted. */
  hiddenUnits: readonly string[] | null;
}

export const ALL_WORK: WorkReach = { units: null, hiddenUnits: null };

export interface WorkAsked {
  rules: string;
  /** The day rows are asked for. */
  today: IsoDate;
  within: WorkReach;
}

export interface WorkPageAsked extends WorkAsked {
  list: Exclude<KeptList, typeof TURNING>;
  /** Rows of youths in hiding are in the list, and not only counted. */
  hidden: boolean;
  /** Youths whose rows are left out of all that is answered. */
  without: readonly PersonRef[];
  order: WorkOrder;
  /** Null: of all. */
  owner: string | null;
  /** Rows after it; null: from the first. */
  after: RowPlace | null;
  limit: number;
}

export interface WorkPage {
  places: RowPlace[];
  /** There are rows after them. */
  more: boolean;
  /** Rows of the owner. */
  total: number;
  /** Of those, how many are urgent. */
  urgent: number;
  /** Of those, how many come before the page. */
  before: number;
  /** Owners of any row of the list, sorted. */
  owners: string[];
  /** Youths in hiding whose rows are not in the list. */
  leftOut: number;
  /** Youths that cannot be read. */
  unreadable: number;
}

export interface WorkCounts {
  /** Lists without rows are absent. */
  lists: { list: WorklistId; rows: number; urgent: number; dueSoon: number; overdue: number }[];
  unreadable: number;
}

export interface WorkReading {
  /** Null: the rows are not all there for these rules and this day. */
  workPage(org: OrgId, asked: WorkPageAsked): Promise<WorkPage | null>;
  /** The youths for whom it turns on one of the kept days what may be shown of them. Null as above. */
  workTurning(org: OrgId, asked: WorkAsked): Promise<PersonRef[] | null>;
  /** Rows with a deadline from `today` up to `soon`, both inclusive, count as due soon. Null as above. */
  workCounts(org: OrgId, asked: WorkAsked & { soon: IsoDate }): Promise<WorkCounts | null>;
}
