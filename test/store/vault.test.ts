import { expect, test } from 'vitest';
import { Fodselsnummer, UnreadableNumber } from '../../src/core/person/fodselsnummer.ts';
import { WrittenName } from '../../src/core/person/personName.ts';
import { createVault } from '../../src/store/vault.ts';

const vault = createVault(Buffer.alloc(32, 1));
const other = createVault(Buffer.alloc(32, 2));
const NUMBER = new Fodselsnummer('14830989960');

test('what is sealed is opened by the same key, and only by it', () => {
  const sealed = vault.seal(NUMBER);
  expect(vault.open(sealed).toString()).toBe(NUMBER.reveal());
  expect(vault.openNumber(sealed).reveal()).toBe(NUMBER.reveal());
  expect(vault.openName(vault.seal(new WrittenName('Mild Multe'))).reveal()).toBe('Mild Multe');
  expect(() => other.open(sealed)).toThrow();
});

test('sealing the same twice gives different bytes, none of them readable', () => {
  const [one, two] = [vault.seal(NUMBER), vault.seal(NUMBER)];
  expect(one.equals(two)).toBe(false);
  expect(one.includes(NUMBER.reveal())).toBe(false);
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

test('what is digested for one use is found by no other, and as it has always been', () => {
  const digests = (['list-row', 'idempotency-key', 'body'] as const).map((use) => vault.digest(use, 'text'));
  const kept = ['list-row/text', 'idempotency-key/text', 'text'];
  expect(digests).toEqual(kept.map((text) => vault.hmac(new Fodselsnummer(text))));
  expect(vault.digest('list-row', new UnreadableNumber('text'))).toEqual(digests[0]);
});

test('a name has one tag under one key, apart from all that is made of numbers', () => {
  expect(vault.nameTag('MILD MULTE')).toMatch(/^[0-9a-f]{12}$/);
  expect(vault.nameTag('MILD MULTE')).toBe(vault.nameTag('MILD MULTE'));
  expect(vault.nameTag('MILDE MULTE')).not.toBe(vault.nameTag('MILD MULTE'));
  expect(other.nameTag('MILD MULTE')).not.toBe(vault.nameTag('MILD MULTE'));
  expect(vault.pseudonym(NUMBER)).not.toContain(vault.nameTag(NUMBER.reveal()));
});

test('a key of another length is refused', () => {
  expect(() => createVault(Buffer.alloc(16))).toThrow('32 bytes');
});
