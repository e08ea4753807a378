import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ASYNCAPI, goldenAsyncApi } from './make/asyncapi.ts';

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
  });
  expect(addresses.sort()).toEqual(made.map(({ topic }) => topic).sort());
});

test('every schema it leads to is a file', () => {
  const links = [...goldenAsyncApi().matchAll(/\$ref": "(\.\/avro\/.+)"$/gm)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !existsSync(new URL(link, ASYNCAPI)))).toEqual([]);
});
