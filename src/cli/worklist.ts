import { WorklistIndexSchema, WorklistSchema } from '../api/schema/worklistSchema.ts';
import { parseDate } from '../core/time/date.ts';
import { worklistLines } from '../text/worklistLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { everyPage } from './pages.ts';

export const worklist: Command = {
  form: 'arbeidsliste <org> [liste eller W-nummer] [dato]',
  help: 'en arbeidsliste med hvorfor og frist; uten navn: hvilke som finnes',
  takes: [1, 3],
  run: show,
};

async function show(ask: Ask, [org = '', name, date]: readonly string[]): Promise<string> {
  const path = `/organisations/${encodeURIComponent(org)}/worklists`;
  if (name === undefined) {
    const { lists } = found(WorklistIndexSchema, await ask(path), org);
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
  return worklistLines({
    ...pages[0],
    rows: pages.flatMap(({ rows }) => rows),
    texts: [...texts.values()],
  });
}
