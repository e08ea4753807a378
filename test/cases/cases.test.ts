import { describe, test } from 'vitest';
import { inMemory } from '../harness/stage.ts';
import { COUNTIES } from './counties.ts';
import { DATES } from './dates.ts';
import { GROUNDS } from './grounds.ts';
import { IDENTITY } from './identity.ts';
import { INPUT } from './input.ts';
import { LEAVINGS } from './leavings.ts';
import { LETTERS } from './letters.ts';
import { LISTS } from './lists.ts';
import { PROTECTIVE } from './protective.ts';
import { TAKEN_BACK } from './takenBack.ts';
import { WISHES } from './wishes.ts';

// Field inputs that once came out wrong. Titles begin with `case`, the case's id and a colon; the rest is policy.

const CASES = {
  ...LEAVINGS,
  ...WISHES,
  ...COUNTIES,
  ...TAKEN_BACK,
  ...DATES,
  ...PROTECTIVE,
  ...GROUNDS,
  ...LETTERS,
  ...LISTS,
  ...INPUT,
  ...IDENTITY,
};

describe('field cases, through the whole pipeline in memory', () => {
  test.each(Object.entries(CASES))('%s', async (_title, run) => run(inMemory));
});
