// The name of the setting is known to test/run.ts as well, which sets it.
const QUICK = process.env.PROPERTY_RUNS === 'quick';

/** With how many random inputs a property is tried: a fifth of them in `npm run check`, all of them otherwise. */
export function runs(all: number): { numRuns: number } {
  return { numRuns: QUICK ? Math.ceil(all / 5) : all };
}
