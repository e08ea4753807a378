import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wholeNumber, wholeNumberOr } from '../../src/api/schema/wholeNumber.ts';
import { appOf, ORG, testParts } from './parts.ts';

interface Parameter {
  in: string;
  name: string;
  schema: { type?: unknown };
}
interface Operation {
  parameters?: Parameter[];
}

const { paths } = JSON.parse(
  readFileSync(new URL('../../schemas/openapi.json', import.meta.url), 'utf8'),
) as {
  paths: Record<string, { get?: Operation }>;
};
const NO_NUMBERS = ['', ' ', ' 1', '1e1', '0x10', '+1', '1.0', '01', '-1', 'null', '99999999999999999'];

describe('a whole number of an address', () => {
  test('is written in digits alone', () => {
    const number = wholeNumber(0, 30);
    for (const text of NO_NUMBERS) expect(number.safeParse(text).success, text).toBe(false);
    expect(['0', '7', '30'].map((text) => number.parse(text))).toEqual([0, 7, 30]);
    expect(number.safeParse('31').success).toBe(false);
    expect(wholeNumberOr(7, 0, 30).parse(undefined)).toBe(7);
  });

  const asked = Object.entries(paths).flatMap(([path, { get }]) =>
    (get?.parameters ?? [])
      .filter((each) => each.in === 'query' && each.schema.type !== 'string')
      .map(({ name, schema }) => ({ path, name, type: schema.type })),
  );

  test.each(asked)(
    '$name of GET $path is one, and nothing else is taken for it',
    async ({ path, name, type }) => {
      expect(type).toBe('integer');
      const { get } = appOf(testParts());
      const at = path.replace('{org}', ORG).replaceAll(/\{\w+\}/g, '0198c0de-0000-7000-8000-000000000000');
      for (const text of NO_NUMBERS) {
        const { status } = await get(`${at}?${name}=${encodeURIComponent(text)}`);
        // 404: what the path names is not there, or has another form.
        expect([400, 404], text).toContain(status);
      }
    },
  );
});
