import { execFileSync, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/local/sample/random.ts';
import { newSigningKeys, openKey } from '../../src/relay/keys.ts';
import { signedHeaders } from '../../src/relay/signature.ts';
import { createVault } from '../../src/store/vault.ts';

// What we sign, before the libraries of Standard Webhooks: npm, PyPI and Go, in the versions of examples/receivers.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VERIFY = join(ROOT, 'test/relay/libraries');
const PYTHON = join(ROOT, '.cache/examples/bin');
const PATH = [PYTHON, process.env.PATH].join(delimiter);
const CALLS = 1_000;

interface SentCall {
  id: string;
  timestamp: string;
  signature: string;
  /** Base64. */
  body: string;
}

const vault = createVault(Buffer.alloc(32, 11));
const { keys, secret } = newSigningKeys(vault, '2026-11-29T07:00:00.000Z');
const opened = keys.map((key) => openKey(vault, key));
const random = seededRandom(18);
const good = Array.from({ length: CALLS }, (_, n) => signed(n));
const flipped = good.map((call, n) => withOneBitFlipped(call, n));

function signed(n: number): SentCall {
  const text = 'blåbærsyltetøy \u2028 😀'.repeat(random.between(0, 9));
  const body = Buffer.from(JSON.stringify({ type: 'no.otbridge.ot.alert.v1', data: { n, text } }));
  const headers = signedHeaders({ id: `msg_${n}`, timestamp: Math.floor(Date.now() / 1_000), body }, opened);
  return {
    id: headers['webhook-id'] ?? '',
    timestamp: headers['webhook-timestamp'] ?? '',
    signature: headers['webhook-signature'] ?? '',
    body: body.toString('base64'),
  };
}

/** Of the body, the id, the moment or the signature, in turn. */
function withOneBitFlipped(call: SentCall, n: number): SentCall {
  const flip = (bytes: Buffer) => {
    const at = random.between(0, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7));
    return bytes;
  };
  // A header is text of seven bits.
  const flipText = (text: string) => {
    const at = random.between(0, text.length - 1);
    const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.between(0, 3)));
    return text.slice(0, at) + changed + text.slice(at + 1);
  };
  if (n % 4 === 0) return { ...call, id: flipText(call.id) };
  if (n % 4 === 1) return { ...call, timestamp: flipText(call.timestamp) };
  if (n % 4 === 2) {
    const [v1 = '', v1a = ''] = call.signature.split(' ');
    const bytes = flip(Buffer.from(v1.replace('v1,', ''), 'base64'));
    return { ...call, signature: `v1,${bytes.toString('base64')} ${v1a}` };
  }
  return { ...call, body: flip(Buffer.from(call.body, 'base64')).toString('base64') };
}

const lines = (calls: readonly SentCall[]) => calls.map((call) => `${JSON.stringify(call)}\n`).join('');

test('npm’s library accepts 1,000 of 1,000 calls, and none of 1,000 with one bit flipped', () => {
  const webhook = new Webhook(secret);
  const accepted = (calls: readonly SentCall[]) =>
    calls.filter(({ id, timestamp, signature, body }) => {
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      try {
        webhook.verify(Buffer.from(body, 'base64').toString(), headers);
        return true;
      } catch {
        return false;
      }
    }).length;
  expect([accepted(good), accepted(flipped)]).toEqual([CALLS, 0]);
});

test.skipIf(!canRun(join(PYTHON, 'python3')))('so does PyPI’s', () => {
  const accepted = (calls: readonly SentCall[]) =>
    run('python3', [join(VERIFY, 'verify.py'), secret], lines(calls));
  expect([accepted(good), accepted(flipped)]).toEqual([CALLS, 0]);
});

test.skipIf(!canRun('go'))('so does Go’s', () => {
  const verifier = join(ROOT, 'examples/receivers/go/target/verify');
  run('go', ['build', '-C', join(ROOT, 'examples/receivers/go'), '-o', verifier, join(VERIFY, 'verify.go')]);
  const accepted = (calls: readonly SentCall[]) => run(verifier, [secret], lines(calls));
  expect([accepted(good), accepted(flipped)]).toEqual([CALLS, 0]);
});

/** The number that it prints. */
function run(program: string, args: readonly string[], input = ''): number {
  const stdio: StdioOptions = ['pipe', 'pipe', 'inherit'];
  return Number(execFileSync(program, args, { input, stdio, env: { ...process.env, PATH } }).toString());
}

/** In CI, which installs them, always. */
function canRun(program: string): boolean {
  if (process.env.CI === 'true') return true;
  if (program.includes('/')) return existsSync(program);
  try {
    execFileSync(program, ['version'], { stdio: 'ignore', env: { ...process.env, PATH } });
    return true;
  } catch {
    return false;
  }
}
