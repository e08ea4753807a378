import { expect, test } from 'vitest';
import { LARGEST_RECORD, lighten, unstorable } from '../../src/kafka/unkeptContent.ts';
import { createVault } from '../../src/store/vault.ts';

const vault = createVault(Buffer.alloc(32, 7));
const record = (value: Buffer | null, timestamp = 1) => ({ offset: 3n, timestamp, value, headers: {} });
const large = record(Buffer.alloc(LARGEST_RECORD + 1, 'x'));

test('a record is known again by its value and its moment, under the vault’s key alone', () => {
  const tag = vault.recordTag(record(Buffer.from('a')));
  expect(vault.recordTag(record(Buffer.from('a')))).toBe(tag);
  for (const other of [record(Buffer.from('b')), record(Buffer.from('a'), 2), record(null)])
    expect(vault.recordTag(other)).not.toBe(tag);
  expect(createVault(Buffer.alloc(32, 8)).recordTag(record(Buffer.from('a')))).not.toBe(tag);
  expect(tag).toBe(BigInt.asIntN(64, tag));
});

test('also when its value was left away since it was fetched', () => {
  const light = lighten(large);
  expect(light.value).toBeNull();
  expect(vault.recordTag(light)).toBe(vault.recordTag(large));
  const refused = { ...unstorable(record(Buffer.from('a'))), value: null };
  expect(vault.recordTag(refused)).toBe(vault.recordTag(record(Buffer.from('a'))));
});
