import type { Scenarios } from '../scenarios/scenario.ts';

/** B1–B3: what protects takes effect; sentinel dates. */
export const PROTECTIVE: Scenarios = {};
