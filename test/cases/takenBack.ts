import type { Scenarios } from '../scenarios/scenario.ts';

/** A9–A11: annulled, told again, and rows without an id. */
export const TAKEN_BACK: Scenarios = {};
