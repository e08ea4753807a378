import avro from 'avsc';
import { describe, expect, test } from 'vitest';
import { FRAME_BYTES, framedSchemaId } from '../../src/wire/frame.ts';
import { loadSchemas, type RegisteredSchema } from '../../src/wire/schemaFiles.ts';
import { createSchemaRegistry } from '../../src/wire/schemaRegistry.ts';
import { GOLDEN_MESSAGES, goldenAvro, OUT_SCHEMAS } from '../golden/avro.ts';

const IN_SCHEMAS = loadSchemas(new URL('../../schemas/avro/in', import.meta.url).pathname);
const registry = createSchemaRegistry({ out: OUT_SCHEMAS, in: IN_SCHEMAS });
const SUBJECT = 'no.otbridge.ot.Status';
const notFound = (error_code: number) => ({ status: 404, body: expect.objectContaining({ error_code }) });

describe('schema registry, Confluent’s read API', () => {
  test.each(Object.keys(GOLDEN_MESSAGES))(
    '%s can be decoded with nothing but the answer to its id',
    (name) => {
      const message = goldenAvro().get(name) ?? Buffer.alloc(0);
      const { status, body } = registry(`/schemas/ids/${framedSchemaId(message)}?fetchMaxId=false`);
      expect(status).toBe(200);
      const { schema } = Object(body);
      const value = avro.Type.forSchema(JSON.parse(schema)).fromBuffer(message.subarray(FRAME_BYTES));
      expect({ ...value }).toEqual(JSON.parse(JSON.stringify(GOLDEN_MESSAGES[name]?.value)));
    },
  );

  test('lists subjects and versions, and gives a version by number, «latest» and -1', () => {
    expect(Object(registry('/subjects').body)).toEqual(
      [...new Set([...OUT_SCHEMAS, ...IN_SCHEMAS].map(({ subject }) => subject))].sort(),
    );
    expect(registry(`/subjects/${SUBJECT}/versions`)).toEqual({ status: 200, body: [1] });
    const first = registry(`/subjects/${SUBJECT}/versions/1`);
    expect(first.body).toMatchObject({ subject: SUBJECT, version: 1, id: 1001, schema: expect.any(String) });
    expect(registry(`/subjects/${SUBJECT}/versions/latest`)).toEqual(first);
    expect(registry(`/subjects/${SUBJECT}/versions/-1`)).toEqual(first);
    expect(registry(`/subjects/${SUBJECT}/versions/1/schema`).body).toMatchObject({
      type: 'record',
      name: 'Status',
    });
  });

  test('«latest» is the highest version, whatever their order in the lock file', () => {
    const example = (version: number): RegisteredSchema => ({
      id: 10 - version,
      subject: 'x',
      version,
      file: `x.${version}.avsc`,
      schema: '"string"',
    });
    const answer = createSchemaRegistry({ out: [3, 1, 2].map(example) });
    expect(answer('/subjects/x/versions').body).toEqual([1, 2, 3]);
    expect(answer('/subjects/x/versions/latest').body).toMatchObject({ version: 3, id: 7 });
  });

  test('names what an id means, the type and the compatibility rule', () => {
    expect(registry('/schemas/ids/1001/subjects').body).toEqual([SUBJECT]);
    expect(registry('/schemas/ids/1001/versions').body).toEqual([{ subject: SUBJECT, version: 1 }]);
    expect(registry('/schemas/types').body).toEqual(['AVRO']);
    expect(registry('/config').body).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
    expect(registry(`/config/${SUBJECT}`).body).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
  });

  test('producers find the schemas of the feeds', () => {
    expect(IN_SCHEMAS.length).toBeGreaterThan(0);
    for (const { id, schema } of IN_SCHEMAS) expect(registry(`/schemas/ids/${id}`).body).toEqual({ schema });
  });

  test('errors carry Confluent’s codes', () => {
    expect(registry('/schemas/ids/999999')).toEqual(notFound(40403));
    expect(registry('/schemas/ids/abc')).toEqual(notFound(40403));
    expect(registry('/subjects/none/versions')).toEqual(notFound(40401));
    expect(registry('/subjects/none/versions/1')).toEqual(notFound(40401));
    expect(registry(`/subjects/${SUBJECT}/versions/2`)).toEqual(notFound(40402));
    expect(registry(`/subjects/${SUBJECT}/versions/first`)).toEqual({
      status: 422,
      body: expect.objectContaining({ error_code: 42202 }),
    });
    for (const path of [
      '/',
      '',
      '/nothing',
      '/subjects/%',
      `/subjects/${SUBJECT}`,
      '/schemas/ids/1001/x',
      '/mode/a/b/c',
    ]) {
      expect(registry(path), path).toEqual(notFound(404));
    }
  });

  test('two schemas with one id are refused at the start', () => {
    expect(() => createSchemaRegistry({ out: OUT_SCHEMAS, in: OUT_SCHEMAS })).toThrow('same id');
  });
});
