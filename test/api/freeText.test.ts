import { expect, test } from 'vitest';
import * as z from 'zod';
import { lineOfText } from '../../src/api/schema/freeText.ts';

const reason = lineOfText(3, 500);
const name = lineOfText(1, 100);
/** As others read it in /openapi.json. */
const described = (schema: z.ZodType) =>
  new RegExp(String(z.toJSONSchema(schema, { io: 'input' }).pattern), 'u');

const REFUSED = [
  ...[
    '',
    '  ',
    '\u3000\u3000\u3000',
    '\ufeff\ufeff\ufeff',
    '  ab  ',
    'a\u0000b',
    'a\nb',
    'ab\n',
    '\tabc',
    'a\u007fb',
  ],
];
const KEPT = [
  'abc',
  '  abc ',
  'a b',
  'Koden er lagt til i kodelisten.',
  'æøå',
  'ab\u{1f600}',
  'x'.repeat(500),
];

test.each(REFUSED)('%j is refused as a reason, and the description says so', (text) => {
  expect(reason.safeParse(text).success).toBe(false);
  expect(described(reason).test(text)).toBe(false);
});

test.each(KEPT)('%j is kept as a reason, without the spaces at its ends', (text) => {
  expect(reason.parse(text)).toBe(text.trim());
  expect(described(reason).test(text)).toBe(true);
});

test.each(['a\ud800b', '\udfffabc'])('half a surrogate pair is refused: %j', (text) => {
  expect(reason.safeParse(text).success).toBe(false);
});

test('a name is one character or more', () => {
  expect(name.parse(' a ')).toBe('a');
  expect(name.safeParse(' ').success).toBe(false);
  expect(name.safeParse('a\ud83d').success).toBe(false);
  expect(name.safeParse('x'.repeat(101)).success).toBe(false);
});

test('a number of a person is refused in both', () => {
  for (const schema of [reason, name]) expect(schema.safeParse('gjelder 238406 72131').success).toBe(false);
});
