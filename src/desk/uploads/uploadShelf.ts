import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ColumnChoices } from '../../upload/columns/columnPlan.ts';
import type { ReadSheet } from '../../upload/sheet.ts';
import { DeskRefusal } from '../refusal.ts';
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
  sheet: ReadSheet | null;
  /** Why it is not known, with the names of the sheets; null when it is. */
  readonly sheetNeed: string | null;
  /** As the sender gave them here. */
  choices: ColumnChoices & { sheet?: string };
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

export interface SentBefore {
  receipt: string;
  received: IsoInstant;
}

export type UploadKey = Pick<Upload, 'id' | 'org' | 'feed' | 'sender'>;

export interface UploadShelf {
  add(upload: Omit<Upload, 'mended' | 'sent' | 'check' | 'changes' | 'touched'>): Upload;
  /** @throws DeskRefusal UPLOAD_GONE, also for another's */
  take(key: UploadKey): Upload;
  remove(key: UploadKey): void;
}

/** After so long without a word of its sender a file is forgotten. */
const IDLE_MS = 30 * 60_000;
/** Of one sender; a further one takes the place of the oldest. */
const MOST_OF_SENDER = 4;
/** What all of them may take: the bytes of the files, and of a row as read about this much. */
const MOST_BYTES = 192 * 1024 * 1024;
const ROW_BYTES = 1_024;

export function createUploadShelf(now: () => number): UploadShelf {
  // In the order of their last use.
  const uploads = new Map<string, Upload>();

  function sweep(): void {
    for (const [id, { touched }] of uploads) if (touched + IDLE_MS < now()) uploads.delete(id);
  }

  function shed(): void {
    for (const id of uploads.keys()) {
      if (uploads.size === 1 || sizeOf(uploads.values()) <= MOST_BYTES) return;
      uploads.delete(id);
    }
  }

  return {
    add(opened) {
      sweep();
      const upload: Upload = {
        ...opened,
        mended: new Map(),
        sent: new Set(),
        check: null,
        changes: 0,
        touched: now(),
      };
      const own = [...uploads.values()].filter(({ sender }) => sender === upload.sender);
      for (const { id } of own.slice(0, Math.max(0, own.length + 1 - MOST_OF_SENDER))) uploads.delete(id);
      uploads.set(upload.id, upload);
      shed();
      return upload;
    },
    take(key) {
      sweep();
      const upload = uploads.get(key.id);
      if (upload === undefined || !isSame(upload, key)) throw gone();
      upload.touched = now();
      uploads.delete(upload.id);
      uploads.set(upload.id, upload);
      return upload;
    },
    remove(key) {
      const upload = uploads.get(key.id);
      if (upload === undefined || !isSame(upload, key)) throw gone();
      uploads.delete(key.id);
    },
  };
}

function isSame(upload: Upload, { org, feed, sender }: UploadKey): boolean {
  return upload.org === org && upload.feed === feed && upload.sender === sender;
}

function sizeOf(uploads: Iterable<Upload>): number {
  let size = 0;
  for (const { bytes, sheet } of uploads) size += bytes.length + (sheet?.rows.length ?? 0) * ROW_BYTES;
  return size;
}

function gone(): DeskRefusal {
  return new DeskRefusal(
    'UPLOAD_GONE',
    'Opplastingen finnes ikke, eller er glemt fordi den har ligget urørt i 30 minutter. Last opp filen på nytt. Det som alt er sendt, får ikke virkning to ganger.',
  );
}
