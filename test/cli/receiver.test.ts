import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { faultSentence } from '../../src/cli/receiver/faultSentence.ts';
import { readListenFlags } from '../../src/cli/receiver/listen.ts';
import { open } from '../../src/cli/receiver/loopback.ts';
import { createReceiver } from '../../src/cli/receiver/receiver.ts';
import { fixedKeys, publishedKeys, type ReceiverKeys } from '../../src/cli/receiver/receiverKeys.ts';
import type { SignatureFault } from '../../src/relay/signatureFault.ts';
import { verifyCall } from '../../src/relay/verify.ts';

const SECRET = randomBytes(32);
const NOW = Date.parse('2026-11-29T08:00:00Z');
const ID = 'msg_abcdefghijklmnopqrstuvwxyz';

async function listening(keys: ReceiverKeys = fixedKeys([SECRET]), show = false) {
  const printed: string[] = [];
  const server = createReceiver({ keys, now: () => NOW, print: (line) => printed.push(line), show });
  const url = `http://127.0.0.1:${await open(server, 0)}/`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const send = async (data: object, id = ID, type = 'no.otbridge.ot.alert.v1') => {
    const body = JSON.stringify({ type, timestamp: '2026-11-29T08:00:00Z', data });
    const timestamp = String(NOW / 1_000);
    const mac = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
    return fetch(url, { method: 'POST', headers, body });
  };
  return { url, printed, send };
}

test('an alert is one line: kind, id, version and what verified it', async () => {
  const { printed, send } = await listening();
  expect((await send({ ref: 'pw_a', version: 7, id: ID })).status).toBe(204);
  expect(printed).toEqual([`OK     varsel  ${ID}  versjon 7  bekreftet med v1 (hemmeligheten)`]);
});

test('a repeat and an older version are said to be so', async () => {
  const { printed, send } = await listening();
  const answers = [
    await send({ ref: 'pw_a', version: 7 }, 'msg_1'),
    await send({ ref: 'pw_a', version: 7 }, 'msg_1'),
    await send({ ref: 'pw_a', version: 6 }, 'msg_2'),
    await send({ ref: 'pw_b', version: 6 }, 'msg_3'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect(printed.map((line) => /gjentatt|eldre enn versjon 7/.exec(line)?.[0])).toEqual([
    undefined,
    'gjentatt',
    'eldre enn versjon 7',
    undefined,
  ]);
});

test('reference and body are printed only when asked for, and cannot steer the terminal', async () => {
  const quiet = await listening();
  await quiet.send({ ref: 'pw_secret', note: '\u001b[31m\u009b1m\u202e' });
  expect(quiet.printed.join('\n')).not.toContain('pw_secret');
  const shown = await listening(undefined, true);
  await shown.send({ ref: 'pw_secret', note: '\u001b[31m\u009b1m\u202e' }, 'msg_\u009b');
  const all = shown.printed.join('\n');
  expect(all).toContain('"ref":"pw_secret"');
  expect(all).toContain('(uten brukbar id)');
  expect(['\u001b', '\u009b', '\u202e'].filter((character) => all.includes(character))).toEqual([]);
});

test('the handshake is answered with the origin that asked, and refused without one', async () => {
  const { url, printed } = await listening();
  const asked = await fetch(url, { method: 'OPTIONS', headers: { 'webhook-request-origin': 'ot.example' } });
  expect([asked.status, asked.headers.get('webhook-allowed-origin')]).toEqual([200, 'ot.example']);
  const bare = await fetch(url, { method: 'OPTIONS' });
  expect([bare.status, bare.headers.get('webhook-allowed-origin')]).toEqual([400, null]);
  expect(printed[0]).toContain('ot.example');
});

test('the challenge of a verification call is repeated once the signature is right', async () => {
  const { url, send } = await listening();
  const type = 'no.otbridge.subscription.verification.v1';
  expect(await (await send({ challenge: 'c-1' }, 'msg_1', type)).json()).toEqual({ challenge: 'c-1' });
  const forged = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ type, data: { challenge: 'c-2' } }),
  });
  expect([forged.status, await forged.text()]).toEqual([400, '']);
});

