import { ListSchema, ListsSchema } from '../api/schema/listSchema.ts';
import { listLine, listLines } from '../text/listLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';

/** What a person may say of a list, and where it goes. */
const ACTS: ReadonlyMap<string, { path: string; how?: string }> = new Map([
  ['bekreft', { path: 'confirm' }],
  ['bruk', { path: 'settle', how: 'conclude' }],
  ['legg-bort', { path: 'settle', how: 'drop' }],
]);

export const list: Command = {
  form: 'liste <org> [liste] [id] [bekreft|bruk|legg-bort] [begrunnelse]',
  help: 'lister som er kommet og hva som er blitt av dem; avgjør en som er holdt tilbake',
  takes: [1, 5],
  run: show,
};

async function show(ask: Ask, [org = '', name, run, act, reason]: readonly string[]): Promise<string> {
  const path = `/organisations/${encodeURIComponent(org)}/lists`;
  if (run === undefined) {
    const query = name === undefined ? '' : `&list=${encodeURIComponent(name)}`;
    return listLines(found(ListsSchema, await ask(`${path}?limit=20${query}`), org).lists);
  }
  const one = `${path}/${encodeURIComponent(name ?? '')}/${encodeURIComponent(run)}`;
  if (act === undefined) return listLine(found(ListSchema, await ask(one), org));
  const said = ACTS.get(act);
  if (said === undefined)
    throw new CommandFailed(`«${act}» finnes ikke. Skriv ${[...ACTS.keys()].join(', ')}.`, EXIT.usage);
  if (reason === undefined)
    throw new CommandFailed('Skriv en begrunnelse i anførselstegn, uten personopplysninger.', EXIT.usage);
  const body = { reason, ...(said.how !== undefined && { how: said.how }) };
  return listLine(found(ListSchema, await ask(`${one}/${said.path}`, body), org));
}
