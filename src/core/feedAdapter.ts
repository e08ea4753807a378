import type { FeedColumns } from './feedColumns.ts';
import type { CountyNumber } from './organisation.ts';
import type { Fodselsnummer, UnreadableNumber } from './person/fodselsnummer.ts';
import type { WrittenName } from './person/personName.ts';
import type { PersonRef } from './person/reference.ts';
import type { Problem } from './problem.ts';
import type { SchoolList } from './schoolList.ts';
import type { IsoDate, IsoInstant } from './time/date.ts';
import type { Feed, StatusEvent } from './youth/statusEvent.ts';

/** The person of a record: by identity number (outside sources), by reference (the bridge's own records), or by the id of
 *  something that the source has reported about the person before. */
export type PersonClaim = NumberClaim | { ref: PersonRef } | { sourceKey: SourceKey };

/** A source's own id of what it reports, e.g. `deltaker:<uuid>`: random, and no person in it. */
export type SourceKey = string;

/** `name` as written: it goes into the vault and nowhere else. */
export interface NumberClaim {
  fodselsnummer: Fodselsnummer;
  name?: WrittenName;
}

/** FINT's sync envelope as it travels in Kafka headers: which list a row belongs to. */
export interface ListEnvelope {
  /** `laktiv` or `ot` (VIGO's nightly lists), `nav` (a month's answers), or one private school's pupils. */
  list: 'laktiv' | 'ot' | 'nav' | SchoolList;
  /** Correlation id of the list; the same for all its rows. At most 80 characters, no person in it. */
  run: string;
  type: 'FULL' | 'DELTA';
  /** Rows in the whole list; null until a manifest gives it. */
  total: number | null;
}

export interface SourceRecord {
  /** The decoded value: JSON or Avro, always plain data. */
  value: unknown;
  /** The moment the record entered Kafka. */
  received: IsoInstant;
  /** From the record's headers, when it is a row of a list. */
  envelope: ListEnvelope | null;
}

export interface AdapterContext {
  /** County number of the organisation whose topic the record came on. */
  county: CountyNumber;
  /** When the register took a code list into use, where that was later than the list's first day (Q12). */
  activations: Readonly<Record<string, IsoDate>>;
  /** `production` refuses synthetic numbers, `test` refuses real-looking ones. */
  environment: 'test' | 'production';
  /**
   * Names a person inside an event id that the bridge makes: keyed with the vault's key, or the number could be found
   * from such an id by trying them all.
   */
  pseudonym(fodselsnummer: Fodselsnummer): string;
  /** Whom NAV was asked about under a match id of a month's list (`B-2026-11`); undefined when it is none. That the person is
   *  in the list is asked for later: any match id gives some reference. */
  askedRef(batch: string, matchId: string): PersonRef | undefined;
  /** The same for a name in its comparable form (core/person/personName.ts), under a key of its own. */
  nameTag(name: string): string;
}

/**
 * What an adapter makes of one record.
 * - `event`: one fact about one youth. `faults`: problems in fields that the decision does not need, of a record that
 *   protects a person; it takes effect all the same.
 * - `listed`: a row of a list: a fact that is held (`hold`) until the list is complete, or applied immediately;
 *   the row counts towards the list either way. `rowKey` is unique in the list.
 * - `renumbered`: a number has replaced another: the fact is about `person` and `former`, who are one. Which of them
 *   is known, if any, is not the adapter's to know.
 * - `manifest`: gives the number of rows of a list; concerns no person.
 * - `notOurs`: a record of another kind, for another receiver; counted, never an error.
 * - `malformed`: ours and broken; quarantined with all problems.
 */
export type Verdict =
  | {
      kind: 'event';
      person: PersonClaim;
      event: StatusEvent;
      faults?: readonly Problem[];
      /** The source may take it back by this alone. */
      sourceKey?: SourceKey;
    }
  | {
      kind: 'listed';
      person: PersonClaim;
      event: StatusEvent;
      envelope: ListEnvelope;
      rowKey: string;
      hold: boolean;
    }
  | {
      kind: 'renumbered';
      /** By the new number. */
      person: NumberClaim;
      /** By the old one. */
      former: NumberClaim;
      event: Extract<StatusEvent, { kind: 'Renumbered' }>;
      faults?: readonly Problem[];
    }
  | { kind: 'manifest'; envelope: ListEnvelope }
  | { kind: 'notOurs'; reason: string }
  | { kind: 'malformed'; problems: Problem[]; row?: BrokenRow };

/** What is known of a row that cannot be used. The row counts in its list all the same, and so does its person. */
export interface BrokenRow {
  /** Null where the row does not say it itself: then its headers do, or it is of no list. */
  envelope: ListEnvelope | null;
  /** The person in it, when the number can be read. */
  person: PersonClaim | null;
  /** The number as written, when it cannot be read: the same one tomorrow is the same row. */
  written: UnreadableNumber | null;
}

/** A posted document that holds a whole list (VIGO's REST answer), taken apart into rows. */
export type Unpacked =
  | { kind: 'rows'; rows: unknown[]; envelope: ListEnvelope | null }
  | { kind: 'malformed'; problems: Problem[] };

/**
 * A feed of one of NAV's registers: it is about people whom the county may not know. Nothing of a record is stored, not even
 * in quarantine, before it is known that it may be kept (core/nav/registers.ts).
 */
export interface RegisterFeed {
  /** What a record is about, the same for all its versions: its key in Kafka. Null when that cannot be read. */
  keyOf(value: unknown): SourceKey | null;
  /** What a record without a value says, as one with a value: the source has deleted what had this key. */
  deleted?(key: string): unknown;
}

/** One feed: pure, no clock, no I/O; knows the field names of its source and nothing else does. */
export interface FeedAdapter {
  feed: Feed;
  /** One line in bokmål: what the feed carries and who sends it. */
  title: string;
  read(record: SourceRecord, context: AdapterContext): Verdict;
  register?: RegisterFeed;
  /** The school or firm that a row is about, of a feed whose rows name one; null when this row does not. */
  institutionOf?(value: unknown): string | null;
  /** For feeds whose source answers with one document: `undefined` when the value is not such a document.
   *  `runId` is made by the caller from the moment of the fetch. */
  unpack?(value: unknown, runId: string): Unpacked | undefined;
  /** The document of which `unpack` makes these rows one whole list; undefined when they are of several lists.
   *  @param shorter the sender has checked that it is right although it is much shorter than the last */
  wholeList?(rows: readonly unknown[], shorter: boolean): unknown;
  /** For feeds whose senders have spreadsheets: the rows as a table. */
  columns?: FeedColumns;
}
