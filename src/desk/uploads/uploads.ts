import { createHash } from 'node:crypto';
import type { FeedAdapter } from '../../core/feedAdapter.ts';
import { type FeedColumns, headingKey } from '../../core/feedColumns.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { planColumns } from '../../upload/columns/columnPlan.ts';
import { listRows } from '../../upload/columns/listRows.ts';
import { FileFault } from '../../upload/fileFault.ts';
import type { ReadSheet } from '../../upload/sheet.ts';
import type { ReadSheetFile } from '../../upload/sheetReader.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { openAdapter } from '../submission/openFeed.ts';
import { createSubmit, draftOf, type Submitted } from '../submission/submit.ts';
import { recallColumns, rememberColumns, withKnown } from './columnMemory.ts';
import { errorTable } from './errorTable.ts';
import { previewOf, type SheetPreview } from './sheetPreview.ts';
import type { UploadCaller } from './uploadCaller.ts';
import { checkRows } from './uploadCheck.ts';
import { createUploadShelf, type Upload, type UploadKey } from './uploadShelf.ts';
import {
  checkView,
  droppedNeed,
  notesOf,
  type Opened,
  planView,
  sentBeforeView,
  type UploadCheckView,
  type UploadView,
  usesKnown,
} from './uploadView.ts';

type Parts = Parameters<typeof createSubmit>[0] & Pick<DeskParts, 'adapters' | 'dryRun'>;

export type Choices = Upload['choices'];

export interface Uploads {
  /** @throws FileFault for what is no list */
  open(caller: UploadCaller, bytes: Buffer): Promise<UploadView>;
  show(caller: UploadCaller, id: string): UploadView;
  /** Null: which of several sheets is not known yet. */
  preview(caller: UploadCaller, id: string): SheetPreview | null;
  choose(caller: UploadCaller, id: string, choices: Choices): Promise<UploadView>;
  /** @param seen is called with how many rows have been tried so far */
  check(
    caller: UploadCaller,
    id: string,
    seen?: (rows: number) => void,
  ): Promise<{ view: UploadCheckView; met: ReadonlySet<PersonRef> }>;
  mend(caller: UploadCaller, id: string, row: number, fields: Readonly<Record<string, string>>): UploadView;
  /** @param which the rows that are ready, or none unless all are @param traceparent as the sender gave it */
  send(
    caller: UploadCaller,
    id: string,
    { which, traceparent }: { which: 'ready' | 'all'; traceparent: string | null },
  ): Promise<Submitted>;
  /** The file's own rows and columns, with what became of each and what to do. */
  errors(caller: UploadCaller, id: string): Promise<{ table: string[][]; met: ReadonlySet<PersonRef> }>;
  forget(caller: UploadCaller, id: string): void;
}

/** Lists that people have in a spreadsheet: read, checked as a dry run, mended, sent. The rows keep the spreadsheet's
 *  numbers, on the receipt too. */
