import type { Scenarios } from '../scenarios/scenario.ts';

/** A7–A8: the wishes of one youth and school year, as a set. */
export const WISHES: Scenarios = {};
