import { dropout } from './feedRecords.ts';
import { person } from './persons.ts';
import type { Stage } from './stage.ts';

// P01 has left school 40014: the beginning that several of the school's scenarios go on from.

export const P01 = person('P01');
export const TELEMARK = { county: '40' };
/** 09.12 in Oslo. */
export const REPORTED = '2026-10-07T07:12:00.000Z';
export const LEFT = dropout(P01, '2026-10-06', { id: 'avbrudd-1' });

/** S01 has happened. */
export const leaves = (stage: Stage) => stage.send(REPORTED, 'school-dropout', LEFT);
