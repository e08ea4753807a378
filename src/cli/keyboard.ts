import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { holdsNumber } from '../core/person/numberInText.ts';
import { CommandFailed, EXIT } from './ask.ts';

/** Where text comes from that is not to be in the shell's history: typed at a prompt, or all of what is piped in. */
export interface Keyboard {
  /** Without the line break at its end. @param question shown to a person, never in a pipe */
  read(question: string): Promise<string>;
}

/** The person at the terminal, or the pipe. The prompt goes to standard error, so that the answer can be piped on. */
export const terminal: Keyboard = {
  async read(question) {
    if (process.stdin.isTTY !== true) return (await piped()).replace(/\r?\n$/, '');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(`${question}: `);
    } finally {
      lines.close();
    }
  },
};

async function piped(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** Words as they were given, with each `-` and `felt=-` read from the keyboard, and each `@fil` and `felt=@fil` from its
 *  file. @throws CommandFailed for a file that cannot be read, and an identity number that is written in the command */
export async function typedWords(given: readonly string[], keyboard: Keyboard): Promise<string[]> {
  const words: string[] = [];
  for (const each of given) {
    if (WITH_NUMBER.test(each) && holdsNumber(each))
      throw new CommandFailed(
        'Et fødselsnummer skal ikke stå i kommandoen: da blir det liggende i historikken. Skriv «-» der det skal stå, og tast det når du blir spurt.',
        EXIT.usage,
      );
    const [, name = '', value = ''] = /^([a-zA-Z.]+=)?(-|@.+)$/s.exec(each) ?? [];
    words.push(value === '' ? each : `${name}${await typed(name.slice(0, -1), value, keyboard)}`);
  }
  return words;
}

/** A word that is a number alone, or the value of a field. */
const WITH_NUMBER = /^(?:[a-zA-Z.]+=)?\d{6}[ .-]?\d{5}$/;

async function typed(name: string, value: string, keyboard: Keyboard): Promise<string> {
  if (value === '-') return keyboard.read(name === '' ? 'Skriv teksten' : name);
  const file = value.slice(1);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Kan ikke lese filen «${file}» (${error.code}).`, EXIT.usage);
  });
  return text.replace(/\r?\n$/, '');
}
