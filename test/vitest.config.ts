import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/fault/**', 'test/bench/**'],
    globalSetup: ['test/harness/globalSetup.ts'],
    // Two cores, and the shared broker and database want some of them.
    maxWorkers: 2,
    // The floor below which the thinking parts may not fall; the edges are shown by flows on real parts.
    coverage: {
      provider: 'v8',
      include: ['src/core/**', 'adapters/**'],
      reporter: ['text-summary'],
      reportsDirectory: 'test-results/coverage',
      reportOnFailure: true,
      thresholds: { statements: 98, branches: 96, functions: 98, lines: 98 },
    },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
