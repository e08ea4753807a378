import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { lastSignedEnds, signCheckpoint } from '../../src/store/auditSeal.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const KEYS = [createPublicKey(privateKey)];
const [ONE, OTHER] = [orgId('telemarkfylke-no'), orgId('agderfylke-no')];
const line = (chain: typeof ONE, seq: number, key = privateKey) =>
  JSON.stringify(
    signCheckpoint(key, { chain, seq, hash: 'ab'.repeat(32), at: `2026-10-07T0${seq}:00:00.000Z` }),
  );

test('of each chain the last end is given, in whatever order the files were read', () => {
  const text = [line(ONE, 2), line(OTHER, 1), line(ONE, 1), 'another line of a log'].join('\n');
  expect(lastSignedEnds(text, KEYS)).toEqual([
    { chain: ONE, seq: 2, at: '2026-10-07T02:00:00.000Z', valid: true },
    { chain: OTHER, seq: 1, at: '2026-10-07T01:00:00.000Z', valid: true },
  ]);
});

test('an end that another key has signed is said not to be valid', () => {
  const strange = generateKeyPairSync('ed25519').privateKey;
  const ends = lastSignedEnds([line(ONE, 1), line(ONE, 2, strange)].join('\n'), KEYS);
  expect(ends).toMatchObject([{ seq: 2, valid: false }]);
});
