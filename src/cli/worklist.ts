import { WorklistIndexSchema, WorklistSchema } from '../api/schema/worklistSchema.ts';
import { parseDate } from '../core/time/date.ts';
import { worklistLines } from '../text/worklistLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { USAGE } from './usage.ts';

export const worklist: Command = {
  ...USAGE.arbeidsliste,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', name, date] = words;
  const path = `/organisations/${encodeURIComponent(org)}/worklists`;
  if (name === undefined) {
    const index = found(WorklistIndexSchema, await ask(path), org);
    if (json) return JSON.stringify(index, null, 2);
    const { lists } = index;
    const width = Math.max(...lists.map(({ id }) => id.length));
    return lists
      .map(
        ({ id, title, wheel }) =>
          `${id.padEnd(width)}  ${title}${wheel.length ? ` (${wheel.join(', ')})` : ''}`,
      )
      .join('\n');
  }
  if (date !== undefined && parseDate(date) === undefined)
    throw new CommandFailed(`«${date}» er ikke en dato. Skriv for eksempel 2026-10-20.`, EXIT.usage);
  const query = `limit=5000${date === undefined ? '' : `&date=${date}`}`;
  const pages = await everyPage(ask, {
    schema: WorklistSchema,
    path: `${path}/${encodeURIComponent(name)}?${query}`,
    org,
  });
  const texts = new Map(pages.flatMap(({ texts: some }) => some.map((text) => [text.id, text])));
  const rows = pages.flatMap((page) => page.rows);
  return told(json, { ...pages[0], rows, texts: [...texts.values()], next: null }, worklistLines);
}
