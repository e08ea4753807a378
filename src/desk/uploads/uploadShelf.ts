import type { OrgId } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ColumnChoices } from '../../upload/columns/columnPlan.ts';
import type { ReadList } from '../../upload/sheet.ts';
import { DeskRefusal } from '../refusal.ts';
import { createShelf, type Shelf } from '../shelf.ts';
import type { KnownColumns } from './columnMemory.ts';
import type { UploadCheck } from './uploadCheck.ts';

/** One file that is being made ready, as long as its sender works on it. In memory alone: nothing of it is stored. */
export interface Upload {
  readonly id: string;
  readonly org: OrgId;
  readonly feed: Feed;
  /** By `senderOf`. */
  readonly sender: string;
  readonly bytes: Buffer;
  /** Keyed hash of `bytes`. */
  readonly fileHash: Buffer;
  /** Rows of the same file have been sent: the first receipt. */
  readonly sentBefore: SentBefore | null;
  /** Null: which of several sheets is not known yet. */
  file: ReadList | null;
  /** Why it is not known, with the names of the sheets; null when it is. */
  readonly fileNeed: string | null;
  /** As the sender gave them here. */
  choices: ColumnChoices & { sheet?: string; whole?: WholeList };
  /** What was chosen before for its headings. */
  known: KnownColumns;
  /** Cells corrected here, by row and field. */
  readonly mended: Map<number, Record<string, string>>;
  /** Rows that were sent. */
  readonly sent: Set<number>;
  /** Null: not since the last change. */
  check: UploadCheck | null;
  /** How often what its rows say has changed: a check that began before is not kept. */
  changes: number;
  /** Epoch milliseconds. */
  touched: number;
}

/** Whether the rows are one whole list, so that those who are not in it count as missing: by the sender's choice alone.
 *  `confirmed-shorter`: it has been checked although it is much shorter than the last. */
export type WholeList = 'no' | 'yes' | 'confirmed-shorter';

export interface SentBefore {
  receipt: string;
  received: IsoInstant;
}

export type UploadKey = Pick<Upload, 'id' | 'org' | 'feed' | 'sender'>;

export interface UploadShelf extends Pick<Shelf<Upload>, 'take' | 'remove'> {
  add(upload: Omit<Upload, 'mended' | 'sent' | 'check' | 'changes' | 'touched'>): Upload;
}

/** Of a row as read about so many bytes. */
const ROW_BYTES = 1_024;

export function createUploadShelf(now: () => number): UploadShelf {
  const shelf = createShelf<Upload>(now, {
    most: { ofSender: 4, bytes: 192 * 1024 * 1024 },
    sizeOf: ({ bytes, file }) => bytes.length + rowsIn(file) * ROW_BYTES,
    gone,
  });
  return {
    ...shelf,
    add: (opened) =>
      shelf.add({ ...opened, mended: new Map(), sent: new Set(), check: null, changes: 0, touched: now() }),
  };
}

function rowsIn(file: ReadList | null): number {
  if (file === null) return 0;
  return file.kind === 'json' ? file.items.length : file.rows.length;
}

/** What its rows say is another from now on. */
export function changed(upload: Upload): void {
  upload.check = null;
  upload.changes += 1;
}

function gone(): DeskRefusal {
  return new DeskRefusal('UPLOAD_GONE', DESK.nb.noUpload);
}
