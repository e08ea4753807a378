import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { readBase64, readKeySet, readSecret, secretKey } from '../../src/relay/verificationKey.ts';
import { type ReceivedCall, verifyCall } from '../../src/relay/verify.ts';

// The example of the Standard Webhooks specification and of its libraries.
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const NOW = Number(VECTOR.timestamp) * 1_000;
const SECRET = readSecret(VECTOR.secret) ?? Buffer.alloc(0);
const KEY = secretKey(SECRET, 'vector');
const PAIR = generateKeyPairSync('ed25519');
const PUBLIC = readKeySet({ keys: [{ ...PAIR.publicKey.export({ format: 'jwk' }), kid: 'a1' }] }) ?? [];

interface Given {
  id?: string;
  timestamp?: string;
  signature?: string | readonly string[];
  body?: string | Buffer;
}

function call(given: Given = {}): ReceivedCall {
  const { id, timestamp, signature, body } = { ...VECTOR, ...given };
  const values = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return {
    headers: (name) => [values[name]].flat().filter((value) => value !== ''),
    body: Buffer.from(body),
  };
}

function v1(secret: Buffer, body: string | Buffer, id = VECTOR.id, timestamp = VECTOR.timestamp): string {
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body);
  return `v1,${mac.digest('base64')}`;
}

