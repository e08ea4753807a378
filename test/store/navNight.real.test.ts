import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { COUNTIES, playNight } from './navNight.ts';

/** Youths of each county; `node test/bench/navNight.ts` plays it with more, and on Kafka too. */
const YOUTHS = 720;
/** MB; what a process takes for all its lists, whatever their size. */
const GROWTH = 150;

const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
afterAll(() => Promise.all(databases.map((database) => database.drop())));

test.each([
  ['three processes with five counties each', false],
  ['three processes that try all of them, as after a change of owner', true],
] as const)(
  '15 counties the same night, %s: each list is whole, and holds none of another county',
  async (_how, shared) => {
    const databaseUrl = databases[shared ? 1 : 0]!.url;
    const night = await playNight({ databaseUrl, youths: YOUTHS, processes: 3, shared });
    expect(night.counties).toHaveLength(COUNTIES.length);
    for (const { org, expected, rows, sum, recounted } of night.counties) {
      expect([org, rows], 'all who have consented, and nobody else').toEqual([org, expected]);
      expect(recounted, org).toBe(sum);
    }
    expect(night).toMatchObject({ strangers: 0, shared: 0 });
    const asked = night.counties.reduce((sum, { expected }) => sum + expected, 0);
    expect(asked).toBe((COUNTIES.length * YOUTHS * 5) / 6);
    expect(night.disclosures, 'one for each who is in a list').toBe(asked);
    expect(
      night.processes.flatMap(({ lists }) => lists.filter(({ made }) => made)).length,
    ).toBeGreaterThanOrEqual(COUNTIES.length);
    for (const { before, highest } of night.processes) expect(highest - before).toBeLessThan(GROWTH);
  },
  120_000,
);
