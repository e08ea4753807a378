import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyedHash } from '../../src/store/keyedHash.ts';

test('the two plain hashes are the HMAC of the standard, whatever the key and the text', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
      (bytes, texts) => {
        const key = Buffer.from(bytes);
        const hashed = keyedHash(key);
        // One after the other: nothing of a longer text may be left for the next.
        for (const text of texts)
          expect(hashed(text)).toEqual(createHmac('sha256', key).update(text).digest());
      },
    ),
  );
});

test('a key that the standard would hash first is refused', () => {
  expect(() => keyedHash(Buffer.alloc(65))).toThrow('64 bytes');
});
