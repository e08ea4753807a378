import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { fuzz, hasSchemathesis } from './schemathesis.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20261129);
/** Per operation; `npm run fuzz` takes a thousand. */
const EXAMPLES = Number(process.env.FUZZ_EXAMPLES ?? 4);
const WITHIN_MS = EXAMPLES > 4 ? 6 * 3_600_000 : 300_000;

// Not installed by npm: CI installs it and fails without it; elsewhere it runs where it is installed.
describe.skipIf(!hasSchemathesis() && process.env.CI !== 'true')('requests made from the description', () => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ clock: null });
    const today = new Date().toISOString().slice(0, 10);
    const reports = crowd(SEED, 5).map((person, at) =>
      dropout(person, `fuzz-${at}`, { avbruddsdato: today }),
    );
    await pipeline.submit('school-dropout', reports);
  });
  afterAll(() => pipeline?.stop());

  test(
    'an open installation answers each as described, and none with a fault of its own',
    async () => {
      const result = await fuzz({
        url: pipeline.current().url ?? '',
        examples: EXAMPLES,
        seed: SEED,
        known: { org: pipeline.org },
        phases: ['coverage', 'fuzzing'],
      });
      expect(result.failures).toEqual([]);
      expect(result.cases).toBeGreaterThan(result.operations * EXAMPLES);
    },
    WITHIN_MS,
  );
});
