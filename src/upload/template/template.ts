import type { FeedColumns } from '../../core/feedColumns.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import { csvText } from '../../reports/csv.ts';
import { EXAMPLE } from '../columns/listRows.ts';
import { writeXlsx } from '../xlsx/writeXlsx.ts';

// The template of a feed's list, from the columns it is read by: the edition, the headings, and a row of each kind as an example.

/** The line by which a file is known to follow a template. */
export function editionLine(feed: Feed, { editions: [newest] }: FeedColumns): string {
  return `OT-mal for ${feed}, utgave ${newest.edition}. Rader med ${EXAMPLE} leses ikke.`;
}

function tableOf(feed: Feed, columns: FeedColumns): string[][] {
  const { columns: all, types } = columns;
  return [
    [editionLine(feed, columns)],
    all.map(({ heading }) => heading),
    ...types.map(({ label, example }) =>
      all.map(({ field }) => {
        if (field === 'type') return label;
        return field === 'fodselsnummer' ? EXAMPLE : (example[field] ?? '');
      }),
    ),
  ];
}

/** What goes into each column, and for which kinds of rows. */
export function columnTable({ columns, types }: FeedColumns): string[][] {
  const labels = new Map(types.map(({ code, label }) => [code, label]));
  return columns.map(({ heading, help, types: some }) => [
    heading,
    help,
    some === null ? 'alle' : some.map((code) => labels.get(code) ?? code).join(', '),
  ]);
}

export const COLUMN_TABLE_HEAD = ['Kolonne', 'Hva den har', 'For rader om'];

export function templateXlsx(feed: Feed, columns: FeedColumns): Buffer {
  const { title, editions } = columns;
  const news = editions.map(({ edition, from, news: what }) => [`Utgave ${edition}`, from, what]);
  return writeXlsx([
    { name: 'Liste', head: 2, rows: tableOf(feed, columns) },
    {
      name: 'Forklaring',
      head: 1,
      rows: [COLUMN_TABLE_HEAD, ...columnTable(columns), [], [title], ...news],
    },
  ]);
}

/** For the spreadsheets of Norway. */
export function templateCsv(feed: Feed, columns: FeedColumns): string {
  const [first = [], header = [], ...examples] = tableOf(feed, columns);
  const wide = header.map((_, index) => first[index] ?? '');
  return csvText(wide, [header, ...examples]);
}
