import { createHash } from 'node:crypto';
import type { FeedAdapter } from '../../core/feedAdapter.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { FileFault } from '../../upload/fileFault.ts';
import type { ReadList, SheetRow } from '../../upload/sheet.ts';
import type { ReadSheetFile } from '../../upload/sheetReader.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { createSubmit, draftOf, type Submitted } from '../submission/submit.ts';
import { recallColumns, rememberColumns, withKnown } from './columnMemory.ts';
import { hasPlace } from './documentRow.ts';
import { errorTable } from './errorTable.ts';
import { columnsOf, fileFeed, listFeed } from './fileFeed.ts';
import { openRows, TRIED_RUN } from './openedList.ts';
import { previewOf, type SheetPreview } from './sheetPreview.ts';
import type { UploadCaller } from './uploadCaller.ts';
import { checkRows } from './uploadCheck.ts';
import { type Choices, refuseForeign, withChoices } from './uploadChoices.ts';
import { changed, createUploadShelf, type Upload, type UploadKey } from './uploadShelf.ts';
import { checkView, droppedNeed, type UploadCheckView, type UploadView, viewOf } from './uploadView.ts';

type Parts = Parameters<typeof createSubmit>[0] & Pick<DeskParts, 'adapters' | 'dryRun'>;

export interface Uploads {
  /** @throws FileFault for what is no list */
  open(caller: UploadCaller, bytes: Buffer): Promise<UploadView>;
  show(caller: UploadCaller, id: string): UploadView;
  /** Null: which of several sheets is not known yet, or a system wrote the list. */
  preview(caller: UploadCaller, id: string): SheetPreview | null;
  choose(caller: UploadCaller, id: string, choices: Choices): Promise<UploadView>;
  /** @param seen is called with how many rows have been tried so far */
  check(
    caller: UploadCaller,
    id: string,
    seen?: (rows: number) => void,
  ): Promise<{ view: UploadCheckView; met: ReadonlySet<PersonRef> }>;
  /** All cells, or none. @param cells values by row of the file and field @throws DeskRefusal UNKNOWN_ROW */
  mend(
    caller: UploadCaller,
    id: string,
    cells: ReadonlyMap<number, Readonly<Record<string, string>>>,
  ): UploadView;
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
    const adapter = fileFeed(parts, caller.feed);
    return { adapter, upload: shelf.take(keyOf(caller, adapter, id)) };
  };

  async function checked(caller: UploadCaller, id: string, seen?: (rows: number) => void) {
    const { adapter, upload } = taken(caller, id);
    const opened = openRows(upload, adapter, TRIED_RUN);
    const need = opened.kind === 'sheet' ? droppedNeed(opened.plan) : null;
    if (need !== null) throw new FileFault(need.code, need.text);
    const { organisation, permission } = caller;
    const rows = opened.rows.filter(({ number }) => !upload.sent.has(number));
    const list = { rows, envelope: opened.envelope };
    const { changes } = upload;
    const check = upload.check ?? (await checkRows(parts, { organisation, adapter, permission, seen }, list));
    if (upload.changes === changes) upload.check = check;
    return { adapter, upload, opened, check };
  }

  return {
    async open(caller, bytes) {
      const adapter = fileFeed(parts, caller.feed);
      const { feed } = adapter;
      const { file, fileNeed } = await fileOrNeed(
        readSheet({ bytes, columns: columnsOf(adapter), sheet: null }),
      );
      if (file?.kind === 'json') refuseForeign(file, adapter, parts.adapters);
      else listFeed(parts, feed);
      const fileHash = parts.vault.digest('upload-file', createHash('sha256').update(bytes).digest('hex'));
      const { organisation, records, from } = caller;
      const before = await records.sentFile(organisation.id, { feed, sender: from.sender, fileHash });
      const known = await recallColumns(parts, caller, { feed, rows: sheetRows(file) });
      const key = keyOf(caller, adapter, parts.newId());
      const upload = { ...key, bytes, fileHash, sentBefore: before ?? null, file, fileNeed };
      const view = viewOf(shelf.add({ ...upload, choices: {}, known }), adapter);
      if (file?.kind !== 'json' || view.needs === null) return view;
      // Nothing can be chosen that would make a list of it.
      shelf.remove(key);
      throw new FileFault(view.needs.code, view.needs.text);
    },
    show(caller, id) {
      const { adapter, upload } = taken(caller, id);
      return viewOf(upload, adapter);
    },
    preview(caller, id) {
      const { adapter, upload } = taken(caller, id);
      const { file } = upload;
      return file === null || file.kind === 'json' ? null : previewOf(file, columnsOf(adapter), upload);
    },
    async choose(caller, id, choices) {
      const { adapter, upload } = taken(caller, id);
      const chosen = withChoices(upload, adapter, choices);
      const { sheet } = choices;
      if (sheet !== undefined) {
        const read = await readSheet({ bytes: upload.bytes, columns: columnsOf(adapter), sheet });
        upload.known = await recallColumns(parts, caller, { feed: adapter.feed, rows: sheetRows(read) });
        upload.file = read;
      }
      upload.choices = chosen;
      changed(upload);
      return viewOf(upload, adapter);
    },
    async check(caller, id, seen) {
      const { upload, check } = await checked(caller, id, seen);
      return { view: checkView(check, upload.sent), met: check.met };
    },
    mend(caller, id, cells) {
      const { adapter, upload } = taken(caller, id);
      const opened = openRows(upload, adapter, TRIED_RUN);
      const rows = new Map(opened.rows.map((each) => [each.number, each]));
      const columns = new Set(columnsOf(adapter).columns.map(({ field }) => field));
      for (const [row, fields] of cells) {
        const found = rows.get(row);
        const isField = (field: string) =>
          opened.kind === 'document' ? hasPlace(found?.record, field) : columns.has(field);
        if (found === undefined || upload.sent.has(row) || !Object.keys(fields).every(isField))
          throw new DeskRefusal('UNKNOWN_ROW', DESK.nb.noCell);
      }
      for (const [row, fields] of cells) upload.mended.set(row, { ...upload.mended.get(row), ...fields });
      changed(upload);
      return viewOf(upload, adapter);
    },
    async send(caller, id, { which, traceparent }) {
      const { adapter, upload, opened, check } = await checked(caller, id);
      const waiting = check.rows.length - check.ready.size;
      const isWhole = opened.envelope !== null;
      // What a cell of a sheet cannot be read as is in no row: a row without it would say something else.
      if ((which === 'all' || (isWhole && opened.kind === 'sheet')) && waiting > 0)
        throw needMending(waiting);
      if (check.ready.size === 0) throw nothingToSend(waiting);
      // A broken row of a whole list goes too, and to quarantine: without it the youth in it would count as missing.
      const sent = isWhole
        ? [...check.bytes]
        : [...check.bytes].filter(([number]) => check.ready.has(number));
      const numbers = sent.map(([number]) => number);
      const rows = sent.map(([, bytes]) => bytes);
      const digest = digestOf(numbers, rows);
      const { organisation, from } = caller;
      // The same rows of the same sender have one receipt, also when the file is uploaded again. A whole list says
      // who is in it on its day.
      const day = isWhole ? `-hel-${await todayOf(parts, organisation)}` : '';
      const draft = draftOf(parts, `liste-${digest.toString('hex')}${day}`);
      const { reach } = caller.permission;
      const { envelope } = isWhole ? openRows(upload, adapter, draft.runId) : opened;
      const submission = { rows, numbers, envelope, digest, fileHash: upload.fileHash };
      if (opened.kind === 'sheet') {
        const choices = withKnown(upload.choices, upload.known);
        await rememberColumns(parts, caller, { feed: adapter.feed, plan: opened.plan, choices });
      }
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
      shelf.remove(keyOf(caller, fileFeed(parts, caller.feed), id));
    },
  };
}

/** A workbook of several lists is a list when its sheet is chosen. */
async function fileOrNeed(reading: Promise<ReadList>): Promise<Pick<Upload, 'file' | 'fileNeed'>> {
  try {
    return { file: await reading, fileNeed: null };
  } catch (error) {
    if (error instanceof FileFault && error.code === 'SHEET_NEEDED')
      return { file: null, fileNeed: error.message };
    throw error;
  }
}

function sheetRows(file: ReadList | null): readonly SheetRow[] {
  return file === null || file.kind === 'json' ? [] : file.rows;
}

function digestOf(numbers: readonly number[], rows: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const [index, row] of rows.entries()) hash.update(`${numbers[index]} ${row.length} `).update(row);
  return hash.digest();
}

function needMending(rows: number): DeskRefusal {
  return new DeskRefusal('ROWS_NEED_MENDING', DESK.nb.mendFirst(rows === 1 ? '1 rad' : `${rows} rader`));
}

function nothingToSend(waiting: number): DeskRefusal {
  return new DeskRefusal('NOTHING_TO_SEND', waiting === 0 ? DESK.nb.allSent : DESK.nb.noneReady);
}
