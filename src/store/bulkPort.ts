import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Problem } from '../core/problem.ts';
import type { GroundKey } from '../core/rules/ground.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { Channel } from '../core/worklist/channel.ts';
import type { WorklistId } from '../core/worklist/worklistId.ts';
import type { AlertKind } from '../core/youth/youthEvent.ts';

// The same act on many youths, as a job that outlives the process. Two implementations, one contract suite
// (test/store/bulkContract.ts).

/** Which rows of a worklist; null: all. */
export interface BulkFilter {
  list: WorklistId;
  owner: string | null;
  kind: AlertKind | null;
  /** With a deadline on that day or before. */
  deadline: IsoDate | null;
  /** Main group of the registration's status. */
  group: number | null;
}

/** What an adviser can do for one, and with the same words for many. */
export type BulkAct =
  /** Tried to reach the youth, and no one answered. */
  | { type: 'contact'; date: IsoDate; channel: Channel }
  /** `code` null: the one that is proposed. */
  | {
      type: 'accept';
      date: IsoDate;
      code: string | null;
      viaOT: 'JA' | 'NEI' | null;
      ground: GroundKey | null;
    };

/** Why a youth of the filter was never to have the act. */
export const LEFT_WHY = [
  'CAME_AFTER',
  'NO_PROPOSAL',
  'OTHER_PROPOSAL',
  'SEVERAL_PROPOSALS',
  'SEVERAL_ROWS',
] as const;
/** Why it did not succeed. */
export const FAILED_WHY = [
  'CHANGED',
  'UNKNOWN_YOUTH',
  'NO_NUMBER',
  'TURNED_AWAY',
  'QUARANTINED',
  'PARKED',
] as const;
export type LeftWhy = (typeof LEFT_WHY)[number];
export type FailedWhy = (typeof FAILED_WHY)[number];

/** waiting: nothing is done; sending: on its way to Kafka, perhaps there; sent: there, and not decided yet; left: was never
 *  to have the act. */
export const MEMBER_STATES = ['waiting', 'sending', 'sent', 'done', 'failed', 'left'] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export interface BulkMember {
  /** In the order of the worklist, from 1. */
  number: number;
  ref: PersonRef;
  /** Of the youth when it was chosen. */
  version: number;
  schoolYear: string | null;
  /** The status it is to have, where the act sets one. */
  code: string | null;
  state: MemberState;
  receipt: string | null;
  receiptRow: number | null;
  /** Of the states `failed` and `left`. */
  why: LeftWhy | FailedWhy | null;
  /** What the feed says of its record. */
  problems: Problem[];
}

export type ChosenMember = Pick<BulkMember, 'number' | 'ref' | 'version' | 'schoolYear' | 'code'> & {
  left: LeftWhy | null;
};

/** Who made a job: by this it is asked again whether they may. No name. */
export type JobMaker =
  | { kind: 'local' }
  | { kind: 'machine'; consumer: string; scopes: readonly string[] }
  | { kind: 'person'; person: string; orgnrs: readonly string[]; groups: readonly string[] };

export type BulkTally = Pick<BulkMember, 'state' | 'why'> & { count: number };

export interface NewBulkJob {
  id: string;
  org: OrgId;
  filter: BulkFilter;
  act: BulkAct;
  reason: string;
  /** By `senderOf`. */
  sender: string;
  /** The name it was made under. */
  by: string;
  /** Null: not known, of a job from before it was kept. */
  maker: JobMaker | null;
  created: IsoInstant;
  /** Lane → offset of the first record that came after it. */
  position: ReadonlyMap<number, bigint>;
  asOf: IsoInstant;
  /** How many could take the act when its maker saw it. */
  shown: number;
}

/** paused: not begun, or stopped; done: every member has its outcome. */
export const BULK_STATES = ['paused', 'running', 'done'] as const;

export interface BulkJob extends NewBulkJob {
  state: (typeof BULK_STATES)[number];
  /** What the work waits for, or was stopped by; null while it waits for nothing. */
  trouble: 'KAFKA_SLOW' | 'NOT_PERMITTED' | null;
  begun: IsoInstant | null;
  ended: IsoInstant | null;
  tally: BulkTally[];
}

/** Of a process that works on jobs. */
export interface BulkLease {
  /** The process's own id, a UUID. */
  by: string;
  now: IsoInstant;
  until: IsoInstant;
}

/** A job under a lease. */
export interface HeldBulk {
  id: string;
  by: string;
}

export interface MemberOutcome {
  number: number;
  state: 'sent' | 'done' | 'failed';
  why: FailedWhy | null;
  /** Of an item at most one. */
  problems: readonly (Problem | ItemProblem)[];
}

export interface BulkReading extends ItemJobReading {
  bulk(org: OrgId, id: string): Promise<BulkJob | undefined>;
  /** Newest first. */
  bulks(org: OrgId, asked: { after: BulkPlace | null; limit: number }): Promise<BulkJob[]>;
  /** By number, those after `after`. None of an unknown job. */
  bulkMembers(
    org: OrgId,
    id: string,
    asked: { states: readonly MemberState[]; after: number; limit: number },
  ): Promise<BulkMember[]>;
}

/** Unique sort key of jobs in time. */
export type BulkPlace = Pick<BulkJob, 'created' | 'id'>;

export interface BulkRecords extends BulkReading, ItemJobRecords {
  /** Paused, with all its members, or not at all. */
  addBulk(job: NewBulkJob, members: readonly ChosenMember[]): Promise<void>;
  /** Of either kind. False when it is done or unknown. @param at when it was begun, kept the first time */
  moveBulk(org: OrgId, id: string, to: 'running' | 'paused', at: IsoInstant): Promise<boolean>;
  /** The next job of the organisations that has something to do (running, or with members in `sent`) and that no other
   *  process holds. A lease that has run out holds nothing. */
  leaseBulk(organisations: readonly OrgId[], lease: BulkLease): Promise<BulkJob | ItemJob | undefined>;
  // What follows is written while the job is held; false when it no longer is, and nothing was.
  /** From here on the members may be in Kafka, under the receipt where they have one together. False also when the job does
   *  not run. */
  sendMembers(
    held: HeldBulk,
    sending: { receipt: string | null; rows: readonly { number: number; row: number | null }[] },
  ): Promise<boolean>;
  /** A member that has its outcome already keeps it. */
  settleMembers(held: HeldBulk, outcomes: readonly MemberOutcome[]): Promise<boolean>;
  /** Gives the job back, with what it waits for. A running one of which nothing is left to do is done; another is paused where
   *  it `stops`. */
  returnBulk(
    held: HeldBulk,
    note: { at: IsoInstant; trouble: BulkJob['trouble']; stops?: boolean },
  ): Promise<boolean>;
}

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
  /** Null: not known, of a job from before it was kept. */
  maker: JobMaker | null;
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

/** Members in the state, whatever the reason. */
export function membersIn(tally: readonly BulkTally[], ...states: readonly MemberState[]): number {
  return tally.reduce((sum, { state, count }) => sum + (states.includes(state) ? count : 0), 0);
}

/** The same tally has the same order in both stores. */
export function inTallyOrder(tally: readonly BulkTally[]): BulkTally[] {
  const place = ({ state, why }: BulkTally) => MEMBER_STATES.indexOf(state) * 100 + WHY_ORDER.indexOf(why);
  return [...tally].sort((one, other) => place(one) - place(other));
}

const WHY_ORDER: readonly BulkTally['why'][] = [null, ...FAILED_WHY, ...LEFT_WHY];