export function createUploads(parts: Parts, readSheet: ReadSheetFile): Uploads {
  const shelf = createUploadShelf(parts.now);
  const submit = createSubmit(parts);

  const keyOf = ({ organisation, from }: UploadCaller, adapter: FeedAdapter, id: string): UploadKey => ({
    ...{ id, org: organisation.id, feed: adapter.feed, sender: from.sender },
  });
  const taken = (caller: UploadCaller, id: string) => {
    const { adapter, columns } = listFeed(parts, caller.feed);
    return { adapter, columns, upload: shelf.take(keyOf(caller, adapter, id)) };
  };

  async function checked(caller: UploadCaller, id: string, seen?: (rows: number) => void) {
    const { adapter, columns, upload } = taken(caller, id);
    const opened = openRows(upload, columns);
    const need = droppedNeed(opened.plan);
    if (need !== null) throw new FileFault(need.code, need.text);
    const { organisation, permission } = caller;
    const rows = opened.list.rows.filter(({ number }) => !upload.sent.has(number));
    const { changes } = upload;
    const check =
      upload.check ?? (await checkRows(parts, { organisation, adapter, columns, permission, seen }, rows));
    if (upload.changes === changes) upload.check = check;
    return { adapter, upload, opened, check };
  }

  return {
    async open(caller, bytes) {
      const { adapter, columns } = listFeed(parts, caller.feed);
      const { feed } = adapter;
      const { sheet, sheetNeed } = await sheetOrNeed(readSheet({ bytes, columns, sheet: null }));
      const fileHash = parts.vault.digest('upload-file', createHash('sha256').update(bytes).digest('hex'));
      const { organisation, records, from } = caller;
      const before = await records.sentFile(organisation.id, { feed, sender: from.sender, fileHash });
      const known = await recallColumns(parts, caller, { feed, rows: sheet?.rows ?? [] });
      const key = keyOf(caller, adapter, parts.newId());
      const upload = { ...key, bytes, fileHash, sentBefore: before ?? null, sheet, sheetNeed };
      return viewOf(shelf.add({ ...upload, choices: {}, known }), columns);
    },
    show(caller, id) {
      const { columns, upload } = taken(caller, id);
      return viewOf(upload, columns);
    },
    preview(caller, id) {
      const { columns, upload } = taken(caller, id);
      return upload.sheet === null ? null : previewOf(upload.sheet, columns, upload);
    },
    async choose(caller, id, choices) {
      const { adapter, columns, upload } = taken(caller, id);
      refuseUnknown(columns, choices);
      const { sheet } = choices;
      if (sheet !== undefined) {
        const read = await readSheet({ bytes: upload.bytes, columns, sheet });
        upload.known = await recallColumns(parts, caller, { feed: adapter.feed, rows: read.rows });
        upload.sheet = read;
      }
      upload.choices = {
        ...upload.choices,
        ...choices,
        columns: { ...upload.choices.columns, ...byKey(choices.columns) },
        constants: { ...upload.choices.constants, ...choices.constants },
      };
      changed(upload);
      return viewOf(upload, columns);
    },
    async check(caller, id, seen) {
      const { upload, check } = await checked(caller, id, seen);
      return { view: checkView(check, upload.sent), met: check.met };
    },
    mend(caller, id, row, fields) {
      const { columns, upload } = taken(caller, id);
      const { list } = openRows(upload, columns);
      const known = list.rows.some(({ number }) => number === row) && !upload.sent.has(row);
      if (
        !known ||
        Object.keys(fields).some((field) => !columns.columns.some((each) => each.field === field))
      )
        throw new DeskRefusal(
          'UNKNOWN_ROW',
          'Raden eller kolonnen finnes ikke i listen, eller raden er alt sendt.',
        );
      upload.mended.set(row, { ...upload.mended.get(row), ...fields });
      changed(upload);
      return viewOf(upload, columns);
    },
    async send(caller, id, { which, traceparent }) {
      const { adapter, upload, opened, check } = await checked(caller, id);
      const waiting = check.rows.length - check.ready.size;
      if (which === 'all' && waiting > 0) throw needMending(waiting);
      if (check.ready.size === 0) throw nothingToSend(waiting);
      const numbers = [...check.ready.keys()];
      const rows = [...check.ready.values()];
      const digest = digestOf(numbers, rows);
      // The same rows of the same sender have one receipt, also when the file is uploaded again.
      const draft = draftOf(parts, `liste-${digest.toString('hex')}`);
      const { organisation, from } = caller;
      const { reach } = caller.permission;
      const submission = { rows, numbers, envelope: null, digest, fileHash: upload.fileHash };
      const choices = withKnown(upload.choices, upload.known);
      await rememberColumns(parts, caller, { feed: adapter.feed, plan: opened.plan, choices });
      const submitted = await submit({ organisation, adapter, draft, submission, from, reach, traceparent });
      for (const number of numbers) upload.sent.add(number);
      changed(upload);
      return submitted;
    },
    async errors(caller, id) {
      const { opened, check } = await checked(caller, id);
      return { table: errorTable(opened, check), met: check.met };
    },
    forget(caller, id) {
      shelf.remove(keyOf(caller, listFeed(parts, caller.feed).adapter, id));
    },
  };
}

