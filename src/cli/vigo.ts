import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  VigoCopySchema,
  VigoFileSchema,
  VigoReceiptSchema,
  VigoStatusSchema,
  VigoWithdrawnSchema,
} from '../api/schema/vigoSchema.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

export const vigo: Command = {
  ...USAGE.vigo,
  run: act,
};

const FORMS = {
  fil: 'vigo fil <org> <mappe> [json]',
  hent: 'vigo hent <org> <fil-id> <mappe> [json]',
  trekk: 'vigo trekk <org> <fil-id>',
  kvittering: 'vigo kvittering <org> <kvitteringsfil>',
  status: 'vigo status <org>',
} as const;

async function act(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [what, org = '', ...rest] = words;
  const at = `/organisations/${encodeURIComponent(org)}/vigo`;
  const form = rest.at(-1) === 'json' ? 'json' : 'csv';
  const [first, second] = form === 'json' ? rest.slice(0, -1) : rest;
  if (what === 'fil' && first !== undefined && second === undefined)
    return makeAll(ask, { at, org, folder: first, form, json });
  if (what === 'hent' && first !== undefined && second !== undefined) {
    const path = `${at}/files/${encodeURIComponent(first)}?form=${form}`;
    const { content, ...copy } = found(VigoCopySchema, await ask(path), org);
    const name = await written(second, first, form, content);
    return told(json, { ...copy, name }, ({ rows }) => `${name}: ${rows} rader, som da den ble laget.`);
  }
  if (what === 'trekk' && first !== undefined) {
    const path = `${at}/files/${encodeURIComponent(first)}/withdraw`;
    const withdrawn = found(VigoWithdrawnSchema, await ask(path, {}), org);
    return told(
      json,
      withdrawn,
      ({ rows }) => `${rows} rader er trukket tilbake og kommer i neste fil. Slett filen.`,
    );
  }
  if (what === 'kvittering' && first !== undefined) {
    const content = await readFile(first, 'utf8').catch(() => {
      throw new CommandFailed('Kvitteringsfilen kan ikke leses. Kontroller stien.', EXIT.usage);
    });
    const taken = found(VigoReceiptSchema, await ask(`${at}/receipts`, { content }), org);
    return told(
      json,
      taken,
      () =>
        `${taken.repeated ? 'Kvitteringen er lest før. ' : ''}${taken.accepted} godtatt, ${taken.refused} avvist.`,
    );
  }
  if (what === 'status')
    return told(json, found(VigoStatusSchema, await ask(`${at}/status`), org), (read) => status(read, org));
  const known = Object.entries(FORMS).find(([name]) => name === what)?.[1];
  throw new CommandFailed(`Skriv ${known ?? Object.values(FORMS).join(', ')}.`, EXIT.usage);
}

interface Making {
  at: string;
  org: string;
  folder: string;
  form: 'csv' | 'json';
  json: boolean;
}

/** File after file, until there is no more to report. */
async function makeAll(ask: Ask, { at, org, folder, form, json }: Making): Promise<string> {
  const lines: string[] = [];
  /** As answered, with the name of the file for its content. */
  const files: object[] = [];
  for (;;) {
    const asked = await ask(`${at}/files`, { form }).catch((error: unknown) => {
      // What is written stays written, and is said too.
      if (!(error instanceof CommandFailed)) throw error;
      throw new CommandFailed([...lines, error.message].join('\n'), error.exitCode);
    });
    const made = found(VigoFileSchema, asked, org);
    if (made.file === null && lines.length === 0) lines.push('Ingenting nytt å melde.');
    if (made.file !== null) {
      const name = await written(folder, made.file, form, made.content);
      lines.push(`${name}: ${made.rows} rader`);
      const { content: _written, ...rest } = made;
      files.push({ ...rest, name });
    }
    if (made.leftOut > 0 && !made.more) lines.push(`${made.leftOut} er holdt utenfor.`);
    if (!made.more) return told(json, { files, leftOut: made.leftOut }, () => lines.join('\n'));
  }
}

/** Readable by its owner alone, and never over a file that is there. */
async function written(folder: string, file: string, form: string, content: string): Promise<string> {
  const path = join(folder, `vigo-ot-${file}.${form}`);
  await writeFile(path, content, { mode: 0o600, flag: 'wx' }).catch(() => {
    throw new CommandFailed(
      `${path} kan ikke skrives, eller finnes fra før. Filen er laget: hent den med «${FORMS.hent.replace('<fil-id>', file)}».`,
      EXIT.refused,
    );
  });
  return path;
}

function status({ files, open }: z.infer<typeof VigoStatusSchema>, org: string): string {
  if (files.length === 0 && open.length === 0) return `Ingenting er meldt til VIGO fra ${org} ennå.`;
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
