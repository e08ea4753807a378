import type { ListEnvelope } from '../../core/feedAdapter.ts';
import type { Problem } from '../../core/problem.ts';

/** A row as the feed reads records, by the file's own number. */
export interface UploadRow {
  number: number;
  record: unknown;
  /** Of its cells; the feed has not judged it yet. */
  problems: readonly Problem[];
}

export interface UploadRows {
  rows: readonly UploadRow[];
  /** When the rows are one whole list: those who are not in it count as missing. */
  envelope: ListEnvelope | null;
}
