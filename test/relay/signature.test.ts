import { verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/local/sample/random.ts';
import { newSigningKeys, openKey } from '../../src/relay/keys.ts';
import { signatureOf, signedHeaders } from '../../src/relay/signature.ts';
import { createVault } from '../../src/store/vault.ts';

const vault = createVault(Buffer.alloc(32, 9));
const AT = '2026-11-29T07:00:00.000Z';

test('the published vector of Standard Webhooks is reproduced', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: Buffer.from('{"test": 2432232314}'),
  };
  expect(signatureOf(signed, [{ scheme: 'v1', secret }])).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('what a new pair of keys signs is verified by another library and by the public key, 1,000 of 1,000; with one bit flipped 0', () => {
  const { keys, secret, publicKey } = newSigningKeys(vault, AT);
  const opened = keys.map((key) => openKey(vault, key));
  const library = new Webhook(secret);
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64');
  const ed25519 = {
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der' as const,
    type: 'spki' as const,
  };
  const random = seededRandom(12);
  const now = Math.floor(Date.now() / 1_000);
  let [verified, flippedVerified] = [0, 0];
  for (let n = 0; n < 1_000; n += 1) {
    const body = Buffer.from(JSON.stringify({ n, text: 'æøå'.repeat(random.between(0, 9)) }));
    const headers = signedHeaders({ id: `msg_${n}`, timestamp: now, body }, opened);
    const v1a = Buffer.from(headers['webhook-signature']?.split(' v1a,')[1] ?? '', 'base64');
    const holds = (bytes: Buffer) => {
      const content = Buffer.concat([Buffer.from(`msg_${n}.${now}.`), bytes]);
      const asymmetric = verify(null, content, ed25519, v1a);
      try {
        library.verify(bytes.toString(), headers);
        return asymmetric ? 2 : 1;
      } catch {
        return asymmetric ? 1 : 0;
      }
    };
    if (holds(body) === 2) verified += 1;
    const flipped = Buffer.from(body);
    const at = random.between(0, body.length - 1);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    if (holds(flipped) > 0) flippedVerified += 1;
  }
  expect([verified, flippedVerified]).toEqual([1_000, 0]);
});

test('bytes are signed, and not the text that they may be read as', () => {
  const key = { scheme: 'v1' as const, secret: Buffer.alloc(32, 1) };
  const of = (byte: number) => signatureOf({ id: 'msg_a', timestamp: 1, body: Buffer.from([byte]) }, [key]);
  expect(of(0xff)).not.toBe(of(0xfe));
});

test('keys are sealed: neither secret nor private key is stored as it is, and another vault opens none', () => {
  const { keys, secret } = newSigningKeys(vault, AT);
  const bare = Buffer.from(secret.replace('whsec_', ''), 'base64');
  expect(keys.some(({ sealed }) => sealed.includes(bare))).toBe(false);
  const other = createVault(Buffer.alloc(32, 8));
  for (const key of keys) expect(() => openKey(other, key)).toThrow();
});
