import { describe, test } from 'vitest';
import { SCHOOL } from './school.ts';
import { inMemory } from './stage.ts';

describe.each(Object.entries({ school: SCHOOL }))('%s, through the whole river in memory', (_, scenarios) => {
  test.each(Object.entries(scenarios))('%s', async (_title, run) => run(inMemory));
});
