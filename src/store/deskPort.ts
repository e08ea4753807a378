import type { ListEnvelope } from '../core/feedAdapter.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
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
  /** FULL lists whose rows have all been seen and that nobody has judged yet. */
  completeLists(): Promise<CompleteList[]>;
  concludeList(org: string, list: string, run: string, judged: ListJudged): Promise<void>;
  /** Calls those lists whole of which as many records as announced have come and none since the moment: what is missing
   *  stands there twice. @returns how many */
  closeQuietLists(org: string, quietSince: IsoInstant): Promise<number>;
  /** Concluded lists that somebody has come to since. */
  lateLists(org: string): Promise<LateList[]>;
  lateTold(org: string, list: string, run: string, refs: readonly string[]): Promise<void>;
  /** Lists that were whole when rows came under their id that were not in them, and nobody has been told. */
  surplusLists(org: string): Promise<{ list: ListName; run: string; records: number }[]>;
  noteSurplus(org: string, list: string, run: string, records: number): Promise<void>;
  /** What a person says of a list, kept with who and why; it is judged anew by it. Only if it still stands as it was
   *  seen: false when it has been judged or settled otherwise meanwhile. */
  actOnList(act: ListAct): Promise<boolean>;
  /** FULL lists begun at the moment or before that are not whole, and that nobody has been told of. */
  overdueLists(org: string, openedBefore: IsoInstant): Promise<OverdueList[]>;
  /** Somebody has been told that the list is not whole. */
  noteOverdue(org: string, list: string, run: string): Promise<void>;
  /** The last list of the kind that was concluded from: what the next is measured against. */
  lastConcluded(org: string, list: string): Promise<{ total: number; completed: IsoInstant } | null>;
  /** The last `count` concluded lists of the kind, newest first; of those that are older than a list, when it is named. */
  pastLists(org: string, list: string, count: number, before: ListMoment | null): Promise<PastList[]>;
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

export type ListName = ListEnvelope['list'];

/** A list's own moment is when its first row came: the newest list is the one that was begun last. */
export interface ListMoment {
  opened: IsoInstant;
  run: string;
}

export interface CompleteList extends ListMoment {
  org: string;
  list: ListName;
  total: number;
  completed: IsoInstant;
  /** References in this list, those in broken rows too; here and below those under which the youths are known now. */
  refs: string[];
  /** Broken rows whose person cannot be known, by what they say. */
  nameless: string[];
  /** All broken rows. */
  bad: number;
  /** Held rows, sealed, in row order. */
  held: { rowKey: string; ref: string; sealed: Buffer }[];
  /** A list that was begun later has been concluded from. */
  outdated: boolean;
  /** A person has said that it may be so much shorter. */
  confirmed: boolean;
  /** A person has said that it is whole as it stands: nobody who is missing stands in a broken row. */
  vouched: boolean;
}

/** A list that was concluded from. */
export interface PastList {
  refs: string[];
  nameless: string[];
  /** Who may have stood in a row without a name, with the nameless rows of the list they surely stood in last. */
  doubtful: Doubtful[];
}

export interface Doubtful {
  ref: string;
  base: string[];
}

export interface ListJudged {
  verdict: 'concluded' | 'refused' | 'superseded';
  reason: string | null;
  /** Whom the reason is about: so many. */
  affected: number | null;
  doubtful: readonly Doubtful[];
  /** Who stood in it when it was judged: who has come since is late. Null where nobody was told to be gone. */
  refs: readonly string[] | null;
}

export interface LateList {
  list: ListName;
  run: string;
  completed: IsoInstant;
  refs: string[];
}

export interface ListAct {
  org: string;
  list: string;
  run: string;
  act: 'confirm' | 'drop' | 'conclude';
  who: string;
  reason: string;
  recorded: IsoInstant;
  /** The verdict it was seen with. */
  seen: ListState['verdict'];
}

export interface OverdueList {
  list: ListEnvelope['list'];
  run: string;
  /** Rows it should have; null until its manifest has come. */
  total: number | null;
  /** Rows that have come. */
  rows: number;
}

/** A list as an operator sees it. */
export interface ListState extends ListMoment {
  list: ListName;
  type: ListEnvelope['type'];
  /** Rows it should have; null until its manifest has come. */
  total: number | null;
  /** Rows seen that are surely different ones. */
  seen: number;
  /** Records seen, those that repeat a row too. */
  records: number;
  bad: number;
  /** Broken rows whose person cannot be known. */
  nameless: number;
  completed: IsoInstant | null;
  verdict: ListJudged['verdict'] | 'dropped' | null;
  reason: string | null;
  affected: number | null;
  /** How many are not told to be missing because they may stand in a broken row. */
  doubtful: number;
  /** Rows that were not in it and came after it was whole. */
  surplus: number;
  /** A list begun later is whole, or has been concluded from. */
  outdated: boolean;
  acts: Pick<ListAct, 'act' | 'who' | 'reason' | 'recorded'>[];
}

export interface ReportSnapshot {
  org: string;
  referenceDate: IsoDate;
  cutoff: IsoInstant;
  /** Canonical JSON bytes; the same bytes whenever it is built again. */
  content: Buffer;
}
