import { describe, expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { personIn, recordKeys } from '../../src/wire/recordKeys.ts';

// Synthetic (month + 80).
const ONE = '14830989960';
const OTHER = '21860876016';
const REF = personRef('235e8317-4bf3-4b06-a9b5-bfcd3b90af88');

const store = createMemoryStore();
const vault = createVault(Buffer.alloc(32, 7));
const keysOf = (people: readonly (string | null)[], token = 't') =>
  recordKeys(
    { store, vault },
    people.map((number, index) => ({
      person: number === null ? null : { fodselsnummer: new Fodselsnummer(number) },
      token: `${token}/${index}`,
    })),
  );

describe('the key of a record', () => {
  test('is one for all records of a person, in every call', async () => {
    const [first, other, again] = await keysOf([ONE, OTHER, ONE]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(await keysOf([ONE])).toEqual([first]);
  });

  test('is the reference where the record has one', async () => {
    const keys = await recordKeys({ store, vault }, [{ person: { ref: REF }, token: 't' }]);
    expect(keys).toEqual([REF]);
  });

  test('is never the number', async () => {
    expect((await keysOf([ONE, OTHER])).join(' ')).not.toMatch(/14830989960|21860876016/);
  });

  test('of a record without a person is the same for the same token, and hides the token', async () => {
    const [key = ''] = await keysOf([null]);
    expect(await keysOf([null])).toEqual([key]);
    expect(await keysOf([null], 'u')).not.toEqual([key]);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  test('keeps the order of the records', async () => {
    const [one, none, other] = await keysOf([ONE, null, OTHER]);
    expect(await keysOf([OTHER])).toEqual([other]);
    expect(await keysOf([ONE])).toEqual([one]);
    expect(none).toMatch(/^[0-9a-f]{32}$/);
  });
});

test('a record that cannot be read, or is about no person, has no person', () => {
  expect(personIn({ kind: 'malformed', problems: [] })).toBeNull();
  expect(personIn({ kind: 'notOurs', reason: 'R' })).toBeNull();
});
