import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenOpenApi } from '../golden/openapi.ts';
import { appOf, bodyOf, testParts } from './parts.ts';

const FILE = new URL('../../schemas/openapi.json', import.meta.url);

test('schemas/openapi.json is what the code says of itself', () => {
  const held = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  expect(
    held === goldenOpenApi(),
    'schemas/openapi.json is not up to date. Cure: npm run golden, then read the diff.',
  ).toBe(true);
});

test('the API serves the same description', async () => {
  const response = await appOf(testParts()).get('/openapi.json');
  expect(await bodyOf(response)).toEqual(JSON.parse(goldenOpenApi()));
});

test('every operation describes its refusals as problem documents', () => {
  const { paths } = JSON.parse(goldenOpenApi());
  const missing = Object.entries<Record<string, { responses: Record<string, unknown> }>>(paths)
    .filter(([path]) => !path.startsWith('/schema-registry'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(
            ([status, answer]) =>
              Number(status) >= 400 && !JSON.stringify(answer).includes('application/problem+json'),
          )
          .map(([status]) => `${method} ${path} ${status}`),
      ),
    );
  expect(missing).toEqual([]);
});

test('every pattern is one that readers of JSON Schema can use: no flags, no half characters, valid as Unicode', () => {
  const patterns = [...goldenOpenApi().matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(([, text = '']) =>
    String(JSON.parse(text)),
  );
  expect(patterns.length).toBeGreaterThan(10);
  expect(patterns.filter((pattern) => /\$\/[a-z]+$/.test(pattern))).toEqual([]);
  expect(patterns.filter((pattern) => /\\u[dD][89a-fA-F]/.test(pattern))).toEqual([]);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
});
