import type { Scenarios } from '../scenarios/scenario.ts';

/** A12: dates judged against birth and the record’s own moment. */
export const DATES: Scenarios = {};
