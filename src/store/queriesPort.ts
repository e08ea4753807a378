import type { LaneKey, LaneStop } from '../core/lane.ts';
import type { OrgId } from '../core/organisation.ts';
import type { NumberRef, PersonRef } from '../core/person/reference.ts';
import type { Problem } from '../core/problem.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { AlertProgress } from '../core/worklist/alertProgress.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
import type { ListState } from './operationsPort.ts';
import type { LoadedYouth, Outcome, StoredRecord } from './port.ts';
import type { WorkReading } from './workPort.ts';

/** Read side: what the API and the reports query. Apart from `Store`: readers need nothing of the commit path. */
export interface Queries extends WorkReading {
  /** For a merged youth, its survivor. */
  youth(org: OrgId, ref: PersonRef): Promise<LoadedYouth | undefined>;
  /** All youths of the organisation by reference, each current when its page is read. One that cannot be decoded is
   *  included: without it the list would be silently incomplete. */
  youths(org: OrgId): AsyncIterable<LoadedYouth>;
  /** Reference by keyed hash, if the vault knows it. */
  refOf(hmac: Buffer): Promise<NumberRef | undefined>;
  /** How far the lanes of all organisations are committed. */
  heads(): Promise<LaneHead[]>;
  /** Committed records after a place in each lane, at most `limit` of each or one more (both halves of a merge), by lane
   *  and offset. @param from lane → offset of the first; a lane without one begins at 0 */
  committed(org: OrgId, from: ReadonlyMap<number, bigint>, limit: number): Promise<Committed>;
  /** All records of each youth, oldest first; unknown ones are absent. */
  histories(org: OrgId, refs: readonly PersonRef[]): Promise<Map<PersonRef, StoredRecord[]>>;
  /** All records of the youth, oldest first. */
  history(org: OrgId, ref: PersonRef): Promise<StoredRecord[]>;
  /** Events recorded at or before an instant, by youth and version, in portions: a report as of a cut-off replays one youth
   *  at a time and holds one in memory. */
  recordedUpto(org: OrgId, upto: IsoInstant): AsyncIterable<readonly PackedRecord[]>;
  /** Whether anything was recorded at or before an instant. */
  hasRecords(org: OrgId, upto: IsoInstant): Promise<boolean>;
  /** Youths by reference, keyed as asked; unknown ones are absent. For a merged youth, its survivor. */
  youthsNamed(org: OrgId, refs: readonly PersonRef[]): Promise<Map<PersonRef, LoadedYouth>>;
  /** Records that raised an alert, newest first, from after a given one. */
  latestAlerts(org: OrgId, limit: number, after?: RecordPlace): Promise<StoredRecord[]>;
  /** How far alerts have come where they were received: of these youths, or of all. Alerts without any are absent. */
  alertProgress(org: OrgId, refs: readonly PersonRef[] | null): Promise<KnownProgress[]>;
  quarantine(
    org: OrgId,
    filter: { status: QuarantineStatus; limit: number; after: string | null; alike?: QuarantineKind },
  ): Promise<QuarantineItem[]>;
  quarantineItem(org: OrgId, id: string): Promise<KeptItem | undefined>;
  /** Items that a row of a receipt has in quarantine, the oldest first. */
  quarantineOfRow(org: OrgId, receipt: string, row: number): Promise<KeptItem[]>;
  /** Open items by what their first problem is: the largest group first, at most `limit`. @param asked `day`, `week`: moments;
   *  each group says how many of its items came before them. `alike`: only the group of that kind */
  quarantineGroups(
    org: OrgId,
    asked: {
      day: IsoInstant;
      week: IsoInstant;
      limit: number;
      after: QuarantineGroupPlace | null;
      alike?: QuarantineKind;
    },
  ): Promise<QuarantineGroup[]>;
  /** Open items by topic and the code of their first problem. */
  quarantineSums(org: OrgId): Promise<QuarantineSum[]>;
  /** Records that wait, person by person, at most `limit`. */
  parked(org: OrgId, asked: { limit: number; after: ParkedPlace | null }): Promise<ParkedItem[]>;
  /** How many wait because of what, and since when. */
  parkedSums(org: OrgId): Promise<ParkedSum[]>;
  /** Who waits, by the topic of the record that stopped; the most persons first. */
  waitingGroups(org: OrgId): Promise<WaitingSum[]>;
  /** Of some topics, those who have waited longest first, at most `limit`. */
  waitingPersons(
    org: OrgId,
    asked: { topics: readonly string[]; limit: number; after: WaitingPlace | null },
  ): Promise<WaitingRow[]>;
  parkedCount(org: OrgId): Promise<number>;
  lanes(): Promise<LaneState[]>;
  /** When the last record that had an effect came, by topic; none of a topic without any. */
  latestRecords(org: OrgId): Promise<Map<string, IsoInstant>>;
  receipt(org: OrgId, id: string): Promise<Receipt | undefined>;
  /** Those of one origin, newest first, at most `limit`. */
  receipts(org: OrgId, asked: ReceiptsAsked): Promise<ReceiptSummary[]>;
  /** Rows of the receipt that have an outcome, by number; none of an unknown receipt. */
  receiptRows(org: OrgId, id: string): Promise<ReceiptRow[]>;
  /** Newest first, at most `limit`; of one kind when given. */
  lists(org: OrgId, filter: { list: string | null; limit: number }): Promise<ListState[]>;
  list(org: OrgId, list: string, run: string): Promise<ListState | undefined>;
}

export interface LaneHead {
  org: OrgId;
  id: number;
  /** Records before it are committed. */
  nextOffset: bigint;
}