test('a body above the limit and a method that is not POST are refused', async () => {
  const { url, printed } = await listening();
  expect((await fetch(url, { method: 'POST', body: 'x'.repeat(20_481) })).status).toBe(413);
  expect((await fetch(url)).status).toBe(405);
  expect(printed[0]).toContain('20480');
});

test('published keys are asked for when no key fits, and a key that has gone explains a refusal', async () => {
  const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')] as const;
  const jwks = pairs.map(({ publicKey }, at) => ({ ...publicKey.export({ format: 'jwk' }), kid: `k${at}` }));
  let published = [jwks[0]];
  let now = NOW;
  let questions = 0;
  const fetcher = async () => {
    questions += 1;
    return Response.json({ keys: published });
  };
  const keys = publishedKeys(
    'http://bridge/keys',
    fetcher,
    () => now,
    () => {},
  );
  const call = (pair: (typeof pairs)[number]) => ({
    headers: (name: string) => [
      { 'webhook-id': ID, 'webhook-timestamp': String(NOW / 1_000) }[name] ??
        `v1a,${sign(null, Buffer.from(`${ID}.${NOW / 1_000}.{}`), pair.privateKey).toString('base64')}`,
    ],
    body: Buffer.from('{}'),
  });
  const [first, second] = await Promise.all([keys.known(), keys.known()]);
  expect([first, second, questions]).toEqual([second, first, 1]);
  expect(verifyCall(call(pairs[0]), first, NOW)).toMatchObject({ verified: [{ name: 'k0' }] });

  published = [jwks[1]];
  expect(await keys.renewed()).toBe(first);
  now += 5_000;
  const renewed = await keys.renewed();
  expect(questions).toBe(2);
  expect(verifyCall(call(pairs[1]), renewed, NOW)).toMatchObject({ verified: [{ name: 'k1' }] });
  expect(verifyCall(call(pairs[0]), renewed, NOW)).toMatchObject({
    fault: { kind: 'key-retired', name: 'k0' },
  });
});

test('the sentences are distinct, whatever the reason', () => {
  const faults: SignatureFault[] = [
    { kind: 'header-missing', header: 'webhook-id' },
    { kind: 'header-repeated', header: 'webhook-id' },
    { kind: 'timestamp-malformed' },
    { kind: 'timestamp-in-milliseconds' },
    { kind: 'too-old', seconds: 301 },
    { kind: 'too-new', seconds: 301 },
    { kind: 'signature-damaged', schemes: ['v1'] },
    { kind: 'scheme-unknown' },
    { kind: 'no-key', schemes: ['v1a'] },
    { kind: 'key-retired', name: 'k0' },
    { kind: 'id-changed' },
    { kind: 'id-differs' },
    { kind: 'body-changed', how: 'rewritten' },
    { kind: 'body-changed', how: 'unreadable' },
    { kind: 'body-changed', how: 'undecided' },
    { kind: 'key-wrong', scheme: 'v1' },
    { kind: 'key-wrong', scheme: 'v1a' },
  ];
  expect(new Set(faults.map(faultSentence)).size).toBe(faults.length);
});

test('the file with the secret is read at each call', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ot-lytt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { keys, port, show } = readListenFlags(['--hemmelighet-fil', join(folder, 'secret')]);
  expect([port, show, await keys.known()]).toEqual([9_000, false, []]);
  await writeFile(join(folder, 'secret'), `whsec_${SECRET.toString('base64')}\n`);
  expect(await keys.known()).toMatchObject([{ scheme: 'v1' }]);
});

test('what is given wrongly is refused with the cure', () => {
  const refusal = (...args: string[]) => {
    try {
      readListenFlags(args);
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  expect(refusal()).toContain('Oppgi --hemmelighet');
  expect(refusal('--nokler', 'webhook-keys')).toContain('--nokler');
  expect(refusal('--hemmelighet', 'whsec_short')).toContain('ikke en hemmelighet');
  expect(refusal('--lytt')).toContain('Bruk:');
  expect(refusal('--port', 'abc', '--nokler', 'http://127.0.0.1/k')).toContain('--port');
});
