import { readFile } from 'node:fs/promises';
import { VigoFileSchema, VigoReceiptSchema, VigoStatusSchema } from '../api/schema/vigoSchema.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';

export const vigo: Command = {
  form: 'vigo <fil|kvittering|status> <org> [kvitteringsfil]',
  help: 'lag fil til VIGO (til skjermen: «> fil.csv»), les kvittering, se hva som er avvist eller venter',
  takes: [2, 3],
  run: act,
};

async function act(ask: Ask, [what, org = '', path]: readonly string[]): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}/vigo`;
  if (what === 'fil') {
    const made = found(VigoFileSchema, await ask(`${at}/files`, {}), org);
    return made.file === null ? `Ingenting nytt å melde; ${made.leftOut} er holdt utenfor.` : made.csv;
  }
  if (what === 'kvittering' && path !== undefined) {
    const content = await readFile(path, 'utf8').catch(() => {
      throw new CommandFailed('Kvitteringsfilen kan ikke leses. Kontroller stien.', EXIT.usage);
    });
    const taken = found(VigoReceiptSchema, await ask(`${at}/receipts`, { content }), org);
    return `${taken.repeated ? 'Kvitteringen er lest før. ' : ''}${taken.accepted} godtatt, ${taken.refused} avvist.`;
  }
  if (what !== 'status') throw new CommandFailed(`Skriv ${vigo.form}.`, EXIT.usage);
  const { files, open } = found(VigoStatusSchema, await ask(`${at}/status`), org);
  return [
    ...files.map(
      ({ id, made, rows, accepted, refused, waiting }) =>
        `${made.slice(0, 10)} ${id}: ${rows} rader, ${accepted} godtatt, ${refused} avvist, ${waiting} venter`,
    ),
    ...open.map(
      ({ ref, file, rad, code, cure }) => `${ref} (${file} rad ${rad}) ${code ?? 'uten kvittering'}: ${cure}`,
    ),
  ].join('\n');
}
