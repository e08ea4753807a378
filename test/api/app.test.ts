import { describe, expect, test } from 'vitest';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { createSchemaRegistry } from '../../src/wire/schemaRegistry.ts';
import { appOf, bodyOf, dropout, ORG, PERSON, problemOf, testParts } from './parts.ts';

describe('health', () => {
  test('alive and ready are 200 when no part holds back', async () => {
    const { get } = appOf(testParts());
    expect([(await get('/internal/isAlive')).status, (await get('/internal/isReady')).status]).toEqual([
      200, 200,
    ]);
  });

  test('not ready and stuck are 503 with the names of the parts', async () => {
    const { get } = appOf(
      testParts({ health: { stuck: () => ['consumer'], notReady: async () => ['kafka', 'database'] } }),
    );
    const [alive, ready] = [await get('/internal/isAlive'), await get('/internal/isReady')];
    expect([alive.status, ready.status]).toEqual([503, 503]);
    expect(await problemOf(alive)).toMatchObject({ type: 'urn:ot-bridge:NOT_ALIVE', parts: ['consumer'] });
    expect(await problemOf(ready)).toMatchObject({
      type: 'urn:ot-bridge:NOT_READY',
      parts: ['kafka', 'database'],
    });
  });

  test('metrics are Prometheus text', async () => {
    const response = await appOf(testParts()).get('/internal/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('ot_bridge_up 1');
  });
});

describe('the schema registry', () => {
  const out = loadSchemas(new URL('../../schemas/avro/out', import.meta.url).pathname);
  const { get } = appOf(testParts({ registry: createSchemaRegistry({ out }) }));

  test('answers as Confluent’s does', async () => {
    const [schema] = out;
    const response = await get(`/schema-registry/schemas/ids/${schema?.id}`);
    expect(response.headers.get('content-type')).toBe('application/vnd.schemaregistry.v1+json');
    expect(await bodyOf(response)).toEqual({ schema: schema?.schema });
    expect(
      await bodyOf(await get(`/schema-registry/subjects/${schema?.subject}/versions/latest`)),
    ).toMatchObject({ id: schema?.id });
  });

  test('errs as Confluent’s does: its clients read the code', async () => {
    const response = await get('/schema-registry/schemas/ids/999999');
    expect(response.status).toBe(404);
    expect(await bodyOf(response)).toMatchObject({ error_code: 40403 });
  });
});

describe('everything else', () => {
  test.each([
    '/organisations',
    `/organisations/${ORG}`,
    `/organisations/${ORG}/${PERSON}`,
    '/internal',
    '/%ff',
    '/openapi.yaml',
  ])('%s is a 404 problem that shows nothing of the address', async (path) => {
    const response = await appOf(testParts()).get(path);
    expect(response.status).toBe(404);
    expect(JSON.stringify(await problemOf(response))).not.toContain(PERSON);
  });

  test('a name that is not loopback is 421, so that no web page gets in by its own name', async () => {
    const { app } = appOf(testParts());
    for (const host of ['vond.no:8080', '127.0.0.1.vond.no', '10.0.0.1']) {
      expect((await app.request(`http://${host}/internal/isAlive`)).status).toBe(421);
    }
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080']) {
      expect((await app.request(`http://${host}/internal/isAlive`)).status).toBe(200);
    }
  });

  test('every answer says that it may not be stored or guessed at', async () => {
    const { get } = appOf(testParts());
    for (const path of ['/internal/isAlive', '/finnes-ikke', '/openapi.json', '/schema-registry/subjects']) {
      const { headers } = await get(path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('an unexpected error is a 500 problem with an id that is in the log, and nothing of the error', async () => {
    const error = new Error(`noe med ${PERSON}`);
    const parts = testParts();
    const store = {
      ...parts.store,
      resolve: async () => {
        throw error;
      },
    };
    const response = await appOf({ ...parts, store }).post(
      `/organisations/${ORG}/feeds/school-dropout`,
      dropout(),
    );
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(parts.problems).toEqual([{ id: JSON.parse(text).id, error }]);
    expect(text).not.toMatch(/14830989960|Error|\.ts/);
  });
});
