import type { FeedAdapter } from '../../core/feedAdapter.ts';
import { type FeedColumns, headingKey } from '../../core/feedColumns.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { FILE } from '../../core/sentences/files.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import { norwegianDayAndTime } from '../../text/norwegian.ts';
import {
  type ColumnChoices,
  type ColumnPlan,
  chosenFor,
  shown,
  unticked,
} from '../../upload/columns/columnPlan.ts';
import { FileFault, type FileFaultCode } from '../../upload/fileFault.ts';
import { listText } from '../dryRun/dryRunText.ts';
import type { DryRunView } from '../dryRun/dryRunView.ts';
import type { KnownColumns } from './columnMemory.ts';
import { columnsOf } from './fileFeed.ts';
import { type OpenedSheet, openRows, TRIED_RUN } from './openedList.ts';
import type { CheckedRow, UploadCheck } from './uploadCheck.ts';
import type { SentBefore, Upload } from './uploadShelf.ts';

/** A file as it was read, and what is still to be said of it. */
export interface UploadView {
  id: string;
  feed: Feed;
  kind: 'csv' | 'xlsx' | 'json';
  /** Rows of the list; 0 as long as it is not known where it begins. */
  rows: number;
  /** The row of headings, as the spreadsheet shows it. */
  header: number | null;
  columns: { heading: string; field: string | null; used: boolean; ticked: boolean }[];
  /** What must be chosen before the rows can be checked. */
  needs: { code: FileFaultCode; text: string } | null;
  /** Columns are matched as they were for the same headings before. */
  remembered: boolean;
  /** The rows are one whole list: those who are not in it count as missing. */
  wholeList: boolean;
  /** Rows that have been sent. */
  sent: number;
  /** Rows of the same file have been sent before: the first receipt. */
  sentBefore: { receiptId: string; received: IsoInstant; text: string } | null;
  notes: string[];
}

export interface UploadCheckView {
  rows: number;
  counts: { ready: number; duplicate: number; mend: number; notOurs: number; sent: number };
  text: string;
  list: DryRunView['list'];
  /** Those that need something, or say the same as another; of the others the counts. */
  results: CheckedRow[];
}

/** @throws nothing of the file: what is to be chosen is part of the view */
export function viewOf(upload: Upload, adapter: FeedAdapter): UploadView {
  const { id, feed, file, sent } = upload;
  const sentBefore = sentBeforeView(upload.sentBefore);
  const known = { id, feed, kind: file?.kind ?? 'xlsx', sent: sent.size, sentBefore };
  try {
    const opened = openRows(upload, adapter, TRIED_RUN);
    const wholeList = opened.envelope !== null;
    const plain = { ...known, wholeList, rows: opened.rows.length };
    if (opened.kind === 'document')
      return { ...plain, ...{ remembered: false, header: null, columns: [], needs: null, notes: [] } };
    const remembered = usesKnown(opened.plan, upload.known, upload.choices);
    return {
      ...plain,
      remembered,
      header: opened.plan.header,
      columns: planView(opened.plan),
      needs: droppedNeed(opened.plan),
      notes: notesOf(opened, columnsOf(adapter), remembered),
    };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const needs = { code: error.code, text: error.message };
    return {
      ...known,
      wholeList: false,
      remembered: false,
      rows: 0,
      header: null,
      columns: [],
      needs,
      notes: [],
    };
  }
}

function planView({ columns }: ColumnPlan): UploadView['columns'] {
  return columns.map(({ heading, column, ticked }) => ({
    heading: shown(heading),
    field: column?.field ?? null,
    used: column !== null,
    ticked,
  }));
}

function sentBeforeView(before: SentBefore | null): UploadView['sentBefore'] {
  if (before === null) return null;
  const text = DESK.nb.sentBefore(norwegianDayAndTime(before.received));
  return { receiptId: before.receipt, received: before.received, text };
}

/** Columns that are matched as before, and not as the feed knows them or the sender has chosen here. */
function usesKnown({ header, columns }: ColumnPlan, known: KnownColumns, own: ColumnChoices): boolean {
  const before = known.get(header) ?? {};
  const keys = columns.map(({ heading }) => headingKey(heading));
  return keys.some(
    (key) => chosenFor(before, key) !== undefined && chosenFor(own.columns, key) === undefined,
  );
}

const REMEMBERED = DESK.nb.remembered;

export function droppedNeed(plan: ColumnPlan): UploadView['needs'] {
  const left = unticked(plan);
  if (left.length === 0) return null;
  const names = left.map(({ heading }) => `«${shown(heading)}»`).join(', ');
  return {
    code: 'COLUMN_DROPPED',
    text: FILE.nb.dropped(names),
  };
}

/** What the sender should know of how the file was read. */
export function notesOf(
  { sheet, plan, list: rows }: Pick<OpenedSheet, 'sheet' | 'plan' | 'list'>,
  columns: FeedColumns,
  remembered: boolean,
): string[] {
  const notes: string[] = remembered ? [REMEMBERED] : [];
  const t = DESK.nb;
  const add = (count: number, one: string, several: (count: string) => string) => {
    if (count > 0) notes.push(count === 1 ? one : several(String(count)));
  };
  add(rows.hidden, t.hiddenRow, t.hiddenRows);
  add(rows.examples, t.example, t.examples);
  add(sheet.hiddenSheets, t.hiddenSheet, t.hiddenSheets);
  add(sheet.otherSheets, t.otherSheet, t.otherSheets);
  const edition = editionNote(columns, plan);
  return edition === null ? notes : [...notes, edition];
}

function editionNote({ editions }: FeedColumns, { edition }: ColumnPlan): string | null {
  const [newest] = editions;
  if (edition === null || edition === newest.edition) return null;
  if (edition > newest.edition) return DESK.nb.newerEdition(String(edition), String(newest.edition));
  const news = editions.filter((each) => each.edition > edition).map((each) => each.news);
  return `Filen følger utgave ${edition} av malen. Den er lest, men utgave ${newest.edition} gjelder fra ${newest.from}. Nytt siden da: ${news.toReversed().join(' ')} Hent den nye malen til neste gang.`;
}

export function checkView({ rows, ready, list }: UploadCheck, sent: ReadonlySet<number>): UploadCheckView {
  const of = (outcome: CheckedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const counts = {
    ready: ready.size,
    duplicate: of('duplicate'),
    mend: of('quarantined'),
    notOurs: of('rejected'),
    sent: sent.size,
  };
  const results = rows.filter(({ outcome, problems }) => outcome !== 'applied' || problems.length > 0);
  const listed = list && { ...list, text: listText(list) };
  return { rows: rows.length, counts, text: checkText(rows, counts), list: listed, results };
}

function checkText(rows: readonly CheckedRow[], counts: UploadCheckView['counts']): string {
  const { ready, duplicate, mend, notOurs, sent } = counts;
  const parts = [
    ready === 1 ? '1 rad kan sendes' : `${ready} rader kan sendes`,
    ...(duplicate > 0 ? [`${duplicate} av dem sier det samme som en annen rad eller er kjent fra før`] : []),
    ...(mend > 0 ? [`${mend} må rettes først`] : []),
    ...(notOurs > 0 ? [`${notOurs} gjelder ikke denne strømmen`] : []),
    ...(sent > 0 ? [`${sent} er sendt før`] : []),
  ];
  const total = rows.length === 1 ? '1 rad' : `${rows.length} rader`;
  return `${total}: ${parts.join(', ')}. Dette er en prøve: ingenting er lagret eller sendt.`;
}
