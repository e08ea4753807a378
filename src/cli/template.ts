import { writeFile } from 'node:fs/promises';
import { ADAPTERS } from '../../adapters/index.ts';
import { templateCsv, templateXlsx } from '../upload/template/template.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { USAGE } from './usage.ts';

/** The template of a feed's list, written where it is wanted. Asks no bridge: it is made from the columns that lists are read
 *  by. */
export const template: Command = {
  ...USAGE.mal,
  run: writeTemplate,
};

async function writeTemplate(_ask: Ask, [feed = '', file = '']: readonly string[]): Promise<string> {
  const lists = ADAPTERS.flatMap((each) =>
    each.columns === undefined ? [] : [{ feed: each.feed, columns: each.columns }],
  );
  const list = lists.find((each) => each.feed === feed);
  if (list === undefined)
    throw new CommandFailed(
      `Strømmen «${feed}» tar ikke imot lister. Velg en av: ${lists.map((each) => each.feed).join(', ')}.`,
      EXIT.usage,
    );
  const isText = file.toLowerCase().endsWith('.csv');
  const content = isText ? templateCsv(list.feed, list.columns) : templateXlsx(list.feed, list.columns);
  await writeFile(file, content, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'Den finnes alt.' : `(${error.code})`;
    throw new CommandFailed(`Kan ikke skrive filen «${file}». ${why}`, EXIT.usage);
  });
  return `Malen for ${feed}, utgave ${list.columns.editions[0].edition}, er skrevet.`;
}
