import type { ListEnvelope } from '../core/feedAdapter.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { ProgressState } from '../core/worklist/alertProgress.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
import type { IdentityOperations } from './identityPort.ts';
import type { LogOperations } from './logPort.ts';

/** Writes outside the pipeline: submissions, operations, list bookkeeping, clocks. */
export interface Operations extends IdentityOperations, LogOperations {
  /** An alert has been opened or handled where it was received: the first report of each counts. */
  noteProgress(note: ProgressNote): Promise<void>;
  /** A new receipt, or the one that has this idempotency key; `conflict` when the body differs. */
  openReceipt(entry: {
    id: string;
    org: OrgId;
    feed: Feed;
    rows: number;
    idempotencyKey: string | null;
    bodyHash: Buffer;
    received: IsoInstant;
    /** By `senderOf`: an idempotency key is its sender's own. */
    sender: string;
    /** The school it is sent for, where the sender's access is a school's. */
    institution: string | null;
    /** Of rows of an uploaded file. */
    source?: ReceiptSource;
  }): Promise<{ id: string; state: 'new' | 'repeated' | 'conflict'; sent: boolean }>;
  /** Kafka has acknowledged all rows of the receipt. */
  receiptSent(id: string): Promise<void>;
  /** Receipts of the interval whose rows Kafka has acknowledged and that have rows without an outcome. */
  waitingReceipts(
    org: OrgId,
    between: { from: IsoInstant; to: IsoInstant },
  ): Promise<{ id: string; feed: Feed; received: IsoInstant; waiting: number }[]>;
  /** Sets the offset at which the lane's next owner resumes, with an audit record. False when the lane is no longer
   *  at `stoppedAt`. */
  resumeLane(act: LaneResumption): Promise<boolean>;
  /** Takes an open item for sending it: false when it is not open, or another has taken it within the last minute. */
  claimQuarantine(org: OrgId, id: string): Promise<boolean>;
  /** It was not sent, and may be taken again. */
  unclaimQuarantine(org: OrgId, id: string): Promise<void>;
  /** Closes an item; false when it was not open. */
  settleQuarantine(
    org: OrgId,
    id: string,
    status: 'replayed' | 'discarded',
    reason: string,
  ): Promise<boolean>;
  /** Unparks the youth and returns its parked records, oldest first. They are kept until `unparked` confirms that
   *  they are in Kafka again; until then the call is idempotent. */
  unpark(
    org: OrgId,
    ref: PersonRef,
  ): Promise<{ topic: string; partition: number; offset: bigint; sealed: Buffer }[]>;
  unparked(org: OrgId, ref: PersonRef): Promise<void>;
  /** FULL lists whose rows have all been seen and that have no verdict yet, oldest first. @param choose of them those whose
   *  rows are to be read; all when left out */
  completeLists(
    choose?: (lists: readonly ListHead[]) => Promise<readonly ListHead[]>,
  ): Promise<CompleteList[]>;
  concludeList(org: OrgId, list: string, run: string, judged: ListJudged): Promise<void>;
  /** Completes the lists that have as many records as announced and none since `quietSince`: a missing row is a row
   *  that came twice. @returns how many */
  closeQuietLists(org: OrgId, quietSince: IsoInstant): Promise<number>;
  /** Concluded lists to which persons have been added since. */
  lateLists(org: OrgId): Promise<LateList[]>;
  markLateReported(org: OrgId, list: string, run: string, refs: readonly PersonRef[]): Promise<void>;
  /** Lists that received further rows after they were complete, not yet reported. */
  surplusLists(org: OrgId): Promise<{ list: ListName; run: string; records: number }[]>;
  markSurplusReported(org: OrgId, list: string, run: string, records: number): Promise<void>;
  /** An operator's decision on a list, with who and why; the list is judged again. False when the list's verdict is
   *  no longer the one that was `seen` (optimistic locking). */
  actOnList(act: ListAct): Promise<boolean>;
  /** FULL lists opened before `openedBefore` or then, still incomplete and not yet reported. */
  overdueLists(org: OrgId, openedBefore: IsoInstant): Promise<OverdueList[]>;
  /** The incomplete list has been reported. */
  markOverdueReported(org: OrgId, list: string, run: string): Promise<void>;
  /** The latest concluded list of the kind: the next is measured against it. */
  lastConcluded(org: OrgId, list: string): Promise<{ total: number; completed: IsoInstant } | null>;
  /** The last `count` concluded lists of the kind, newest first; with `before`, only older ones. */
  pastLists(org: OrgId, list: string, count: number, before: ListMoment | null): Promise<PastList[]>;
  /** Youths that are due, at most `limit`. */
  due(org: OrgId, now: IsoInstant, limit: number): Promise<{ ref: PersonRef; due: IsoInstant }[]>;
  /** Virtual clock of an organisation; null when it runs on real time. */
  virtualNow(org: OrgId): Promise<IsoInstant | null>;
  /** Advances a virtual clock; never moves it back. */
  moveClock(org: OrgId, now: IsoInstant): Promise<IsoInstant>;
  saveSnapshot(snapshot: ReportSnapshot): Promise<void>;
  snapshot(org: OrgId, referenceDate: IsoDate): Promise<ReportSnapshot | undefined>;
}

