import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../src/wire/decodeJsonFault.ts';

test.each([
  ['', 0],
  ['{', 1],
  ['{"a":1', 6],
  ['"abc', 4],
  ['{"a":}', 5],
  ['{"a":1,}', 7],
  ['{a:1}', 1],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{"a":01}', 6],
  ['{"a":tru}', 5],
  ["{'a':1}", 1],
  ['{"a":"b\\x"}', 7],
  ['{"a":"b\nc"}', 7],
  ['{} {}', 3],
  ['{"a":[1}', 7],
  ['}', 0],
  ['<html>', 0],
])('the fault of %j is at %i', (text, place) => {
  expect(jsonFault(text)).toBe(place);
});

test('text that is JSON has no fault before its end', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(jsonFault(text)).toBe(text.length);
    }),
  );
});

test('a stray character between two tokens is found at its place', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, choice) => {
      // Line breaks occur between tokens only: inside texts they are escaped.
      const text = JSON.stringify(value, null, 1);
      const gaps = [0, ...[...text.matchAll(/\n/g)].map((found) => found.index + 1)];
      const place = gaps[choice % gaps.length] ?? 0;
      expect(jsonFault(`${text.slice(0, place)}§${text.slice(place)}`)).toBe(place);
    }),
  );
});
