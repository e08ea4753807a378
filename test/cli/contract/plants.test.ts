import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { createBench, signingPair } from '../../../src/cli/contract/bench.ts';
import { outcomeOf } from '../../../src/cli/contract/contract.ts';
import { createCounterpart } from '../../../src/cli/contract/counterpart.ts';
import type { Result } from '../../../src/cli/contract/result.ts';
import { CASE_NAMES, runContract } from '../../../src/cli/contract/runContract.ts';
import { open } from '../../../src/cli/receiver/loopback.ts';
import { createReceiver } from '../../../src/cli/receiver/receiver.ts';
import { bothKeys, fixedKeys, publishedKeys } from '../../../src/cli/receiver/receiverKeys.ts';
import { type Plant, plantedReceiver } from './plantedReceiver.ts';

const SECRET = randomBytes(32);

/** Faults of receivers, and the cases that must find each. */
const CAUGHT: Readonly<Record<Exclude<Plant, `none${string}`>, readonly string[]>> = {
  'accepts everything': ['gal-nokkel', 'endret-bit-i-kroppen', 'klokke-minus-301', 'uten-webhook-signature'],
  'ignores the time': ['klokke-minus-301', 'klokke-pluss-301', 'tid-i-millisekunder'],
  'ignores a time to come': ['klokke-pluss-301'],
  'reads the first signature alone': ['nokkelbytte-gammel-forst', 'ukjent-skjema-i-tillegg'],
  'compares the beginning of the signature': ['halv-signatur', 'tom-signatur'],
  'takes any scheme': ['ukjent-skjema-alene', 'v1-kalt-v1a'],
  'verifies the JSON written again': ['uvanlig-skrevet-json', 'omskrevet-kropp'],
  'reads the body as latin1': ['utf8'],
  'parses before it verifies': ['tom-kropp', 'ikke-json', 'ingen-5xx'],
  'remembers the id before it verifies': ['falsk-tar-ikke-ekte'],
  'asks for href before it verifies': ['ingen-oppslag-for-falske'],
  'sends its token anywhere': ['ingen-oppslag-andre-steder'],
  'handles a repeat again': ['ett-oppslag-per-id'],
  'refuses a repeat': ['gjentatt-id'],
  'refuses an older version': ['versjoner-i-uorden'],
  'fails on an unknown type': ['ukjent-type'],
  'demands a version': ['kvittering', 'prove'],
  'allows no origin': ['handtrykk'],
  'repeats the challenge in a sentence': ['handtrykk'],
  'redirects a refusal': ['gal-nokkel', 'ingen-omdirigering'],
  'answers 410 to a refusal': ['gal-nokkel', 'ingen-410'],
  'answers when the work is done': ['svarer-i-tide'],
  'answers at length': ['korte-svar'],
  'fails when href is gone': ['trukket-tilbake'],
};

const FAULTLESS: readonly Plant[] = ['none', 'none, by a challenge alone', 'none, by a challenge in JSON'];

/** All in parallel: most of the time goes by in waiting for a second to begin. */
const FAILURES = new Map<Plant, readonly string[]>();

beforeAll(async () => {
  const plants = [...FAULTLESS, ...Object.keys(CAUGHT)] as Plant[];
  await Promise.all(plants.map(async (plant) => FAILURES.set(plant, await failuresOf(plant))));
});

test.each(FAULTLESS)('a receiver without faults passes every case: %s', (plant) => {
  expect(FAILURES.get(plant)).toEqual([]);
});

test.each(Object.entries(CAUGHT))('a receiver that %s is found', (plant, names) => {
  expect(FAILURES.get(plant as Plant)).toEqual(expect.arrayContaining([...names]));
});

test.concurrent('ot lytt passes every case, v1a among them, and prints neither reference nor body', async () => {
  const printed: string[] = [];
  const results = await played(true, (base) =>
    createReceiver({
      keys: bothKeys(
        fixedKeys([SECRET]),
        publishedKeys(`${base}/.well-known/webhook-keys`, fetch, Date.now, (line) => printed.push(line)),
      ),
      now: Date.now,
      print: (line) => printed.push(line),
      show: false,
    }),
  );
  expect(namesOf(results, 'failed')).toEqual([]);
  expect(results.map(({ name }) => name)).toEqual(CASE_NAMES);
  expect(printed.length).toBeGreaterThan(CASE_NAMES.length);
  expect(printed.filter((line) => /pw_|href|telemark/.test(line))).toEqual([]);
});

test.concurrent('a receiver with the secret alone is found without v1a, unless that is said', async () => {
  const receiver = () =>
    createReceiver({ keys: fixedKeys([SECRET]), now: Date.now, print: () => {}, show: false });
  expect(namesOf(await played(true, receiver), 'failed')).toEqual(['v1a-alene']);
  expect(namesOf(await played(false, receiver), 'failed')).toEqual([]);
});

test.concurrent('an exception is counted as one, and does not hide another fault', async () => {
  const receiver = (base: string) => plantedReceiver('compares the beginning of the signature', SECRET, base);
  const results = await played(false, receiver, new Set(['halv-signatur']));
  expect(namesOf(results, 'excepted')).toEqual(['halv-signatur']);
  expect(namesOf(results, 'failed')).toContain('tom-signatur');
  expect(outcomeOf(results)).toMatchObject({ exitCode: 1, text: expect.stringContaining('1 unntak') });
  expect(outcomeOf(results.filter(({ outcome }) => outcome !== 'failed')).exitCode).toBe(0);
});

async function failuresOf(plant: Plant): Promise<readonly string[]> {
  const withinMs = plant === 'answers when the work is done' ? 1_000 : 5_000;
  const results = await played(false, (base) => plantedReceiver(plant, SECRET, base), new Set(), withinMs);
  return namesOf(results, 'failed');
}

function namesOf(results: readonly Result[], outcome: Result['outcome']): readonly string[] {
  return results.filter((result) => result.outcome === outcome).map(({ name }) => name);
}

async function played(
  publicKeys: boolean,
  receiver: (base: string) => Server,
  exceptions: ReadonlySet<string> = new Set(),
  withinMs = 5_000,
): Promise<readonly Result[]> {
  const { privateKey, jwk, raw } = signingPair();
  const counterpart = await createCounterpart({ port: 0, jwk });
  const server = receiver(counterpart.base);
  try {
    const url = `http://127.0.0.1:${await open(server, 0)}/`;
    const made = { url, secret: SECRET, publicKeys, counterpart, privateKey, publicBytes: raw };
    return await runContract(createBench({ ...made, withinMs }), exceptions, () => {});
  } finally {
    counterpart.close();
    server.closeAllConnections();
    server.close();
  }
}
