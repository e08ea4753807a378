import { columnsByHeading, type FeedColumns, headingKey } from '../../core/feedColumns.ts';
import { maskNumbers } from '../../core/person/numberInText.ts';
import { chosenFor, headingOf, planColumns, shown } from '../../upload/columns/columnPlan.ts';
import { FileFault } from '../../upload/fileFault.ts';
import { type ReadSheet, SEARCHED_ROWS, type SheetCell, type SheetRow } from '../../upload/sheet.ts';
import { type KnownColumns, withKnown } from './columnMemory.ts';
import type { Upload, WholeList } from './uploadShelf.ts';

/** The beginning of a file, for its sender to recognise: no identity number in it, and of names the initials. */
export interface SheetPreview {
  /** Of the row of headings, as the spreadsheet shows it; null when none is found. */
  header: number | null;
  headings: PreviewHeading[];
  /** The row of headings and the three after it; the first rows when no headings are found. */
  rows: { number: number; cells: string[] }[];
  /** What has been said of all rows, by field. */
  constants: Readonly<Record<string, string>>;
  /** Whether the rows are one whole list. */
  whole: WholeList;
}

export interface PreviewHeading {
  /** As in the file; not shown when it may be content. */
  shown: string;
  /** As it is chosen by. */
  key: string;
  /** Null: not one that is known, or not used. */
  field: string | null;
  /** Chosen not to be used. */
  ticked: boolean;
}

const SHOWN_ROWS = 3;
const SHOWN_WITHOUT_HEADINGS = 8;
const NAMES = new Set(['navn', 'fornavn', 'etternavn']);
const LONGEST = 40;

export function previewOf(
  sheet: ReadSheet,
  feed: FeedColumns,
  { choices, known }: Pick<Upload, 'choices' | 'known'>,
): SheetPreview {
  const chosen = withKnown(choices, known);
  const header = headerOf(sheet, feed, chosen, known);
  const { constants = {}, whole = 'no' } = choices;
  if (header === undefined) {
    const rows = sheet.rows.slice(0, SHOWN_WITHOUT_HEADINGS);
    return { header: null, headings: [], rows: rows.map((row) => shownRow(row, [])), constants, whole };
  }
  const ours = columnsByHeading(feed);
  const named = header.cells.map((cell) => {
    const heading = headingOf(cell);
    const key = headingKey(heading);
    const field = chosenFor(chosen.columns, key);
    const ticked = field === null;
    return {
      heading,
      shown: shown(heading),
      key,
      field: field ?? (ticked ? null : (ours.get(key)?.field ?? null)),
      ticked,
    };
  });
  const fields = named.map(({ field }) => field);
  const after = sheet.rows.filter(({ number }) => number > header.number).slice(0, SHOWN_ROWS);
  return {
    header: header.number,
    headings: named.filter(({ heading }) => heading !== '').map(({ heading: _heading, ...rest }) => rest),
    rows: [
      { number: header.number, cells: named.map((each) => each.shown) },
      ...after.map((row) => shownRow(row, fields)),
    ],
    constants,
    whole,
  };
}

/** As it is found when the rows are read, whatever is still missing. */
function headerOf(
  { rows }: ReadSheet,
  feed: FeedColumns,
  { header }: Upload['choices'],
  known: KnownColumns,
): SheetRow | undefined {
  const keys = rows
    .slice(0, SEARCHED_ROWS)
    .flatMap(({ cells }) => cells.map((cell) => headingKey(headingOf(cell))));
  const [remembered] = known.keys();
  const number = header ?? remembered;
  try {
    const plan = planColumns(rows, feed, {
      ...(number === undefined ? {} : { header: number }),
      // Used or not is asked for later: no column is there twice, and none is missing.
      columns: Object.fromEntries(keys.map((key) => [key, null])),
      constants: Object.fromEntries(feed.columns.map(({ field }) => [field, ''])),
    });
    return rows.find((row) => row.number === plan.header);
  } catch (error) {
    if (error instanceof FileFault) return undefined;
    throw error;
  }
}

function shownRow({ number, cells }: SheetRow, fields: readonly (string | null)[]) {
  return { number, cells: cells.map((cell, at) => cellText(cell, NAMES.has(fields[at] ?? ''))) };
}

function cellText(cell: SheetCell, isName: boolean): string {
  const text = plainText(cell);
  if (isName) return text === '' ? '' : `${text.slice(0, 1)}…`;
  const hidden = maskNumbers(text).replaceAll(/\d{6,}/g, (digits) => '•'.repeat(digits.length));
  return hidden.length > LONGEST ? `${hidden.slice(0, LONGEST)}…` : hidden;
}

function plainText(cell: SheetCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '';
  if (typeof cell === 'boolean') return cell ? 'ja' : 'nei';
  return String(cell).trim();
}
