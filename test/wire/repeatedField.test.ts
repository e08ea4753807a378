import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesIn, repeatedField } from '../../src/wire/repeatedField.ts';

const DEEP = 100;

function found(text: string): string | undefined {
  const value: unknown = JSON.parse(text);
  return repeatedField(text, value, namesIn(value, DEEP));
}

describe('a field that occurs twice', () => {
  test.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"a" : 2}', 'a'],
    ['{"a":1,"a":1}', 'a'],
    ['{"a":{"a":1},"b":[],"b":1}', 'b'],
    ['{"fodselsnummer":"x","fodselsnumme\\u0072":"y"}', 'fodselsnummer'],
    ['{"elev":{"fnr":"1","fnr":"2"}}', 'elev.fnr'],
    ['{"kontrakter":[{"a":1},{"elev":{"fnr":1,"fnr":2}}]}', 'kontrakter[1].elev.fnr'],
    ['[{"a":1,"a":2}]', '[0].a'],
    ['{"a":1,"b":"{\\"a\\":1,\\"a\\":2}","a":2}', 'a'],
    ['{"14830989960":1,"14830989960":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
    // One colon too many in the text, and one too few: the sum alone would be right.
    ['{"a":"\\u003a","a":"\\u003a"}', 'a'],
    ['{"b":"\\u003a","a":1,"a":2}', 'a'],
  ])('in %s is found', (text, path) => {
    expect(found(text)).toBe(path);
  });

  test.each([
    '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":1","b":"a:b:c"}',
    '{"a:b":1,"a":"\\u003a"}',
    '{"a":"\\\\","b":"\\\\\\""}',
    '{"navn":"\\u00c5sen","A":1,"a":2}',
    '{}',
    '[]',
    '"a:a"',
    '7',
  ])('is not seen in %s', (text) => {
    expect(found(text)).toBeUndefined();
  });

  test('is found wherever it is put, and nothing else is', () => {
    const name = fc.oneof(fc.constantFrom('a', 'b', 'type', 'a:b'), fc.string());
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.jsonValue()),
        fc.jsonValue(),
        fc.boolean(),
        (fields, extra, escaped) => {
          const spelled = (text: string) =>
            escaped ? text.replace(/:(?=[^"]*"[,}\]])/g, '\\u003a').replace(/[b-y]/g, unicode) : text;
          const entries = Object.entries(fields).map(([key, value]) => [
            JSON.stringify(key),
            JSON.stringify(value),
          ]);
          const written = entries.map(([key, value]) => `${key}:${value}`);
          expect(found(`{${written.join(',')}}`)).toBeUndefined();
          const [first] = entries;
          if (first === undefined) return;
          const key = first[0] ?? '';
          const again = `${escaped ? key.replace(/[a-z]/, unicode) : key} : ${spelled(JSON.stringify(extra)).replaceAll('\\n', 'n')}`;
          fc.pre(isJson(again));
          expect(found(`{"in":[{${[...written, again].join(',')}}]}`)).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});

const unicode = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

function isJson(field: string): boolean {
  try {
    JSON.parse(`{${field}}`);
    return true;
  } catch {
    return false;
  }
}
