import { expect, test } from 'vitest';
import { goldenOpenApi } from '../golden/openapi.ts';
import { appOf, ORG, PERSON, problemOf, testParts } from './parts.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(goldenOpenApi());
const addresses = Object.entries(paths).map(([path, operations]): [string, string[]] => [
  path.replace('{org}', ORG).replaceAll(/\{\w+\}/g, 'a'),
  Object.keys(operations).map((method) => method.toUpperCase()),
]);

test.each(addresses)(
  '%s answers other methods than %j with 405 and what it does answer',
  async (path, own) => {
    const { app } = appOf(testParts());
    for (const method of METHODS.filter((each) => !own.includes(each))) {
      const response = await app.request(path, { method });
      // An address that another one's pattern covers is answered by that one.
      if (response.status === 404 && method === 'GET') continue;
      expect(response.status, method).toBe(405);
      const allow = response.headers.get('allow')?.split(', ') ?? [];
      expect(allow).toEqual(expect.arrayContaining(own));
      expect(allow).not.toContain(method);
      const problem = await problemOf(response);
      expect(problem).toMatchObject({ type: 'urn:ot-bridge:METHOD_NOT_ALLOWED', status: 405 });
      for (const each of own) expect(problem.detail).toContain(each);
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  },
);

test('an address that does not exist is 404 whatever the method, and 405 shows nothing of the address', async () => {
  const { app } = appOf(testParts());
  for (const method of METHODS) {
    expect((await app.request('/finnes-ikke', { method })).status).toBe(404);
    expect((await app.request('/organisations/ukjent-no/alerts', { method })).status).toBe(404);
  }
  const response = await app.request(`/organisations/${ORG}/alerts/${PERSON}`, { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(await response.text()).not.toContain(PERSON);
});
