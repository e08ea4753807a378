import { describe, expect, test } from 'vitest';
import { type Action, disposition, ENDINGS, type Ending } from '../../src/pipeline/disposition.ts';
import type { Outcome } from '../../src/store/port.ts';

// The table once more, by hand: what happens to the offset is decided nowhere else.
const TABLE: Record<Ending, [Action, Outcome | null]> = {
  decided: ['advance', 'applied'],
  unchanged: ['advance', 'duplicate'],
  held: ['advance', 'applied'],
  manifest: ['advance', 'applied'],
  'not-ours': ['advance', 'rejected'],
  malformed: ['quarantine', 'quarantined'],
  'behind-parked': ['park', 'parked'],
  'decision-failed': ['park', 'parked'],
  'youth-moved': ['retry', null],
  'store-down': ['retry', null],
  fenced: ['drop', null],
};

describe('a record that ends as', () => {
  test.each(ENDINGS.map((ending) => [ending, ...TABLE[ending]] as const))(
    '%s leads to %s, counted as %s',
    (ending, action, outcome) => {
      expect(disposition(ending)).toEqual({ action, outcome });
    },
  );
});
