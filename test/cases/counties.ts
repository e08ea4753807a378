import type { Scenarios } from '../scenarios/scenario.ts';

/** A13, D3: who counts a youth, and for how long. */
export const COUNTIES: Scenarios = {};
