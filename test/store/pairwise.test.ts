import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { base32, fromBase32 } from '../../src/store/base32.ts';
import { createVault } from '../../src/store/vault.ts';

const ORG = orgId('telemarkfylke-no');
const vault = createVault(Buffer.alloc(32, 1));
const names = vault.pairwise(ORG, '0192:889640782');
const refs = Array.from({ length: 1_000 }, () => personRef(randomUUID()));

test('a subscriber’s form of a reference is always the same, and leads back', () => {
  for (const ref of refs) {
    const token = names.of(ref);
    expect(token).toMatch(/^pw_[a-z2-7]{26}$/);
    expect(vault.pairwise(ORG, '0192:889640782').of(ref)).toBe(token);
    expect(names.refOf(token)).toBe(ref);
  }
  expect(new Set(refs.map(names.of)).size).toBe(refs.length);
});

test.each([
  ['another subscriber', vault.pairwise(ORG, '0192:974760673')],
  ['the same one at another organisation', vault.pairwise(orgId('vestfoldfylke-no'), '0192:889640782')],
  ['another vault', createVault(Buffer.alloc(32, 2)).pairwise(ORG, '0192:889640782')],
])('%s knows no youth by the same name, and its names lead nowhere', (_who, others) => {
  const theirs = new Set(refs.map(others.of));
  expect(refs.filter((ref) => theirs.has(names.of(ref)))).toEqual([]);
  const all: ReadonlySet<string> = new Set(refs);
  expect(refs.filter((ref) => all.has(others.refOf(names.of(ref)) ?? ''))).toEqual([]);
  expect(others.tag('5a1cf3b07e9d2468')).not.toBe(names.tag('5a1cf3b07e9d2468'));
});

test('where organisation and subscriber meet does not matter: no two pairs have one key', () => {
  const [one, two] = [vault.pairwise(orgId('a-no'), 'b'), vault.pairwise(orgId('a'), '-nob')];
  expect(one.of(personRef(refs[0] ?? ''))).not.toBe(two.of(personRef(refs[0] ?? '')));
});

test('a tag has the form of what it is made of', () => {
  expect(names.tag('5a1cf3b07e9d2468')).toMatch(/^[0-9a-f]{16}$/);
  expect(names.tag('5a1cf3b07e9d2468')).not.toBe('5a1cf3b07e9d2468');
});

test('what is no token is none: other lengths, other letters, and the forms that name the same bytes', () => {
  const token = names.of(personRef(randomUUID()));
  const alike = [...'abcdefghijklmnopqrstuvwxyz234567'].map((last) => token.slice(0, -1) + last);
  // 26 characters hold two bits more than a reference: of four neighbours one is a token.
  expect(alike.filter((each) => names.refOf(each) !== undefined)).toHaveLength(8);
  for (const wrong of [
    '',
    'pw_',
    token.slice(3),
    token.slice(0, -1),
    `${token}a`,
    token.toUpperCase(),
    randomUUID(),
  ])
    expect(names.refOf(wrong), wrong).toBeUndefined();
});

test('base 32 gives back every byte string, and reads no other form of it', () => {
  // RFC 4648, section 10, lower case and without padding.
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))).toEqual([
    ...['my', 'mzxq', 'mzxw6', 'mzxw6yq', 'mzxw6ytb', 'mzxw6ytboi'],
  ]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromBase32(base32(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z2-7]{0,30}$/), (text) => {
      const bytes = fromBase32(text);
      if (bytes !== undefined) expect(base32(bytes)).toBe(text);
    }),
  );
  expect(fromBase32(base32(randomBytes(16)).toUpperCase())).toBeUndefined();
});
