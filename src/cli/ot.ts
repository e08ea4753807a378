import { bridgeAddress } from './address.ts';
import { CommandFailed, createAsk, EXIT } from './ask.ts';
import type { Command, Outcome } from './command.ts';
import { COMMANDS } from './commands.ts';
import { contract } from './contract/contract.ts';
import { doctor } from './doctor.ts';
import { askAsNav, counterpart } from './navCounterpart.ts';
import { listen } from './receiver/listen.ts';
import { subscribe } from './subscribe.ts';
import { verifyTrail } from './verifyTrail.ts';

// A small command line for the running bridge: everything it shows or does there goes through the HTTP API, but for the
// verification of the audit trail and the examination by `doctor`, which do not ask the program they are about.

const ALL: Readonly<Record<string, Command<string | Outcome>>> = {
  ...COMMANDS,
  doctor: doctor(process.env),
  abonner: subscribe,
  lytt: listen,
  kontrakt: contract,
};

const [name, ...args] = process.argv.slice(2);
process.exitCode = await run(name, args);

async function run(command: string | undefined, given: readonly string[]): Promise<number> {
  if (command === undefined || command === 'hjelp' || command === '--help') {
    console.log(usage());
    return command === undefined ? EXIT.usage : EXIT.ok;
  }
  if (command === 'revisjon' && given[0] === 'verifiser')
    return answered(() => verifyTrail(process.env, given.slice(1)));
  const chosen = Object.hasOwn(ALL, command) ? ALL[command] : undefined;
  if (chosen === undefined) {
    console.error(`Kommandoen «${command}» finnes ikke.\n\n${usage()}`);
    return EXIT.usage;
  }
  const [fewest, most] = chosen.takes;
  if (given.length < fewest || given.length > most) {
    console.error(`Bruk: npm run ot -- ${chosen.form}`);
    return EXIT.usage;
  }
  const base = () => bridgeAddress(process.env);
  if (command === 'nav' && given[0] === 'motpart')
    return answered(async () => counterpart.run(await askAsNav(base(), process.env, fetch), given));
  return answered(() => chosen.run(createAsk(base(), fetch), given));
}

async function answered(ask: () => Promise<string | Outcome>): Promise<number> {
  try {
    const answer = await ask();
    const { text, exitCode } = typeof answer === 'string' ? { text: answer, exitCode: EXIT.ok } : answer;
    console.log(text);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    console.error(error.message);
    return error.exitCode;
  }
}

function usage(): string {
  const width = Math.max(...Object.values(ALL).map(({ form }) => form.length));
  const lines = [...Object.values(ALL), counterpart].map(
    ({ form, help }) => `  npm run ot -- ${form.padEnd(width)}  ${help}`,
  );
  return [
    'OT Bridge fra kommandolinjen',
    '',
    ...lines,
    '',
    'Uten organisasjon gjelder det den eneste som er satt opp; uten skoleår det organisasjonen er i nå.',
    'OT_BRIDGE_URL: adressen til OT Bridge. Når den ikke er satt: broen som kjører her (DATA_DIR), ellers port HTTP_PORT eller 8080.',
  ].join('\n');
}
