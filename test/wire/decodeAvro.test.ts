import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { createDecoder } from '../../src/wire/decode.ts';
import { loadSchemas, type RegisteredSchema } from '../../src/wire/schemaFiles.ts';
import { adapterOf, type Fixture, fixturesOf, judged } from '../adapters/fixtures.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';

const FOLDER = fileURLToPath(new URL('../../schemas/avro/in', import.meta.url));
const SCHEMAS = loadSchemas(FOLDER);
const decode = createDecoder({ schemas: SCHEMAS });

const FEED_OF: Record<string, Feed> = {
  VigoIntake: 'vigo-intake',
  SchoolDropout: 'school-dropout',
  Apprenticeship: 'apprenticeship',
  VigoActiveContract: 'apprenticeship',
  NavMatch: 'nav-match',
  OtAdviser: 'ot-adviser',
  VigoOtRow: 'ot-adviser',
  Consent: 'consent',
  Bridge: 'bridge',
  Folkeregister: 'folkeregister',
  PrivateSchool: 'private-school',
  LowerSecondary: 'lower-secondary',
  Periode: 'nav-arbeidssoker',
  NavOppfolging: 'nav-oppfolging',
  NavDeltaker: 'nav-deltaker',
  NavUngdomsprogram: 'nav-ungdomsprogram',
};

function framed(id: number, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  return Buffer.concat([head, body]);
}

function typeOf(schema: RegisteredSchema): avro.Type {
  return avro.Type.forSchema(JSON.parse(schema.schema));
}

/** Absent fields are null in Avro. */
function withNulls(type: avro.Type, value: unknown): unknown {
  const schema = type.schema();
  if (!isRecordSchema(schema) || typeof value !== 'object' || value === null) return value;
  const given = new Map(Object.entries(value));
  return Object.fromEntries(
    schema.fields.map(({ name, type: field }) => {
      const inner = Array.isArray(field) ? field.find(isRecordSchema) : field;
      const content = given.get(name) ?? null;
      return [
        name,
        inner && isRecordSchema(inner) ? withNulls(avro.Type.forSchema(inner), content) : content,
      ];
    }),
  );
}

function isRecordSchema(
  schema: unknown,
): schema is { type: 'record'; name: string; fields: { name: string; type: avro.Schema }[] } {
  return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'record';
}

/** The feed's fixtures that this schema can carry. */
function carried(schema: RegisteredSchema): [string, Fixture][] {
  const name = schema.subject.split('.').at(-1) ?? '';
  const type = typeOf(schema);
  const fields = isRecordSchema(type.schema()) ? new Set(namesOf(type)) : new Set();
  const feed = FEED_OF[name];
  if (feed === undefined)
    throw new Error(`which feed the schema ${name} is of: add it to FEED_OF of this test`);
  return [...fixturesOf(feed)].filter(([, { value }]) => {
    if (typeof value !== 'object' || value === null || JSON.stringify(value).includes('\\u0000'))
      return false;
    return Object.keys(value).every((field) => fields.has(field)) && type.isValid(withNulls(type, value));
  });
}

function namesOf(type: avro.Type): string[] {
  const schema = type.schema();
  return isRecordSchema(schema) ? schema.fields.map((field) => field.name) : [];
}

