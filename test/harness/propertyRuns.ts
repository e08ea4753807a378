// The name of the setting is known to test/run.ts as well, which sets it.
const { PROPERTY_RUNS = '1' } = process.env;

/** With how many random inputs a property is tried: a fifth of them in `npm run check`, all of them otherwise, and
 *  `PROPERTY_RUNS=20` times as many when one that fails now and then is looked for. */
export function runs(all: number): { numRuns: number } {
  const times = PROPERTY_RUNS === 'quick' ? 0.2 : Number(PROPERTY_RUNS);
  if (!(times > 0))
    throw new Error(`PROPERTY_RUNS is «quick» or how many times as many: not «${PROPERTY_RUNS}»`);
  return { numRuns: Math.ceil(all * times) };
}
