import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveFlows } from '../../../src/local/sample/flow.ts';

const CELLS = ['a', 'b', 'c'] as const;

describe('flows between two tables', () => {
  test('both margins are met, whatever the tables', () => {
    const counts = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50));
    fc.assert(
      fc.property(counts, fc.nat(50), fc.nat(50), ([a, b, c], x, y) => {
        const total = a + b + c;
        const first = Math.min(x, total);
        const second = Math.min(y, total - first);
        const before = { a, b, c };
        const after = { a: first, b: second, c: total - first - second };
        const flows = solveFlows(CELLS, before, after, []);
        for (const cell of CELLS) {
          expect(sum(flows.filter(({ from }) => from === cell))).toBe(before[cell]);
          expect(sum(flows.filter(({ to }) => to === cell))).toBe(after[cell]);
        }
      }),
    );
  });

  test('who can stay stays, and a stated move happens although nothing forces it', () => {
    const even = { a: 5, b: 5, c: 0 };
    expect(solveFlows(CELLS, even, even, [])).toEqual([
      { from: 'a', to: 'a', count: 5 },
      { from: 'b', to: 'b', count: 5 },
    ]);
    const moved = solveFlows(CELLS, even, even, [{ from: 'a', to: 'b', count: 2 }]);
    expect(moved).toContainEqual({ from: 'a', to: 'b', count: 2 });
    expect(moved).toContainEqual({ from: 'b', to: 'a', count: 2 });
  });

  test('moves that do not fit and margins that differ are errors', () => {
    const one = { a: 1, b: 0, c: 0 };
    expect(() => solveFlows(CELLS, one, one, [{ from: 'b', to: 'a', count: 1 }])).toThrow('cannot move');
    expect(() => solveFlows(CELLS, one, { a: 0, b: 0, c: 0 }, [])).toThrow('differ in sum');
  });
});

function sum(flows: readonly { count: number }[]): number {
  return flows.reduce((total, { count }) => total + count, 0);
}