/** Which rows of which file a receipt is for. */
export interface ReceiptSource {
  /** Keyed hash of the file as it was uploaded. */
  fileHash: Buffer;
  /** As the spreadsheet numbers them, rising. */
  sheetRows: readonly number[];
}

export interface ProgressNote {
  org: OrgId;
  ref: PersonRef;
  cause: string;
  state: ProgressState;
  at: IsoInstant;
}

/** An operator's decision on where a lane resumes. Offsets are Kafka's. */
export interface LaneResumption {
  topic: string;
  partition: number;
  /** Code of the error that stopped the lane. */
  code: string;
  stoppedAt: bigint;
  /** First offset to read. */
  from: bigint;
  /** The topic has been recreated: the new log is read under offsets that have not been used. */
  otherLog: boolean;
  reason: string;
}

export type ListName = ListEnvelope['list'];

/** Lists are ordered by when their first row came, then by run. */
export interface ListMoment {
  opened: IsoInstant;
  run: string;
}

/** A list without its rows. */
export interface ListHead extends ListMoment {
  org: OrgId;
  list: ListName;
}

export interface CompleteList extends ListHead {
  total: number;
  completed: IsoInstant;
  /** References in this list, those in broken rows too; here and below, merged youths under their current reference. */
  refs: PersonRef[];
  /** Broken rows whose person is unknown, by content. */
  nameless: string[];
  /** All broken rows. */
  bad: number;
  /** Held rows, sealed, in row order. */
  held: { rowKey: string; ref: PersonRef; sealed: Buffer }[];
  /** A list opened later has been concluded. */
  outdated: boolean;
  /** An operator has accepted how much shorter it is. */
  confirmed: boolean;
  /** An operator has declared it complete: no missing person is in a broken row. */
  vouched: boolean;
}

/** A concluded list. */
export interface PastList {
  refs: PersonRef[];
  nameless: string[];
  /** Persons who may be in an unidentified row, each with the unidentified rows of the last list they were surely
   *  in. */
  doubtful: Doubtful[];
}

export interface Doubtful {
  ref: PersonRef;
  base: string[];
}

export interface ListJudged {
  verdict: 'concluded' | 'refused' | 'superseded';
  reason: string | null;
  /** Number of persons the reason concerns. */
  affected: number | null;
  doubtful: readonly Doubtful[];
  /** Persons in it when it was judged; those who come later are late. Null where no absence was concluded. */
  refs: readonly PersonRef[] | null;
}

export interface LateList {
  list: ListName;
  run: string;
  completed: IsoInstant;
  refs: PersonRef[];
}

export interface ListAct {
  org: OrgId;
  list: string;
  run: string;
  act: 'confirm' | 'drop' | 'conclude';
  who: string;
  reason: string;
  recorded: IsoInstant;
  /** Verdict when the operator decided. */
  seen: ListState['verdict'];
}

export interface OverdueList {
  list: ListEnvelope['list'];
  run: string;
  /** Expected rows; null until the manifest has come. */
  total: number | null;
  /** Rows received. */
  rows: number;
}

/** A list as shown to operators. */
export interface ListState extends ListMoment {
  list: ListName;
  type: ListEnvelope['type'];
  /** Expected rows; null until the manifest has come. */
  total: number | null;
  /** Distinct rows seen. */
  seen: number;
  /** Records seen, repeated rows included. */
  records: number;
  bad: number;
  /** Broken rows whose person is unknown. */
  nameless: number;
  completed: IsoInstant | null;
  verdict: ListJudged['verdict'] | 'dropped' | null;
  reason: string | null;
  affected: number | null;
  /** Persons not reported missing because they may be in a broken row. */
  doubtful: number;
  /** Rows that came after it was complete and were not in it. */
  surplus: number;
  /** A list opened later is complete or concluded. */
  outdated: boolean;
  acts: Pick<ListAct, 'act' | 'who' | 'reason' | 'recorded'>[];
}

export interface ReportSnapshot {
  org: OrgId;
  referenceDate: IsoDate;
  cutoff: IsoInstant;
  /** Canonical JSON bytes: building it again gives the same bytes. */
  content: Buffer;
}
