import { ListSchema, ListsSchema } from '../api/schema/listSchema.ts';
import { listLine, listLines } from '../text/listLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

/** What a person may say of a list, and where it goes. */
const ACTS: ReadonlyMap<string, { path: string; how?: string }> = new Map([
  ['bekreft', { path: 'confirm' }],
  ['bruk', { path: 'settle', how: 'conclude' }],
  ['legg-bort', { path: 'settle', how: 'drop' }],
]);

export const list: Command = {
  ...USAGE.liste,
  run: show,
};

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', name, run, act, reason] = words;
  const path = `/organisations/${encodeURIComponent(org)}/lists`;
  if (run === undefined) {
    const query = name === undefined ? '' : `&list=${encodeURIComponent(name)}`;
    return told(json, found(ListsSchema, await ask(`${path}?limit=20${query}`), org), ({ lists }) =>
      listLines(lists),
    );
  }
  const one = `${path}/${encodeURIComponent(name ?? '')}/${encodeURIComponent(run)}`;
  if (act === undefined) return told(json, found(ListSchema, await ask(one), org), listLine);
  const said = ACTS.get(act);
  if (said === undefined)
    throw new CommandFailed(`«${act}» finnes ikke. Skriv ${[...ACTS.keys()].join(', ')}.`, EXIT.usage);
  if (reason === undefined)
    throw new CommandFailed('Skriv en begrunnelse i anførselstegn, uten personopplysninger.', EXIT.usage);
  const body = { reason, ...(said.how !== undefined && { how: said.how }) };
  return told(json, found(ListSchema, await ask(`${one}/${said.path}`, body), org), listLine);
}
