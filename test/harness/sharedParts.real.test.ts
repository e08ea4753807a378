import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { kafkaAnswers } from '../../src/local/kafkaProbe.ts';
import { createTestDatabase, testBrokers, testedVersions } from './sharedParts.ts';

describe('the parts that all test files share', () => {
  test('Kafka is started once', async () => {
    const [first, second] = await Promise.all([testBrokers(), testBrokers()]);
    expect(first).toEqual(second);
    expect(await kafkaAnswers(Number(first[0]?.split(':')[1]))).toBe(true);
  });

  test.each(testedVersions())(
    'each test file gets a database of its own in PostgreSQL %s',
    async (version) => {
      const [one, two] = await Promise.all([createTestDatabase(version), createTestDatabase(version)]);
      expect(one.url).not.toBe(two.url);
      const client = new Client({ connectionString: one.url });
      client.on('error', () => undefined); // dropped under it
      await client.connect();
      const { rows } = await client.query('show server_version_num');
      expect(rows[0].server_version_num.slice(0, 2)).toBe(version);
      await Promise.all([one.drop(), two.drop()]);
      await expect(client.query('select 1')).rejects.toThrow();
    },
  );
});