/** @throws DeskRefusal NO_LIST_FEED, UNKNOWN_FEED, FEED_CLOSED */
export function listFeed(
  { adapters }: Pick<DeskParts, 'adapters'>,
  feed: string,
): { adapter: FeedAdapter; columns: FeedColumns } {
  const adapter = openAdapter(adapters, feed);
  const { columns } = adapter;
  if (columns !== undefined) return { adapter, columns };
  const others = adapters.filter((each) => each.columns !== undefined).map((each) => each.feed);
  throw new DeskRefusal(
    'NO_LIST_FEED',
    `Denne strømmen tar ikke imot lister fra regneark. Disse gjør det: ${others.join(', ')}.`,
  );
}

function refuseUnknown({ columns }: FeedColumns, { columns: chosen = {}, constants = {} }: Choices): void {
  const fields = new Set(columns.map(({ field }) => field));
  const named = [...Object.values(chosen), ...Object.keys(constants)];
  if (named.some((field) => field !== null && !fields.has(field)))
    throw new DeskRefusal(
      'INVALID_REQUEST',
      `Et felt er ikke kjent. Disse finnes: ${[...fields].join(', ')}.`,
    );
}

function changed(upload: Upload): void {
  upload.check = null;
  upload.changes += 1;
}

/** Headings as they are compared, however the sender wrote them. */
function byKey(columns: Choices['columns'] = {}): Choices['columns'] & {} {
  return Object.fromEntries(Object.entries(columns).map(([heading, field]) => [headingKey(heading), field]));
}

/** A workbook of several lists is a list when its sheet is chosen. */
async function sheetOrNeed(reading: Promise<ReadSheet>): Promise<Pick<Upload, 'sheet' | 'sheetNeed'>> {
  try {
    return { sheet: await reading, sheetNeed: null };
  } catch (error) {
    if (error instanceof FileFault && error.code === 'SHEET_NEEDED')
      return { sheet: null, sheetNeed: error.message };
    throw error;
  }
}

/** @throws FileFault for what must be chosen first */
function openRows({ sheet, sheetNeed, choices, known, mended }: Upload, columns: FeedColumns): Opened {
  if (sheet === null) throw new FileFault('SHEET_NEEDED', sheetNeed ?? 'Velg arket listen er på.');
  const plan = planColumns(sheet.rows, columns, withKnown(choices, known));
  const list = listRows(sheet, columns, plan, mended);
  if (list.rows.length === 0)
    throw new FileFault(
      'EMPTY_LIST',
      'Det er ingen rader under overskriftene. Er det ingenting å melde, send ingenting.',
    );
  return { sheet, plan, list };
}

function viewOf(upload: Upload, columns: FeedColumns): UploadView {
  const { id, feed, sheet, sent } = upload;
  const sentBefore = sentBeforeView(upload.sentBefore);
  const known = { id, feed, kind: sheet?.kind ?? 'xlsx', sent: sent.size, sentBefore };
  try {
    const opened = openRows(upload, columns);
    const remembered = usesKnown(opened.plan, upload.known, upload.choices);
    return {
      ...known,
      remembered,
      rows: opened.list.rows.length,
      header: opened.plan.header,
      columns: planView(opened.plan),
      needs: droppedNeed(opened.plan),
      notes: notesOf(opened, columns, remembered),
    };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const needs = { code: error.code, text: error.message };
    return { ...known, remembered: false, rows: 0, header: null, columns: [], needs, notes: [] };
  }
}

function digestOf(numbers: readonly number[], rows: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const [index, row] of rows.entries()) hash.update(`${numbers[index]} ${row.length} `).update(row);
  return hash.digest();
}

function needMending(rows: number): DeskRefusal {
  return new DeskRefusal(
    'ROWS_NEED_MENDING',
    `${rows === 1 ? '1 rad' : `${rows} rader`} må rettes før alt kan sendes sammen. Rett dem, eller send bare de andre. Ingenting er sendt.`,
  );
}

function nothingToSend(waiting: number): DeskRefusal {
  return new DeskRefusal(
    'NOTHING_TO_SEND',
    waiting === 0
      ? 'Alle radene er sendt. Se kvitteringen.'
      : 'Ingen av radene kan sendes slik de er. Rett dem først.',
  );
}