describe.each(SCHEMAS.map((schema) => [schema.subject, schema] as const))('%s', (subject, schema) => {
  const feed = FEED_OF[subject.split('.').at(-1) ?? ''];
  const type = typeOf(schema);

  test('carries fixtures of its feed to the same verdict as JSON', () => {
    const fixtures = carried(schema);
    expect(fixtures.length).toBeGreaterThan(0);
    for (const [, { value, received, envelope, context, verdict }] of fixtures) {
      const decoded = decode(framed(schema.id, type.toBuffer(withNulls(type, value))), {});
      if (!decoded.ok || feed === undefined) throw new Error(JSON.stringify(decoded));
      const read = adapterOf(feed).read(
        { value: decoded.value, received, envelope },
        { activations: {}, ...context, pseudonym, nameTag, askedRef },
      );
      expect(judged(read)).toEqual(verdict);
    }
  });

  test('round trips any record: nulls become absent fields, nothing else changes', () => {
    const fields = namesOf(type);
    fc.assert(
      fc.property(fc.nat(), () => {
        const random = type.random();
        const decoded = decode(framed(schema.id, type.toBuffer(random)), {});
        const written = JSON.parse(JSON.stringify(random), (_name, content) => content ?? undefined);
        expect(decoded).toEqual({ ok: true, value: written, envelope: null });
        expect(fields).toEqual(expect.arrayContaining(Object.keys(written)));
      }),
      { numRuns: 30 },
    );
  });

  test('refuses a body cut short, one with more behind it, and U+0000', () => {
    const [[, fixture] = ['', undefined]] = carried(schema);
    const value = withNulls(type, fixture?.value);
    const whole = framed(schema.id, type.toBuffer(value));
    const code = (bytes: Buffer) => {
      const decoded = decode(bytes, {});
      return decoded.ok ? 'OK' : decoded.problems.map((problem) => problem.code).join();
    };
    expect(code(whole)).toBe('OK');
    expect(code(whole.subarray(0, whole.length - 1))).toBe('NOT_AVRO');
    expect(code(Buffer.concat([whole, Buffer.from([2])]))).toBe('NOT_AVRO');
    const nul = JSON.parse(JSON.stringify(value), (_name, content) =>
      // A symbol of an enum has no room for it.
      typeof content === 'string' && !/^[A-Z_]+$/.test(content) ? `${content}\0` : content,
    );
    expect(code(framed(schema.id, type.toBuffer(nul)))).toBe('NUL_CHARACTER');
  });
});

describe('the frame', () => {
  test.each([
    ['an unknown schema id', framed(1999, Buffer.from([2, 97])), 'UNKNOWN_SCHEMA'],
    ['half a frame', Buffer.from([0, 0, 0]), 'NOT_AVRO'],
    ['no body', framed(2001, Buffer.alloc(0)), 'NOT_AVRO'],
  ])('with %s is refused', (_title, bytes, code) => {
    expect(decode(bytes, {})).toMatchObject({ ok: false, problems: [{ code }] });
  });

  test('of an older version is read as the newest of its subject (E04)', () => {
    const field = (name: string) => ({ name, type: ['null', 'string'], default: null });
    const version = (number: number, names: string[]): RegisteredSchema => ({
      id: 2900 + number,
      subject: 'x.R',
      version: number,
      file: `r.${number}.avsc`,
      schema: JSON.stringify({ type: 'record', name: 'R', namespace: 'x', fields: names.map(field) }),
    });
    const old = version(1, ['a', 'gone']);
    const newest = version(2, ['a', 'added']);
    const evolving = createDecoder({ schemas: [old, newest] });
    const fromOld = framed(old.id, typeOf(old).toBuffer({ a: 'x', gone: 'y' }));
    const fromNew = framed(newest.id, typeOf(newest).toBuffer({ a: 'x', added: 'z' }));
    expect(evolving(fromOld, {})).toMatchObject({ ok: true, value: { a: 'x' } });
    expect(evolving(fromOld, {})).not.toMatchObject({ value: { gone: 'y' } });
    expect(evolving(fromNew, {})).toMatchObject({ ok: true, value: { a: 'x', added: 'z' } });
  });
});

test('every in schema is registered once, from 2001, apart from the out schemas', () => {
  const ids = SCHEMAS.map((schema) => schema.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(2001);
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.avsc'));
  expect(files.length).toBe(SCHEMAS.length);
});

test('two schemas with one id are refused at start', () => {
  const [first] = SCHEMAS;
  if (first === undefined) throw new Error('no schemas');
  expect(() => createDecoder({ schemas: [first, { ...first, version: 2 }] })).toThrow('id 2001');
});
