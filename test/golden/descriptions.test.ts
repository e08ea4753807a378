import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

// What others generate clients from is held to the published schemas of OpenAPI and AsyncAPI, both from packages.

const held = (name: string) => readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8');

/** Places and what is wrong there; empty when it is OpenAPI, and every `$ref` leads somewhere. */
async function openapiFaults(text: string): Promise<string[]> {
  const validator = new Validator();
  const { valid, errors = [] } = await validator.validate(JSON.parse(text));
  if (!valid) return typeof errors === 'string' ? [errors] : errors.map(faultText);
  try {
    validator.resolveRefs();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

const SCHEMA = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'),
    'utf8',
  ),
);
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const isAsyncapi = ajv.compile(SCHEMA);

function asyncapiFaults(text: string): string[] {
  const document: unknown = parse(text);
  if (!isAsyncapi(document)) return (isAsyncapi.errors ?? []).map(faultText);
  return localRefs(document)
    .filter((ref) => valueAt(document, ref) === undefined)
    .map((ref) => `${ref} leads nowhere`);
}

function faultText({ instancePath, message = '' }: { instancePath: string; message?: string }): string {
  return `${instancePath} ${message}`;
}

/** Every `$ref` into the document itself. */
function localRefs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' && inner.startsWith('#/') ? [inner] : localRefs(inner),
  );
}

function valueAt(document: unknown, ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([name]) => name === part)?.[1]
          : undefined,
      document,
    );
}

describe('schemas/openapi.json', () => {
  test('is OpenAPI 3.1', async () => {
    expect(await openapiFaults(held('openapi.json'))).toEqual([]);
  });

  test('a field that OpenAPI does not have, a response without a description and a reference that leads nowhere are reported', async () => {
    const plant = (from: string | RegExp, to: string) => {
      const planted = held('openapi.json').replace(from, to);
      expect(planted).not.toBe(held('openapi.json'));
      return openapiFaults(planted);
    };
    expect(await plant('"openapi": "3.1.0"', '"openapi": "3.1.0", "path": {}')).not.toEqual([]);
    expect(await plant(/"responses": \{/, '"responses": { "okay": {},')).not.toEqual([]);
    expect(await plant('"#/components/schemas/Front"', '"#/components/schemas/Back"')).not.toEqual([]);
  });
});

describe('schemas/asyncapi.yaml', () => {
  test('is AsyncAPI 3.0', () => {
    expect(asyncapiFaults(held('asyncapi.yaml'))).toEqual([]);
  });

  test('an unknown action and a reference that leads nowhere are reported', () => {
    const plant = (from: string | RegExp, to: string) => {
      const planted = held('asyncapi.yaml').replace(from, to);
      expect(planted).not.toBe(held('asyncapi.yaml'));
      return asyncapiFaults(planted);
    };
    expect(plant(/action: "(send|receive)"/, 'action: "publish"')).not.toEqual([]);
    expect(plant('"#/channels/vigo-intake"', '"#/channels/vigo-outtake"')).toEqual([
      '#/channels/vigo-outtake leads nowhere',
    ]);
  });
});
