import type { Context } from 'hono';
import type { GuardedAccess } from '../core/access/access.ts';
import type { Language } from '../core/language.ts';
import { MAILING_COLUMNS, type MailingPart, mailingCells } from '../desk/letters/letterView.ts';
import { WORKLIST_COLUMNS, type WorklistView, worklistCells } from '../desk/worklists/worklistView.ts';
import { type Cell, csvHead, csvLine } from '../reports/csv.ts';
import { wordsIn } from '../text/nynorsk.ts';
import type { ApiEnv } from './apiEnv.ts';
import { recordDisclosure } from './auditGuard.ts';
import { csvStream } from './spreadsheet.ts';

/** By what each part is recorded: the access, and method and path template. */
interface Recorded {
  access: GuardedAccess;
  operation: string;
}

interface ListFile<Part> {
  /** Without ending, of the first part. */
  name(part: Part): string;
  columns: readonly string[];
  cells(part: Part): Cell[][];
  /** Whose data the part is. */
  subjects(part: Part): string[];
}

/** A whole list as a table, made part by part while it is sent: each is on record before it leaves.
 *  @throws what the first part throws: then nothing has been sent */
async function listFile<Part>(
  c: Context<ApiEnv>,
  route: Recorded,
  parts: AsyncGenerator<Part>,
  { name, columns, cells, subjects }: ListFile<Part>,
) {
  const first = await parts.next();
  if (first.done === true) throw new Error(`${route.operation} has no part`);
  c.get('audit').subjects(subjects(first.value));
  const lines = (part: Part) => cells(part).map(csvLine).join('');
  async function* text() {
    yield csvHead(columns) + lines(first.value);
    for await (const part of parts) {
      await recordDisclosure(c, route, subjects(part));
      yield lines(part);
    }
  }
  return csvStream(c, name(first.value), text());
}

export function worklistFile(c: Context<ApiEnv>, route: Recorded, parts: AsyncGenerator<WorklistView>) {
  return listFile(c, route, parts, {
    name: ({ id, date }) => `${id}-${date}`,
    columns: WORKLIST_COLUMNS,
    cells: worklistCells,
    subjects: ({ rows }) => rows.map(({ ref }) => ref),
  });
}

/** @param language of headings and reasons; codes are as they are */
export function letterFile(
  c: Context<ApiEnv>,
  route: Recorded,
  parts: AsyncGenerator<MailingPart>,
  language: Language = 'nb',
) {
  const words = (text: string) => wordsIn(language, text);
  return listFile(c, route, parts, {
    name: ({ view: { id, schoolYear } }) => `${id}-${schoolYear}`,
    columns: MAILING_COLUMNS.map(words),
    cells: ({ view }) => mailingCells(view).map((row) => row.with(-1, words(String(row.at(-1) ?? '')))),
    subjects: ({ view }) => [...view.triggers, ...view.suppressed].map(({ ref }) => ref),
  });
}
