import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CommandFailed, EXIT } from '../ask.ts';
import type { Command, Outcome } from '../command.ts';
import { parseFlags, readPort, secretMeant } from '../flags.ts';
import { USAGE } from '../usage.ts';
import { ANSWER_WITHIN_MS, type Bench, createBench, signingPair } from './bench.ts';
import { createCounterpart } from './counterpart.ts';
import { junit } from './junit.ts';
import type { Result } from './result.ts';
import { CASE_NAMES, runContract } from './runContract.ts';

const { form: FORM } = USAGE.kontrakt;
/** Where the bridge is played while the cases run. */
const DEFAULT_PORT = 8_791;

/** Plays the bridge towards a receiver under development, faults included, and says what it does wrong. */
export const contract: Command<Outcome> = {
  ...USAGE.kontrakt,
  run: async (_ask, args) => {
    const meant = await readContractFlags(args);
    const { privateKey, jwk, raw } = signingPair();
    const counterpart = await createCounterpart({ port: meant.port, jwk });
    console.log(`Spiller OT Bridge på ${counterpart.base}, med nøklene på /.well-known/webhook-keys.\n`);
    try {
      const { url, secret, publicKeys } = meant;
      const bench = createBench({
        url,
        secret,
        publicKeys,
        counterpart,
        privateKey,
        publicBytes: raw,
        withinMs: ANSWER_WITHIN_MS,
      });
      await reached(bench, url);
      const results = await runContract(bench, meant.exceptions, (result) =>
        console.log(resultLines(result)),
      );
      if (meant.junit !== undefined) await writeFile(meant.junit, junit(results, url));
      return outcomeOf(results);
    } finally {
      counterpart.close();
    }
  },
};

interface ContractFlags {
  url: string;
  secret: Buffer;
  publicKeys: boolean;
  port: number;
  exceptions: ReadonlySet<string>;
  junit: string | undefined;
}

/** @throws CommandFailed when a flag is unknown, or its value is not one */
export async function readContractFlags(args: readonly string[]): Promise<ContractFlags> {
  const { values, positionals } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        hemmelighet: { type: 'string' },
        'hemmelighet-fil': { type: 'string' },
        'uten-v1a': { type: 'boolean', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        unntak: { type: 'string', default: '' },
        junit: { type: 'string' },
      },
    }),
  );
  const [url = '', ...more] = positionals;
  if (more.length > 0 || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CommandFailed(
      `Oppgi én adresse med http eller https.\nBruk: npm run ot -- ${FORM}`,
      EXIT.usage,
    );
  }
  const exceptions = values.unntak.split(',').filter((name) => name !== '');
  for (const name of exceptions) {
    if (CASE_NAMES.includes(name)) continue;
    throw new CommandFailed(
      `Unntaket «${name}» er ikke et tilfelle. De heter: ${CASE_NAMES.join(', ')}.`,
      EXIT.usage,
    );
  }
  return {
    url,
    secret: await secretOf(values.hemmelighet, values['hemmelighet-fil']),
    publicKeys: !values['uten-v1a'],
    port: readPort('--port', values.port),
    exceptions: new Set(exceptions),
    junit: values.junit,
  };
}

async function secretOf(given: string | undefined, file: string | undefined): Promise<Buffer> {
  if (given !== undefined) return secretMeant('--hemmelighet', given);
  if (file === undefined) {
    throw new CommandFailed(
      'Oppgi hemmeligheten som mottakeren er satt opp med: --hemmelighet eller --hemmelighet-fil. En ny lages med: echo "whsec_$(openssl rand -base64 32)".',
      EXIT.usage,
    );
  }
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Kan ikke lese filen «${file}» (${error.code}).`, EXIT.usage);
  });
  return secretMeant('--hemmelighet-fil', text);
}

async function reached(bench: Bench, url: string): Promise<void> {
  const { status } = await bench.handshake('otbridge.example');
  if (status !== undefined) return;
  throw new CommandFailed(`Får ikke kontakt med mottakeren på ${url}. Start den først.`, EXIT.unreachable);
}

const MARKS = { passed: 'OK     ', failed: 'FEIL   ', excepted: 'UNNTAK ' } as const;

/** A case that went well is one line. */
export function resultLines({ name, sent, right, came, outcome }: Result): string {
  const head = `${MARKS[outcome]} ${name.padEnd(32)}  ${came}`;
  return outcome === 'passed' ? head : `${head}\n          Sendt:  ${sent}\n          Riktig: ${right}`;
}

/** 0 only when nothing failed but what was excepted. */
export function outcomeOf(results: readonly Result[]): Outcome {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const failed = count('failed');
  const excepted = count('excepted');
  const rest = excepted === 0 ? '' : `, ${excepted} unntak`;
  return {
    text: `\n${count('passed')} av ${results.length} riktige, ${failed} feil${rest}.`,
    exitCode: failed === 0 ? EXIT.ok : EXIT.refused,
  };
}
