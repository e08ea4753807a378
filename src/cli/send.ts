import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UploadCheckSchema, UploadSchema, UploadSentSchema } from '../api/schema/uploadSchema.ts';
import { headingKey } from '../core/feedColumns.ts';
import { uploadLines } from '../text/uploadLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags, withoutJson } from './flags.ts';
import { newValues } from './mend.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.send;

/** A list from a spreadsheet: what would become of it, and with `--kjør` it is sent. */
export const send: Command = {
  ...USAGE.send,
  run: sendList,
};

interface Flags {
  gjelder?: string;
  ark?: string;
  overskrift?: string;
  kolonne?: string[];
  dropp?: string[];
  feilfil?: string;
  'hele-listen'?: boolean;
  'bekreftet-kortere'?: boolean;
  kjør?: boolean;
  kjor?: boolean;
}

async function sendList(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const { values: flags, positionals } = parseFlags(FORM, () => parsed(words));
  const [org = '', feed = '', file = ''] = positionals;
  return sendBytes(ask, { org, feed, bytes: await bytesOf(file), flags, json });
}

/** One message, written field by field: what has happened, or what corrects or takes back what was reported. */
export const report: Command = {
  ...USAGE.meld,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', feed = '', type = '', ...rest] = words;
    const isRun = (each: string) => /^--kj[øo]r$/.test(each);
    const fields = Object.entries(newValues(rest.filter((each) => !isRun(each))));
    if (fields.length === 0) throw new CommandFailed(`Bruk: npm run ot -- ${USAGE.meld.form}`, EXIT.usage);
    const table = [fields.map(([field]) => field), fields.map(([, value]) => value)];
    const bytes = Buffer.from(table.map((cells) => `${cells.map(cell).join(';')}\n`).join(''));
    const flags = { gjelder: type, kjør: rest.some(isRun) };
    return sendBytes(ask, { org, feed, bytes, flags, json });
  },
};

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

async function sendBytes(
  ask: Ask,
  {
    org,
    feed,
    bytes,
    flags,
    json,
  }: { org: string; feed: string; bytes: Buffer; flags: Flags; json: boolean },
): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}/feeds/${encodeURIComponent(feed)}/uploads`;
  const opened = found(UploadSchema, await ask(at, bytes), org);
  const path = `${at}/${opened.id}`;
  const choices = choicesOf(flags);
  const upload =
    Object.keys(choices).length === 0 ? opened : found(UploadSchema, await ask(path, choices, 'PATCH'), org);
  if (upload.needs !== null)
    throw new CommandFailed(`${upload.needs.text}\n\nBruk: npm run ot -- ${FORM}`, EXIT.usage);
  const check = found(UploadCheckSchema, await ask(`${path}/check`), org);
  if (flags.feilfil !== undefined) await writeErrors(ask, { path, org, file: flags.feilfil });
  const before = upload.sentBefore;
  const notes = before === null ? [] : [`${before.text} Kvittering: ${before.receiptId}.`];
  const lines = uploadLines([...notes, ...upload.notes], check);
  if (!flags.kjør && !flags.kjor)
    return told(
      json,
      check,
      () => `${lines}\n\nIngenting er sendt. Legg til --kjør for å sende radene som kan sendes.`,
    );
  const sent = found(UploadSentSchema, await ask(`${path}/send`, {}), org);
  if (json) return JSON.stringify(sent, null, 2);
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
      feilfil: text,
      'hele-listen': yes,
      'bekreftet-kortere': yes,
      kjør: yes,
      kjor: yes,
    },
  });
  if (read.positionals.length !== 3) throw new Error('an organisation, a feed and a file');
  return read;
}

/** What the flags say of the file. @throws CommandFailed */
function choicesOf({ gjelder, ark, overskrift, kolonne = [], dropp = [], ...flags }: Flags) {
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
    ...wholeOf(flags),
  };
}

/** @throws CommandFailed */
function wholeOf({
  'hele-listen': whole = false,
  'bekreftet-kortere': shorter = false,
}: Pick<Flags, 'hele-listen' | 'bekreftet-kortere'>): { whole?: 'yes' | 'confirmed-shorter' } {
  if (shorter && !whole)
    throw new CommandFailed(
      '--bekreftet-kortere gjelder en hel liste: skriv også --hele-listen.',
      EXIT.usage,
    );
  if (!whole) return {};
  return { whole: shorter ? 'confirmed-shorter' : 'yes' };
}

/** The list with what must be done, readable by its owner alone, and never over a file that is there. @throws CommandFailed */
async function writeErrors(
  ask: Ask,
  { path, org, file }: { path: string; org: string; file: string },
): Promise<void> {
  const table = found(z.string(), await ask(`${path}/error-file?format=csv`), org);
  await writeFile(file, `\uFEFF${table}`, { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EEXIST' ? 'Den finnes alt.' : `(${error.code})`;
      throw new CommandFailed(`Kan ikke skrive filen «${file}». ${why}`, EXIT.usage);
    },
  );
}

/** The content is never shown, and the name of the file never sent. @throws CommandFailed */
async function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Kan ikke lese filen «${file}» (${error.code}).`, EXIT.usage);
  });
}
