import type { Scenarios } from '../scenarios/scenario.ts';

/** D1, D9: from a reference to a person, and alerts by themselves. */
export const IDENTITY: Scenarios = {};
