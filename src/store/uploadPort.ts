import type { OrgId } from '../core/organisation.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Feed } from '../core/youth/statusEvent.ts';

/** Whose a match of columns is: a school's, or a sender's whose access is no school's. The other is null. */
export interface ColumnOwner {
  feed: Feed;
  sender: string | null;
  institution: string | null;
}

/** What was chosen for the columns of a set of headings. */
export interface RememberedColumns {
  /** Keyed hash of the set. */
  headingSet: Buffer;
  /** Keyed hash of a heading (base64) → field; null: the column is not used. */
  columns: Readonly<Record<string, string | null>>;
}

/** Sets of headings that are kept of one owner: those that were used last. */
export const MOST_HEADING_SETS = 50;

/** What is remembered of uploaded lists; no cell or heading of one. Two implementations, one contract suite. */
export interface UploadRecords {
  /** Those of the sets that are remembered, in any order. */
  rememberedColumns(
    org: OrgId,
    owner: ColumnOwner,
    headingSets: readonly Buffer[],
  ): Promise<RememberedColumns[]>;
  /** Replaces what was remembered of the set. */
  rememberColumns(
    org: OrgId,
    owner: ColumnOwner,
    remembered: RememberedColumns & { at: IsoInstant },
  ): Promise<void>;
  /** The first receipt of rows of the file whose rows Kafka has acknowledged; of several at one moment the largest. */
  sentFile(
    org: OrgId,
    sent: { feed: Feed; sender: string; fileHash: Buffer },
  ): Promise<{ receipt: string; received: IsoInstant } | undefined>;
}
