import { csvHead, csvLine } from './csv.ts';

// A month's list to NAV as a file, in two forms. Each is the same bytes for the same rows, line by line: a page can be added
// to the one before it.

/** A row as NAV is given it. */
export interface NavFileRow {
  matchId: string;
  fodselsnummer: string;
  samtykke: string;
}

interface NavFileForm {
  /** Before the first line. */
  head: string;
  line(row: NavFileRow): string;
}

const COLUMNS = ['matchId', 'fodselsnummer', 'samtykke'] as const;

/** JSON Lines, and a table for a spreadsheet. */
export const NAV_FILE: Readonly<Record<'jsonl' | 'csv', NavFileForm>> = {
  jsonl: {
    head: '',
    line: ({ matchId, fodselsnummer, samtykke }) =>
      `${JSON.stringify({ matchId, fodselsnummer, samtykke })}\n`,
  },
  csv: { head: csvHead(COLUMNS), line: (row) => csvLine(COLUMNS.map((column) => row[column])) },
};
export type NavFile = keyof typeof NAV_FILE;

/** @param rows by match id */
export function navFile(form: NavFile, rows: readonly NavFileRow[]): string {
  const { head, line } = NAV_FILE[form];
  return head + rows.map(line).join('');
}