function v1a(body: string, id = VECTOR.id, timestamp = VECTOR.timestamp): string {
  return `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${body}`), PAIR.privateKey).toString('base64')}`;
}

function faultOf(given: Given, keys = [KEY], now = NOW) {
  const verdict = verifyCall(call(given), keys, now);
  return verdict.verified === null ? verdict.fault : 'accepted';
}

test('the upstream example is accepted', () => {
  expect(verifyCall(call(), [KEY], NOW)).toEqual({ verified: [KEY], id: VECTOR.id, mismatched: [] });
});

test('what the upstream library signs is accepted, byte for byte', () => {
  fc.assert(
    fc.property(fc.json(), fc.stringMatching(/^[\w-]{1,40}$/), (body, id) => {
      const signature = new Webhook(VECTOR.secret).sign(id, new Date(NOW), body);
      expect(faultOf({ id, signature, body })).toBe('accepted');
    }),
  );
});

test('a call with one changed bit is never accepted', () => {
  const body = Buffer.from(VECTOR.body);
  const signature = `${v1(SECRET, body)} ${v1a(VECTOR.body)}`;
  let accepted = 0;
  for (let turn = 0; turn < 1_000; turn += 1) {
    const bit = turn % (body.length * 8);
    const id = turn < 500 ? VECTOR.id : `${VECTOR.id}${turn}`;
    const changed = Buffer.from(body);
    if (turn < 500) changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    if (faultOf({ id, body: changed, signature }, [KEY, ...PUBLIC]) === 'accepted') accepted += 1;
  }
  expect(accepted).toBe(0);
});

test('one match of any scheme is enough, and the scheme that does not match is named', () => {
  const other = secretKey(Buffer.alloc(32, 7), 'other');
  const both = { signature: `${v1(SECRET, VECTOR.body)} ${v1a(VECTOR.body)}` };
  expect(verifyCall(call(both), [KEY, ...PUBLIC], NOW)).toMatchObject({
    verified: [{ scheme: 'v1' }, { scheme: 'v1a', name: 'a1' }],
    mismatched: [],
  });
  expect(verifyCall(call(both), [other, ...PUBLIC], NOW)).toMatchObject({
    verified: [{ scheme: 'v1a' }],
    mismatched: ['v1'],
  });
});

test('signatures of schemes not known here, and damaged ones, are passed over when another matches', () => {
  for (const rest of ['v2,bm9l', 'v1,%%%', 'v1', ',', 'v1a,AAAA', '']) {
    expect(faultOf({ signature: `${rest} ${VECTOR.signature}` })).toBe('accepted');
  }
});

test('the time may be 300 seconds off, either way', () => {
  expect([-300, 300].map((off) => faultOf({}, [KEY], NOW + off * 1_000))).toEqual(['accepted', 'accepted']);
  expect(faultOf({}, [KEY], NOW + 301_000)).toEqual({ kind: 'too-old', seconds: 301 });
  expect(faultOf({}, [KEY], NOW - 301_000)).toEqual({ kind: 'too-new', seconds: 301 });
});

test('each reason has its own name', () => {
  const other = Buffer.alloc(32, 7);
  const inner = '{"type":"t","data":{"id":"msg_inner"}}';
  expect(faultOf({ id: '' })).toEqual({ kind: 'header-missing', header: 'webhook-id' });
  expect(faultOf({ timestamp: '' })).toEqual({ kind: 'header-missing', header: 'webhook-timestamp' });
  expect(faultOf({ signature: [] })).toEqual({ kind: 'header-missing', header: 'webhook-signature' });
  expect(faultOf({ signature: [VECTOR.signature, 'v1,x'] })).toMatchObject({ kind: 'header-repeated' });
  expect(faultOf({ timestamp: '1614265330abc' })).toEqual({ kind: 'timestamp-malformed' });
  expect(faultOf({ timestamp: '-5' })).toEqual({ kind: 'timestamp-malformed' });
  expect(faultOf({ timestamp: '1614265330000' })).toEqual({ kind: 'timestamp-in-milliseconds' });
  expect(faultOf({ signature: 'v1,g0hM9SsE' })).toEqual({ kind: 'signature-damaged', schemes: ['v1'] });
  expect(faultOf({ signature: 'v2,bm9l' })).toEqual({ kind: 'scheme-unknown' });
  expect(faultOf({}, PUBLIC)).toEqual({ kind: 'no-key', schemes: ['v1'] });
  expect(faultOf({}, [{ ...KEY, retired: true }])).toEqual({ kind: 'key-retired', name: 'vector' });
  expect(faultOf({ signature: v1(other, VECTOR.body) })).toEqual({ kind: 'key-wrong', scheme: 'v1' });
  expect(faultOf({ signature: v1a('other') }, PUBLIC)).toEqual({ kind: 'key-wrong', scheme: 'v1a' });
  expect(faultOf({ body: inner, signature: v1(SECRET, inner, 'msg_inner') })).toEqual({ kind: 'id-changed' });
  expect(faultOf({ body: inner, signature: v1(SECRET, inner) })).toEqual({ kind: 'id-differs' });
  expect(faultOf({ body: '{"test": 2432232314' })).toEqual({ kind: 'body-changed', how: 'unreadable' });
  expect(
    faultOf({ body: '{"test": 1}', signature: `${VECTOR.signature} ${v1a(VECTOR.body)}` }, [KEY, ...PUBLIC]),
  ).toEqual({ kind: 'body-changed', how: 'undecided' });
});

test('a body that was written again is recognised', () => {
  const sent = '{"note":"blåbær","list":[1,2]}';
  const signature = v1(SECRET, sent);
  const arrived = [
    JSON.stringify(JSON.parse(sent), null, 2),
    `${sent}\n`,
    `\uFEFF${sent}`,
    Buffer.from(Buffer.from(sent).toString('latin1'), 'utf8'),
  ];
  for (const body of arrived) {
    expect(faultOf({ body, signature })).toEqual({ kind: 'body-changed', how: 'rewritten' });
  }
});

test('a key that no longer counts explains, and never verifies', () => {
  const retired = { ...KEY, retired: true };
  const current = secretKey(Buffer.alloc(32, 7), 'current');
  expect(faultOf({}, [current, retired])).toEqual({ kind: 'key-retired', name: 'vector' });
  expect(verifyCall(call(), [KEY, { ...KEY, retired: true }], NOW)).toMatchObject({ verified: [KEY] });
});

test('secrets, key sets and base64 are read strictly', () => {
  expect(readSecret(`whsec_${Buffer.alloc(32).toString('base64')}`)?.length).toBe(32);
  for (const text of ['', 'whsec_', 'whsec_AAAA', VECTOR.secret.slice(6), `${VECTOR.secret}!`]) {
    expect(readSecret(text)).toBeUndefined();
  }
  for (const text of ['A', 'AA', 'AA=', 'AA-_', 'AAAA ', 'A===']) expect(readBase64(text)).toBeUndefined();
  for (const value of [null, 'keys', {}, { keys: 1 }]) expect(readKeySet(value)).toBeUndefined();
  expect(readKeySet({ keys: [null, { kty: 'RSA' }, { kty: 'OKP', crv: 'Ed25519', x: 'AA' }] })).toEqual([]);
});
