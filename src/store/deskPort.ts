import type { IsoDate, IsoInstant } from '../core/date.ts';
import type { Feed } from '../core/statusEvent.ts';
import type { ListEnvelope } from '../intake/adapter.ts';
import type { IdentityDesk } from './identityPort.ts';

/** What the edges write outside the pipeline: submissions, operator acts, list book-keeping, clocks. */
export interface Desk extends IdentityDesk {
  /** A new receipt, or the one this idempotency key already has; `conflict` when the body differs. */
  openReceipt(entry: {
    id: string;
    org: string;
    feed: Feed;
    rows: number;
    idempotencyKey: string | null;
    bodyHash: Buffer;
    received: IsoInstant;
  }): Promise<{ id: string; state: 'new' | 'repeated' | 'conflict'; sent: boolean }>;
  /** All rows of the receipt are acknowledged by Kafka. */
  receiptSent(id: string): Promise<void>;
  /** Receipts taken within the time that Kafka has acknowledged and that have rows without an outcome. */
  waitingReceipts(
    org: string,
    between: { from: IsoInstant; to: IsoInstant },
  ): Promise<{ id: string; feed: Feed; received: IsoInstant; waiting: number }[]>;
  /** Lets a lane go on from a named place, for its next owner, and keeps a record of it. False when the lane is not
   *  where it was thought to stand. */
  letLaneGoOn(act: LaneGoesOn): Promise<boolean>;
  /** Marks an item as dealt with; false when it was not open. */
  settleQuarantine(
    org: string,
    id: string,
    status: 'replayed' | 'discarded',
    reason: string,
  ): Promise<boolean>;
  /** Lets the youth flow again and gives its parked records, oldest first. They are kept until `unparked` says that
   *  they are in Kafka again; until then the same call gives them once more. */
  unpark(
    org: string,
    ref: string,
  ): Promise<{ topic: string; partition: number; offset: bigint; sealed: Buffer }[]>;
  unparked(org: string, ref: string): Promise<void>;
  /** FULL lists whose rows have all come and that nobody has concluded from yet. */
  completeLists(): Promise<CompleteList[]>;
  concludeList(
    org: string,
    list: string,
    run: string,
    verdict: 'concluded' | 'refused',
    reason: string | null,
  ): Promise<void>;
  /** FULL lists begun at the moment or before that are not whole, and that nobody has been told of. */
  overdueLists(org: string, openedBefore: IsoInstant): Promise<OverdueList[]>;
  /** Somebody has been told that the list is not whole. */
  noteOverdue(org: string, list: string, run: string): Promise<void>;
  /** The last list of the kind that was concluded from: what the next is measured against. */
  lastConcluded(org: string, list: string): Promise<{ total: number; completed: IsoInstant } | null>;
  /** References of the last `count` concluded lists of the kind, newest list first. */
  concludedRefs(org: string, list: string, count: number): Promise<string[][]>;
  /** Youths whose time has come, at most `limit`. */
  due(org: string, now: IsoInstant, limit: number): Promise<{ ref: string; due: IsoInstant }[]>;
  /** The virtual clock of an organisation; null when it runs on real time. */
  virtualNow(org: string): Promise<IsoInstant | null>;
  /** Moves a virtual clock forward; never back. */
  moveClock(org: string, now: IsoInstant): Promise<IsoInstant>;
  saveSnapshot(snapshot: ReportSnapshot): Promise<void>;
  snapshot(org: string, referenceDate: IsoDate): Promise<ReportSnapshot | undefined>;
}

/** An operator's word on where a lane goes on. Offsets are Kafka's. */
export interface LaneGoesOn {
  topic: string;
  partition: number;
  /** Why it stood. */
  code: string;
  stoodAt: bigint;
  /** First offset to be read. */
  from: bigint;
  /** The log is another one than before: it is read under offsets that have not been used. */
  otherLog: boolean;
  reason: string;
}

export interface CompleteList {
  org: string;
  list: ListEnvelope['list'];
  run: string;
  total: number;
  completed: IsoInstant;
  /** References in this list; here and below those under which the youths are known now. */
  refs: string[];
  /** References in the last concluded list of the same kind, null when this is the first. */
  previous: string[] | null;
  /** Held rows, sealed, in row order. */
  held: { rowKey: string; ref: string; sealed: Buffer }[];
}

export interface OverdueList {
  list: ListEnvelope['list'];
  run: string;
  /** Rows it should have; null until its manifest has come. */
  total: number | null;
  /** Rows that have come. */
  rows: number;
}

export interface ReportSnapshot {
  org: string;
  referenceDate: IsoDate;
  cutoff: IsoInstant;
  /** Canonical JSON bytes; the same bytes whenever it is built again. */
  content: Buffer;
}
