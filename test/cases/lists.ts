import type { Scenarios } from '../scenarios/scenario.ts';

/** C4–C7: nightly lists. */
export const LISTS: Scenarios = {};
