import type { Scenarios } from '../scenarios/scenario.ts';

/** B4, B5, B7: grounds for a code, and what counts as contact. */
export const GROUNDS: Scenarios = {};
