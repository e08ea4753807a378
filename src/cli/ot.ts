import { bridgeAddress } from './address.ts';
import { CommandFailed, createAsk, EXIT } from './ask.ts';
import type { Command, Outcome } from './command.ts';
import { COMMANDS, lazy } from './commands.ts';
import { helpOf, usage } from './help.ts';
import { terminal, typedWords } from './keyboard.ts';
import { USAGE, type Usage } from './usage.ts';

// A small command line for the running bridge: everything it shows or does there goes through the HTTP API, but for the
// verification of the audit trail and the examination by `doctor`, which do not ask the program they are about.

/** Those that answer in another way than the API. */
const APART: Readonly<Record<string, Command<string | Outcome>>> = {
  doctor: lazy(USAGE.doctor, async () => (await import('./doctor.ts')).doctor(process.env)),
  abonner: lazy(USAGE.abonner, async () => (await import('./subscribe.ts')).subscribe),
  lytt: lazy(USAGE.lytt, async () => (await import('./receiver/listen.ts')).listen),
  kontrakt: lazy(USAGE.kontrakt, async () => (await import('./contract/contract.ts')).contract),
};

const HELP: ReadonlySet<string> = new Set(['--help', '--hjelp', '-h']);

const [name, ...args] = process.argv.slice(2);
process.exitCode = await run(name, args);

async function run(command: string | undefined, given: readonly string[]): Promise<number> {
  if (command === undefined || command === 'hjelp' || HELP.has(command)) {
    const about = given[0] === undefined ? undefined : usageOf(given[0], given[1]);
    console.log(about === undefined ? usage() : helpOf(about));
    return command === undefined ? EXIT.usage : EXIT.ok;
  }
  const form = usageOf(command, given[0]);
  const chosen = named(APART, command) ?? named(COMMANDS, command);
  if (form === undefined || chosen === undefined) {
    console.error(`Kommandoen «${command}» finnes ikke.\n\n${usage()}`);
    return EXIT.usage;
  }
  if (given.some((each) => HELP.has(each))) {
    console.log(helpOf(form));
    return EXIT.ok;
  }
  const json = given.includes('--json');
  return answered(json, async () => {
    if (command === 'revisjon' && given[0] === 'verifiser')
      return (await import('./verifyTrail.ts')).verifyTrail(process.env, given.slice(1));
    const [fewest, most] = form.takes;
    const count = given.length - (json ? 1 : 0);
    if (count < fewest || count > most)
      throw new CommandFailed(`Bruk: npm run ot -- ${form.form}`, EXIT.usage);
    const words = form.ownInput === true ? given : await typedWords(given, terminal);
    const base = bridgeAddress(process.env);
    if (command === 'nav' && given[0] === 'motpart') {
      const { askAsNav, counterpart } = await import('./navCounterpart.ts');
      return counterpart.run(await askAsNav(base, process.env, fetch), words);
    }
    return chosen.run(createAsk(base, fetch), words, terminal);
  });
}

/** @param what the first word, where one command has two forms */
function usageOf(command: string, what: string | undefined): Usage | undefined {
  return named(USAGE, `${command} ${what}`) ?? named(USAGE, command);
}

function named<T>(all: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined;
}

async function answered(json: boolean, ask: () => Promise<string | Outcome>): Promise<number> {
  try {
    const answer = await ask();
    const { text, exitCode } = typeof answer === 'string' ? { text: answer, exitCode: EXIT.ok } : answer;
    console.log(text);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    console.error(json ? failureJson(error) : error.message);
    return error.exitCode;
  }
}

/** The API's own problem, or one with the command's own words. */
function failureJson({ message, exitCode, problem }: CommandFailed): string {
  return JSON.stringify(problem ?? { title: 'Kommandoen gikk ikke', detail: message, exitCode }, null, 2);
}
