import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROJECTIONS } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ASYNCAPI, goldenAsyncApi } from './make/asyncapi.ts';
import { jsonSchema, PROJECTION_SCHEMAS } from './make/projectionSchemas.ts';

test('schemas/asyncapi.yaml is what the code publishes and reads', () => {
  const held = existsSync(ASYNCAPI) ? readFileSync(ASYNCAPI, 'utf8') : '';
  expect(held === goldenAsyncApi(), 'Cure: npm run golden, then read the diff.').toBe(true);
});

test('it has every topic the bridge makes, and no other', () => {
  const addresses = [...goldenAsyncApi().matchAll(/^ {4}address: "(.+)"$/gm)].map(
    ([, address = '']) => address,
  );
  const made = topicSpecs({
    org: orgId('{org}'),
    virtualClock: false,
    partitions: 1,
    replication: 1,
    retentionDays: 1,
    projections: PROJECTIONS,
  });
  expect(addresses.sort()).toEqual(made.map(({ topic }) => topic).sort());
});

test('every schema it leads to is a file', () => {
  const links = [...goldenAsyncApi().matchAll(/\$ref": "(\.\/.+)"$/gm)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !existsSync(new URL(link, ASYNCAPI)))).toEqual([]);
});

test('the JSON schemas of what other systems read are the published ones', () => {
  for (const [file, schema] of PROJECTION_SCHEMAS)
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '', 'Cure: npm run golden.').toBe(
      jsonSchema(schema),
    );
});
