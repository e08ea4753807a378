import type { Scenarios } from '../scenarios/scenario.ts';

/** D5–D8: what people and machines write. */
export const INPUT: Scenarios = {};
