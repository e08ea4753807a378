import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { BulkJob, BulkMember, MemberState } from './bulkPort.ts';

// The same act on all of a group of operations: what is alike in quarantine, or who waits. A job as those on youths are, in the
// same tables, under the same lease.

/** What is done with each. */
export type ItemAct =
  /** A quarantined record is sent as it came, or laid aside. */
  | { type: 'replay' | 'discard' }
  /** It is sent with another value in the field. */
  | { type: 'mend'; field: string; value: string }
  /** The parked records of a person go on. */
  | { type: 'release' };

export interface NewItemJob {
  id: string;
  org: OrgId;
  act: ItemAct;
  /** What the group is, as a digest: one job at a time runs on it. */
  group: string;
  /** Alike, and not included: they came after what the operator had seen. */
  later: number;
  reason: string;
  /** By `senderOf`. */
  sender: string;
  /** The name it was made under. */
  by: string;
  created: IsoInstant;
}

/** Runs from when it is made; paused: stopped, for good. */
export type ItemJob = NewItemJob & Pick<BulkJob, 'state' | 'trouble' | 'begun' | 'ended' | 'tally'>;

/** Why one did not succeed. */
export interface ItemProblem {
  /** Of a problem, a refusal or an outcome; `FAILED` for what the machinery is to blame for. */
  code: string;
  /** Why, and what to do (bokmål). */
  text: string;
}

/** One of the group; its problem says why it did not succeed. */
export interface JobItem extends Pick<BulkMember, 'number' | 'state'> {
  /** Id of the quarantined item, or reference of the person. */
  item: string;
  problem: ItemProblem | null;
}

export interface ItemJobReading {
  itemJob(org: OrgId, id: string): Promise<ItemJob | undefined>;
  /** The one that runs on the group. */
  runningItemJob(org: OrgId, group: string): Promise<ItemJob | undefined>;
  /** By number, those after `after`. None of an unknown job. */
  jobItems(
    org: OrgId,
    id: string,
    asked: { states: readonly MemberState[]; after: number; limit: number },
  ): Promise<JobItem[]>;
}

export interface ItemJobRecords extends ItemJobReading {
  /** Running, with all its items in this order. False when another job runs on the group, and nothing was written. */
  addItemJob(job: NewItemJob, items: readonly string[]): Promise<boolean>;
}
