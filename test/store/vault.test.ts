import { expect, test } from 'vitest';
import { createVault } from '../../src/store/vault.ts';

const vault = createVault(Buffer.alloc(32, 1));
const other = createVault(Buffer.alloc(32, 2));
const NUMBER = '14830989960';

test('what is sealed is opened by the same key, and only by it', () => {
  const sealed = vault.seal(Buffer.from(NUMBER));
  expect(vault.open(sealed).toString()).toBe(NUMBER);
  expect(() => other.open(sealed)).toThrow();
});

test('sealing the same twice gives different bytes, none of them readable', () => {
  const [one, two] = [vault.seal(Buffer.from(NUMBER)), vault.seal(Buffer.from(NUMBER))];
  expect(one.equals(two)).toBe(false);
  expect(one.includes(NUMBER)).toBe(false);
});

test('a changed byte anywhere is noticed', () => {
  const sealed = vault.seal(Buffer.from('a record'));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
    expect(() => vault.open(changed)).toThrow();
  }
});

test('a number is found by its keyed hash, and cannot be tried out without the key', () => {
  expect(vault.hmac(NUMBER)).toEqual(vault.hmac(NUMBER));
  expect(vault.hmac(NUMBER)).not.toEqual(other.hmac(NUMBER));
  expect(vault.pseudonym(NUMBER)).not.toBe(other.pseudonym(NUMBER));
  // Who learns one of the three can still not look up the others.
  expect(vault.hmac(NUMBER).toString('hex')).not.toContain(vault.pseudonym(NUMBER));
});

test('a name has one tag under one key, apart from all that is made of numbers', () => {
  expect(vault.nameTag('MILD MULTE')).toMatch(/^[0-9a-f]{12}$/);
  expect(vault.nameTag('MILD MULTE')).toBe(vault.nameTag('MILD MULTE'));
  expect(vault.nameTag('MILDE MULTE')).not.toBe(vault.nameTag('MILD MULTE'));
  expect(other.nameTag('MILD MULTE')).not.toBe(vault.nameTag('MILD MULTE'));
  expect(vault.pseudonym(NUMBER)).not.toContain(vault.nameTag(NUMBER));
});

test('a key of another length is refused', () => {
  expect(() => createVault(Buffer.alloc(16))).toThrow('32 bytes');
});
