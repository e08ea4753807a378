import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const REAL = 'test/**/*.real.test.ts';
/** `npm run check` leaves out a year of the whole sample county: a fifth of the time, and nothing that a smaller test does
 *  not show first. */
const SAMPLE = process.env.PROPERTY_RUNS === 'quick' ? ['test/local/sample/**'] : [];

export default defineConfig({
  root: fileURLToPath(new URL('../', import.meta.url)),
  test: {
    // Two cores, and the shared broker and database want some of them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // In memory. One context per worker: loading the program again for each file took longer than most files run.
        test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: [REAL, ...SAMPLE], isolate: false },
      },
      {
        extends: true,
        // On Kafka, PostgreSQL, Java and processes, started when a test first asks for them.
        test: {
          name: 'real',
          include: [REAL],
          globalSetup: ['test/harness/globalSetup.ts'],
          // More than any wait inside a test, which says what it waited for. This does not.
          testTimeout: 180_000,
        },
      },
    ],
    // The floor below which the thinking parts may not fall; the edges are shown by flows on real parts.
    coverage: {
      provider: 'v8',
      include: ['src/core/**/*.ts', 'adapters/**/*.ts'],
      reporter: ['text-summary'],
      reportsDirectory: 'test-results/coverage',
      reportOnFailure: true,
      thresholds: { statements: 98, branches: 96, functions: 98, lines: 98 },
    },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
