import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { FeedColumns } from '../../core/feedColumns.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { FILE } from '../../core/sentences/files.ts';
import { type ColumnPlan, planColumns } from '../../upload/columns/columnPlan.ts';
import { type ListRows, listRows } from '../../upload/columns/listRows.ts';
import { FileFault } from '../../upload/fileFault.ts';
import type { ReadDocument, ReadSheet } from '../../upload/sheet.ts';
import { withKnown } from './columnMemory.ts';
import { mendedRow } from './documentRow.ts';
import type { UploadRows } from './uploadRow.ts';
import type { Upload } from './uploadShelf.ts';

export interface OpenedSheet extends UploadRows {
  kind: 'sheet';
  sheet: ReadSheet;
  plan: ColumnPlan;
  list: ListRows;
}

/** A list that a system wrote. Rows are numbered from 1 as they come in it. */
export interface OpenedDocument extends UploadRows {
  kind: 'document';
}

/** A file whose rows can be read. */
export type Opened = OpenedSheet | OpenedDocument;

/** Of a list that is only tried. */
export const TRIED_RUN = 'prove';

/** @param runId of the list, where it is a whole one @throws FileFault for what must be chosen or mended first */
export function openRows(upload: Upload, adapter: FeedAdapter, runId: string): Opened {
  const { changes } = upload;
  const read = READ.get(upload);
  if (read?.changes === changes && read.runId === runId) return read.opened;
  const opened = readRows(upload, adapter, runId);
  READ.set(upload, { changes, runId, opened });
  return opened;
}

/** Rows as they were read, until something about them changes: reading 20,000 of them holds the thread for half a second. */
const READ = new WeakMap<Upload, { changes: number; runId: string; opened: Opened }>();

function readRows(upload: Upload, adapter: FeedAdapter, runId: string): Opened {
  const { file, fileNeed } = upload;
  if (file === null) throw new FileFault('SHEET_NEEDED', fileNeed ?? FILE.nb.chooseSheet);
  return file.kind === 'json'
    ? openDocument(file, upload, adapter, runId)
    : openSheet(file, upload, adapter, runId);
}

function openSheet(
  sheet: ReadSheet,
  { choices, known, mended }: Upload,
  adapter: FeedAdapter,
  runId: string,
): OpenedSheet {
  const columns: FeedColumns | undefined = adapter.columns;
  if (columns === undefined) throw new Error(`${adapter.feed} has no columns`);
  const plan = planColumns(sheet.rows, columns, withKnown(choices, known));
  const list = listRows(sheet, columns, plan, mended);
  if (list.rows.length === 0) throw new FileFault('EMPTY_LIST', FILE.nb.noRowsBelow);
  const { whole = 'no' } = choices;
  if (whole === 'no') return { kind: 'sheet', sheet, plan, list, rows: list.rows, envelope: null };
  const records = list.rows.map(({ record }) => record);
  const document = adapter.wholeList?.(records, whole === 'confirmed-shorter');
  if (document === undefined) throw new FileFault('INVALID_DOCUMENT', DESK.nb.noWhole);
  const unpacked = unpackedBy(adapter, document, runId);
  const rows = list.rows.map(({ number, problems }, index) => ({
    number,
    problems,
    record: unpacked?.rows[index],
  }));
  return { kind: 'sheet', sheet, plan, list, rows, envelope: unpacked?.envelope ?? null };
}

function openDocument(
  { head, items }: ReadDocument,
  { mended }: Upload,
  adapter: FeedAdapter,
  runId: string,
): OpenedDocument {
  const rows = items.map((item, index) => mendedRow(item, mended.get(index + 1)));
  const value =
    head === null ? rows : { ...head.fields, ...(head.rows === null ? {} : { [head.rows]: rows }) };
  const unpacked = head === null ? { rows, envelope: null } : unpackedBy(adapter, value, runId);
  if (unpacked === undefined) throw new FileFault('NOT_A_LIST', FILE.nb.jsonUnknown);
  if (unpacked.rows.length === 0) throw new FileFault('EMPTY_LIST', FILE.nb.jsonEmpty);
  return {
    kind: 'document',
    rows: unpacked.rows.map((record, index) => ({ number: index + 1, record, problems: [] })),
    envelope: unpacked.envelope,
  };
}

/** Undefined: not one of the feed's documents. @throws FileFault INVALID_DOCUMENT */
function unpackedBy(
  adapter: FeedAdapter,
  value: unknown,
  runId: string,
): { rows: unknown[]; envelope: ListEnvelope | null } | undefined {
  const unpacked = adapter.unpack?.(value, runId);
  if (unpacked?.kind !== 'malformed') return unpacked;
  const said = unpacked.problems.map(({ text, cure }) => `${text} ${cure}`);
  throw new FileFault('INVALID_DOCUMENT', `${FILE.nb.listRefused} ${[...new Set(said)].join(' ')}`);
}
