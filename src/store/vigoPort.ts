import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { VigoAnswer, VigoRow } from '../core/vigo/otFile.ts';

/** A file as it was handed out, without numbers. */
export interface VigoFile {
  id: string;
  version: string;
  made: IsoInstant;
  by: string;
  /** SHA-256 of the file. */
  hash: Buffer;
}

/** A row of it, and which youth it is about. */
export interface VigoFileRow extends VigoRow {
  ref: PersonRef;
}

export interface VigoFileState extends Omit<VigoFile, 'hash'> {
  rows: number;
  accepted: number;
  refused: number;
  waiting: number;
}

/** A row that needs an adviser: refused, or without an answer for long. */
export interface VigoOpenRow extends VigoFileRow {
  file: string;
  made: IsoInstant;
  state: 'refused' | 'waiting';
  code: string | null;
}

/** What has been reported to VIGO's register. Two implementations, one contract suite. */
export interface VigoRecords {
  /** @param after how many files there were when what it reports was chosen
   *  @returns false when there are more by now: what is in them would be reported twice */
  addVigoFile(org: OrgId, file: VigoFile, rows: readonly VigoFileRow[], after: number): Promise<boolean>;
  /** How many files there are, and of each youth that has been reported the last content, unless it was refused. */
  lastReported(org: OrgId): Promise<{ files: number; last: Map<PersonRef, VigoRow> }>;
  /** Newest first. */
  vigoFiles(org: OrgId, limit: number): Promise<VigoFileState[]>;
  /** Rows in their order. Undefined: no such file. */
  vigoFile(org: OrgId, file: string): Promise<{ hash: Buffer; rows: VigoFileRow[] } | undefined>;
  /** Refused ones, and those of files made before `waitingSince` that have no answer; oldest first. A youth's newest report
   *  alone: one that has been reported again is no longer open. */
  openVigoRows(org: OrgId, waitingSince: IsoInstant, limit: number): Promise<VigoOpenRow[]>;
  /**
   * Stores the outcome of each row, all or none.
   * @returns `known`: the same receipt has been read before; `unknown`: a row is of no file of ours
   */
  answerVigo(
    org: OrgId,
    receipt: { hash: Buffer; at: IsoInstant; by: string; answers: readonly VigoAnswer[] },
  ): Promise<'stored' | 'known' | 'unknown'>;
  /** Refuses with `code` what of a file has no answer. @returns how many rows; undefined: no such file */
  withdrawVigo(org: OrgId, file: string, at: IsoInstant, code: string): Promise<number | undefined>;
  /** A file whose rows are not on the topic yet; oldest first. */
  unpublishedVigo(org: OrgId): Promise<{ id: string; made: IsoInstant; rows: VigoFileRow[] } | undefined>;
  publishedVigo(org: OrgId, file: string): Promise<void>;
}
