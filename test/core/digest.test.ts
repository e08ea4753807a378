import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../src/core/digest.ts';
import { runs } from '../harness/propertyRuns.ts';

test('a digest is what it was when alerts and evidence were first named by it', () => {
  expect(digest('')).toBe('811c9dc5050855fb');
  expect(digest('a')).toBe('e40c292c70700d3b');
  expect(digest('ot:40201|ot-0-1-77')).toBe('cc7e6bec11ff1fea');
  expect(digest('hei æøå')).toBe('273e0fac53a36897');
});

test('texts in a row have the digest of the one text they would make, always sixteen digits', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, (one, then, last) => {
      const whole = digest(`${one}${then}${last}`);
      expect(digest(one, then, last)).toBe(whole);
      expect(whole).toMatch(/^[0-9a-f]{16}$/);
    }),
    runs(500),
  );
});