/** With the place of the youth's record before. */
export interface CommittedRecord extends StoredRecord {
  previous: { lane: number; offset: bigint } | null;
}

export interface Committed {
  /** Each with the offset up to which its records are committed. */
  lanes: { id: number; nextOffset: bigint }[];
  records: CommittedRecord[];
}

/** How far an alert has come, with its youth and its cause. */
export interface KnownProgress extends AlertProgress {
  ref: PersonRef;
  cause: string;
}

/** Unique sort key of records in time. */
/** A record whose events are in stored form: many are read, and unpacked where they are counted. */
export interface PackedRecord extends Omit<StoredRecord, 'events'> {
  body: string;
}

export type RecordPlace = Pick<StoredRecord, 'recorded' | 'lane' | 'offset' | 'ref'>;

export type QuarantineStatus = 'open' | 'replayed' | 'discarded';

export interface QuarantineItem {
  id: string;
  topic: string;
  partition: number;
  offset: bigint;
  received: IsoInstant;
  problems: Problem[];
  status: QuarantineStatus;
  receipt: string | null;
  row: number | null;
}

/** With the record, sealed. */
export type KeptItem = QuarantineItem & { sealed: Buffer };

/** What is wrong first with an item. */
export interface QuarantineKind {
  topic: string;
  code: string;
  field: string;
  /** The unknown code as sent; null where there is none to show. */
  raw: string | null;
}

export function kindOf({
  topic,
  problems: [first],
}: Pick<QuarantineItem, 'topic' | 'problems'>): QuarantineKind {
  return { topic, code: first?.code ?? '', field: first?.field ?? '', raw: first?.raw ?? null };
}

/** Unique sort key of groups: by size, then by their first item. */
export type QuarantineGroupPlace = Pick<QuarantineGroup, 'items' | 'first'>;

export interface QuarantineSum extends Pick<QuarantineKind, 'topic' | 'code'> {
  items: number;
  oldest: IsoInstant;
}

export interface QuarantineGroup extends QuarantineKind {
  /** Id of the first of its open items by the alphabet. */
  first: string;
  /** Of the problem: the first of them by the alphabet, where they differ. */
  text: string;
  items: number;
  /** Of them: came before a day, and before a week ago. */
  overDay: number;
  overWeek: number;
  oldest: IsoInstant;
  newest: IsoInstant;
}

export interface ParkedItem {
  ref: PersonRef;
  topic: string;
  partition: number;
  offset: bigint;
  received: IsoInstant;
  reason: string;
}

/** Unique sort key of parked records. */
export type ParkedPlace = Pick<ParkedItem, 'ref' | 'topic' | 'partition' | 'offset'>;

export interface ParkedSum {
  reason: string;
  persons: number;
  oldest: IsoInstant;
}

export interface WaitingSum {
  topic: string;
  persons: number;
  records: number;
}

/** A person who waits. */
export interface WaitingRow {
  ref: PersonRef;
  /** The record that stopped, and those behind it. */
  records: number;
  /** When the record that stopped came; of one that has been released, the oldest that waits. */
  since: IsoInstant;
}

export type WaitingPlace = Pick<WaitingRow, 'since' | 'ref'>;

export interface LaneState extends LaneKey {
  epoch: number;
  nextOffset: bigint;
  publishedUpto: bigint;
  /** These offsets less Kafka's. */
  shift: bigint;
  stopped: LaneStop | null;
  counts: Record<Outcome, number>;
}

export interface ReceiptRow {
  row: number;
  outcome: Outcome;
  problems: Problem[];
}

/** Unique sort key of receipts in time. */
export type ReceiptPlace = Pick<Receipt, 'received' | 'id'>;

export interface ReceiptsAsked {
  limit: number;
  /** Only what comes after it; null begins with the newest. */
  after: ReceiptPlace | null;
  /** Null: of all. */
  feeds: readonly Feed[] | null;
  /** Null: by any sender. */
  sender: string | null;
  /** Sent for these schools; null: for any, and for none. */
  institutions: readonly string[] | null;
}

/** A receipt among others. */
export interface ReceiptSummary
  extends Pick<
    Receipt,
    'id' | 'feed' | 'sender' | 'institution' | 'received' | 'rows' | 'counts' | 'resent' | 'final'
  > {
  /** Its rows come from an uploaded file. */
  fromFile: boolean;
  /** As it is kept. */
  idempotencyKey: string | null;
}

export interface Receipt {
  id: string;
  feed: Feed;
  /** By `senderOf`. */
  sender: string;
  /** The school it was sent for; null when it was not sent as a school. */
  institution: string | null;
  received: IsoInstant;
  rows: number;
  /** Of an uploaded file: its rows, as the spreadsheet numbers them, rising. Then `row` is such a number. */
  sheetRows: readonly number[] | null;
  /** Rows by outcome; `waiting` = not yet processed. */
  counts: Record<Outcome, number> & { waiting: number };
  /** Only rows that need the sender: quarantined ones, with the cure. */
  problems: NotedRow[];
  /** Accepted rows that the sender should check all the same. */
  notes: NotedRow[];
  /** Quarantined rows that have been sent again and are not processed yet. */
  resent: number;
  /** Lists that its rows belong to. */
  lists: ListState[];
  /** No row waits, none is on its way again, and no complete list waits for a verdict. */
  final: boolean;
}

export interface NotedRow {
  row: number;
  problems: Problem[];
  kept: KeptState | null;
}

/** What has become of the record that is kept of a row: it can be mended, has been sent again, or was laid aside. */
export type KeptState = 'open' | 'sent' | 'discarded';
