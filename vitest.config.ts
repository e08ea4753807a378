import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/fault/**', 'test/bench/**'],
    globalSetup: ['test/globalSetup.ts'],
    // Two cores, and the shared broker and database want some of them.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
