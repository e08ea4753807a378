import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readSecret } from '../../relay/verificationKey.ts';
import { CommandFailed, EXIT } from '../ask.ts';
import type { Command } from '../command.ts';
import { parseFlags, readPort, secretMeant } from '../flags.ts';
import { USAGE } from '../usage.ts';
import { open } from './loopback.ts';
import { createReceiver } from './receiver.ts';
import { bothKeys, fixedKeys, publishedKeys, type ReceiverKeys } from './receiverKeys.ts';

const { form: FORM } = USAGE.lytt;
const DEFAULT_PORT = 9_000;

/** A receiver on this machine that verifies what comes and says why a signature fails. Runs until it is interrupted. */
export const listen: Command = {
  ...USAGE.lytt,
  run: async (_ask, args) => {
    const { port, keys, show } = readListenFlags(args);
    const server = createReceiver({ keys, now: Date.now, print: (line) => console.log(line), show });
    console.log(`Lytter på http://127.0.0.1:${await open(server, port)}/. Ctrl-C stopper.`);
    await new Promise<void>((stop) => {
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
    server.closeAllConnections();
    server.close();
    return 'Stoppet.';
  },
};

/** @throws CommandFailed when a flag is unknown, or its value is not one */
export function readListenFlags(args: readonly string[]): {
  port: number;
  keys: ReceiverKeys;
  show: boolean;
} {
  const flags = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        hemmelighet: { type: 'string', multiple: true, default: [] },
        'hemmelighet-fil': { type: 'string' },
        utgatt: { type: 'string', multiple: true, default: [] },
        nokler: { type: 'string' },
        vis: { type: 'boolean', default: false },
      },
    }),
  ).values;
  const port = readPort('--port', flags.port);
  const given = flags.hemmelighet.map((text) => secretMeant('--hemmelighet', text));
  const retired = flags.utgatt.map((text) => secretMeant('--utgatt', text));
  const file = flags['hemmelighet-fil'];
  if (given.length === 0 && file === undefined && flags.nokler === undefined) {
    throw new CommandFailed(
      'Oppgi --hemmelighet eller --hemmelighet-fil (v1), eller --nokler (v1a): uten nøkkel kan ingen kall kontrolleres.',
      EXIT.usage,
    );
  }
  let keys = fixedKeys(given, retired);
  if (file !== undefined) keys = bothKeys(keys, fileKeys(file));
  if (flags.nokler !== undefined) {
    if (!/^https?:/.test(flags.nokler) || !URL.canParse(flags.nokler)) {
      throw new CommandFailed(
        '--nokler skal være adressen til nøklene, for eksempel http://127.0.0.1:8080/.well-known/webhook-keys.',
        EXIT.usage,
      );
    }
    keys = bothKeys(
      keys,
      publishedKeys(flags.nokler, fetch, Date.now, (line) => console.log(line)),
    );
  }
  return { port, keys, show: flags.vis };
}

/** Read at each call: the secret is written there when the subscription is made, which may be after the start. */
function fileKeys(file: string): ReceiverKeys {
  const read = async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    const secret = readSecret(text.trim());
    return secret === undefined ? [] : fixedKeys([secret]).known();
  };
  return { known: read, renewed: read };
}
