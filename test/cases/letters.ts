import type { Scenarios } from '../scenarios/scenario.ts';

/** B6, D2, D4: letters and deadlines. */
export const LETTERS: Scenarios = {};
