import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskNumbers } from '../../../src/core/person/numberInText.ts';

// A Tenor number (month + 80), in every form the mask promises to catch.
const NUMBER = '01819012345';

test.each([
  NUMBER,
  `key_${NUMBER}`,
  `pid${NUMBER}x`,
  '018190 12345',
  '018190-12345',
  '01 81 90 123 45',
  '018190–12345',
  '01.81.90/12345',
  '2026-11-02 018190 12345',
  `"fnr":"${NUMBER}"`,
  `/person/${NUMBER}/status`,
  `urn:fodselsnummer:${NUMBER}`,
])('masks an identity number in «%s»', (text) => {
  expect(maskNumbers(text)).not.toMatch(/\d{5}/);
  expect(maskNumbers(text)).toContain('***********');
});

test.each([
  '1790000000000',
  '974760673',
  '2026-11-02T08:00:00.000Z',
  'c0a8f3d2-1b4e-4f6a-9c3d-5e7f8a9b0c1d',
  '123456789012',
  '2026-11-02 2026-11-03',
  '{"offset":123456,"row":12345}',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
])('leaves «%s» alone', (text) => {
  expect(maskNumbers(text)).toBe(text);
});

test('no eleven digits in a row survive between other characters', () => {
  const digits = fc.stringMatching(/^\d{11}$/);
  const around = fc.stringMatching(/^[^\d]{0,10}$/);
  fc.assert(
    fc.property(around, digits, around, (before, number, after) => {
      expect(maskNumbers(`${before}${number}${after}`)).not.toContain(number);
    }),
  );
});
