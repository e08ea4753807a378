import { parseArgs } from 'node:util';
import { readSecret } from '../relay/verificationKey.ts';
import { CommandFailed, EXIT } from './ask.ts';

/** The value is never shown. @throws CommandFailed */
export function secretMeant(flag: string, text: string): Buffer {
  const secret = readSecret(text.trim());
  if (secret !== undefined) return secret;
  throw new CommandFailed(
    `${flag} er ikke en hemmelighet. Den begynner med whsec_ og er base64 av 24 til 64 byte, slik «ot abonner» viser den.`,
    EXIT.usage,
  );
}

/** 0: any that is free. @throws CommandFailed */
export function readPort(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new CommandFailed(`${flag} er ikke et portnummer.`, EXIT.usage);
}

/** @throws CommandFailed with the form of the command */
export function parseFlags<Flags>(form: string, parse: () => Flags): Flags {
  try {
    return parse();
  } catch {
    throw new CommandFailed(`Bruk: npm run ot -- ${form}`, EXIT.usage);
  }
}

/** Words of a command, and whether it is to answer in JSON. @throws CommandFailed with the form of the command */
export function wordsAndJson(form: string, args: readonly string[]): { words: string[]; json: boolean } {
  const { positionals, values } = parseFlags(form, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    }),
  );
  return { words: positionals, json: values.json };
}

/** The same for a command whose own words can look like flags. */
export function withoutJson(args: readonly string[]): { words: string[]; json: boolean } {
  return { words: args.filter((each) => each !== '--json'), json: args.includes('--json') };
}
