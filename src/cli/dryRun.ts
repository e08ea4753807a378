import { readFile } from 'node:fs/promises';
import { DryRunSchema } from '../api/schema/dryRunSchema.ts';
import { dryRunLines } from '../text/dryRunLines.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

export const dryRun: Command = {
  ...USAGE.prov,
  run: tryFile,
};

async function tryFile(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = withoutJson(args);
  const [org = '', feed = '', file = ''] = words;
  const body = await readJson(file);
  const path = `/organisations/${encodeURIComponent(org)}/feeds/${encodeURIComponent(feed)}/dry-run`;
  return told(json, found(DryRunSchema, await ask(path, body), org), dryRunLines);
}

/** The content is never shown: it holds identity numbers. @throws CommandFailed */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Kan ikke lese filen «${file}» (${error.code}).`, EXIT.usage);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailed(
      `Filen «${file}» er ikke gyldig JSON. Den skal inneholde det samme som sendes til strømmen.`,
      EXIT.usage,
    );
  }
}
