import type { Scenarios } from '../scenarios/scenario.ts';

/** A1–A6: when leaving is a move. */
export const LEAVINGS: Scenarios = {};
