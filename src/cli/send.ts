import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { UploadCheckSchema, UploadSchema, UploadSentSchema } from '../api/schema/uploadSchema.ts';
import { headingKey } from '../core/feedColumns.ts';
import { uploadLines } from '../text/uploadLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';

const FORM =
  'send <org> <strøm> <fil> [--gjelder <hva>] [--ark <navn>] [--overskrift <rad>] [--kolonne <overskrift>=<felt>] [--dropp <overskrift>] [--kjør]';

/** A list from a spreadsheet: what would become of it, and with `--kjør` it is sent. */
export const send: Command = {
  form: 'send <org> <strøm> <fil> [valg] [--kjør]',
  help: 'en liste (.xlsx, .csv): hva som er galt rad for rad; sendes bare med --kjør',
  takes: [3, 40],
  run: sendList,
};

interface Flags {
  gjelder?: string;
  ark?: string;
  overskrift?: string;
  kolonne?: string[];
  dropp?: string[];
  kjør?: boolean;
  kjor?: boolean;
}

async function sendList(ask: Ask, args: readonly string[]): Promise<string> {
  const { values: flags, positionals } = parseFlags(FORM, () => parsed(args));
  const [org = '', feed = '', file = ''] = positionals;
  const at = `/organisations/${encodeURIComponent(org)}/feeds/${encodeURIComponent(feed)}/uploads`;
  const opened = found(UploadSchema, await ask(at, await bytesOf(file)), org);
  const path = `${at}/${opened.id}`;
  const choices = choicesOf(flags);
  const upload =
    Object.keys(choices).length === 0 ? opened : found(UploadSchema, await ask(path, choices, 'PATCH'), org);
  if (upload.needs !== null)
    throw new CommandFailed(`${upload.needs.text}\n\nBruk: npm run ot -- ${FORM}`, EXIT.usage);
  const check = found(UploadCheckSchema, await ask(`${path}/check`), org);
  const before = upload.sentBefore;
  const notes = before === null ? [] : [`${before.text} Kvittering: ${before.receiptId}.`];
  const lines = uploadLines([...notes, ...upload.notes], check);
  if (!flags.kjør && !flags.kjor)
    return `${lines}\n\nIngenting er sendt. Legg til --kjør for å sende radene som kan sendes.`;
  const sent = found(UploadSentSchema, await ask(`${path}/send`, {}), org);
  const rows = sent.rows === 1 ? '1 rad' : `${sent.rows} rader`;
  const repeated = sent.repeated ? 'De samme radene er sendt før. ' : '';
  return `${lines}\n\n${repeated}${rows} sendt. Se hvordan det gikk: npm run ot -- kvittering ${org} ${sent.receiptId}`;
}

function parsed(args: readonly string[]): { values: Flags; positionals: string[] } {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const several = { type: 'string', multiple: true } as const;
  const read = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      gjelder: text,
      ark: text,
      overskrift: text,
      kolonne: several,
      dropp: several,
      kjør: yes,
      kjor: yes,
    },
  });
  if (read.positionals.length !== 3) throw new Error('an organisation, a feed and a file');
  return read;
}

/** What the flags say of the file. @throws CommandFailed */
function choicesOf({ gjelder, ark, overskrift, kolonne = [], dropp = [] }: Flags) {
  const columns = Object.fromEntries([
    ...kolonne.map((each): [string, string] => {
      const [, heading = '', field = ''] = /^(.+)=([a-zA-Z]+)$/.exec(each) ?? [];
      if (field === '') throw new CommandFailed('--kolonne skrives <overskrift>=<felt>.', EXIT.usage);
      return [headingKey(heading), field];
    }),
    ...dropp.map((heading): [string, null] => [headingKey(heading), null]),
  ]);
  const header = overskrift === undefined ? undefined : Number(overskrift);
  if (header !== undefined && !(Number.isInteger(header) && header > 0))
    throw new CommandFailed('--overskrift er nummeret på en rad.', EXIT.usage);
  return {
    ...(ark === undefined ? {} : { sheet: ark }),
    ...(header === undefined ? {} : { header }),
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
    ...(gjelder === undefined ? {} : { constants: { type: gjelder } }),
  };
}

/** The content is never shown, and the name of the file never sent. @throws CommandFailed */
async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Kan ikke lese filen «${file}» (${error.code}).`, EXIT.usage);
  });
}
