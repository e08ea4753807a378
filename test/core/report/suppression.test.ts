import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossFoot, type Figures, type Sum } from '../../../src/core/report/figures.ts';
import { hiddenFigures, tellsWhere } from '../../../src/core/report/suppression.ts';
import { runs } from '../../harness/propertyRuns.ts';

const LIMIT = 5;

describe('small figures', () => {
  test('a figure below the limit is hidden, nought and the limit itself are not', () => {
    expect([...hiddenFigures(loose({ a: 4, b: 5, c: 0, d: 1 }), LIMIT)]).toEqual(['a', 'd']);
    expect([...hiddenFigures(loose({ a: 4 }), 0)]).toEqual([]);
  });

  test('a limit that would disclose what it hides is refused', () => {
    for (const limit of [1, 2])
      expect(() => hiddenFigures(loose({ a: 1 }), limit)).toThrow('cannot be hidden');
  });

  test('a small figure takes the smallest other with it, or the total would disclose it', () => {
    const table = oneSum({ a: 3, b: 40, c: 12, d: 200 });
    expect([...hiddenFigures(table, LIMIT)].sort()).toEqual(['a', 'c']);
  });

  test('alone among noughts it takes the total with it', () => {
    expect([...hiddenFigures(oneSum({ a: 3, b: 0 }), LIMIT)].sort()).toEqual(['a', 'total']);
  });

  test('where all figures above nought would be disclosed by how many they are, the noughts go too', () => {
    const ones = oneSum({ a: 1, b: 1, c: 1, d: 1, e: 0 });
    expect([...hiddenFigures(ones, LIMIT)].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'total']);
  });

  test('a total that is in two tables is protected in both', () => {
    const figures: Figures = {
      figures: figuresOf({ all: 20, a: 3, b: 17, x: 9, y: 11 }),
      sums: [
        { total: 'all', parts: ['a', 'b'] },
        { total: 'all', parts: ['x', 'y'] },
      ],
    };
    expect([...hiddenFigures(figures, LIMIT)].sort()).toEqual(['a', 'b']);
  });

  test('who lives at a hidden address does not make a figure large', () => {
    const six = { figures: new Map([['a', { value: 6, strict: 2 }]]), sums: [] };
    expect([...hiddenFigures(six, LIMIT)]).toEqual(['a']);
  });

  test('among small figures only those that disclose where a person in hiding is are hidden from OT elsewhere (D01)', () => {
    const figures = new Map([
      ['39', { value: 3, strict: 0 }],
      ['40', { value: 3, strict: 1 }],
      ['46', { value: 90, strict: 1 }],
    ]);
    expect([...hiddenFigures({ figures, sums: [] }, LIMIT, tellsWhere)]).toEqual(['40']);
  });
});

describe('what is hidden cannot be computed', () => {
  const size = fc.constantFrom(0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 11);

  test('in a table with a total', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 5 }), (parts) => {
        expectSecret(oneSum(Object.fromEntries(parts.map((value, at) => [`p${at}`, value]))));
      }),
      runs(300),
    );
  });

  test('in a table with sums of sums and a second table with the same total', () => {
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 40 }),
        (parts, cut) => {
          const [a = 0, b = 0, c = 0, d = 0] = parts;
          const all = a + b + c + d;
          const x = Math.min(cut, all);
          expectSecret({
            figures: figuresOf({ a, b, c, d, ab: a + b, cd: c + d, all, x, y: all - x }),
            sums: [
              { total: 'ab', parts: ['a', 'b'] },
              { total: 'cd', parts: ['c', 'd'] },
              { total: 'all', parts: ['ab', 'cd'] },
              { total: 'all', parts: ['x', 'y'] },
            ],
          });
        },
      ),
      runs(200),
    );
  });

  test('in a table with sums both ways', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 6, maxLength: 6 }), (cells) => {
        expectSecret(crossed(cells));
      }),
      runs(200),
    );
  });

  test('when the limit is another', () => {
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 2, maxLength: 4 }),
        fc.constantFrom(3, 4, 8),
        (parts, limit) => {
          expectSecret(oneSum(Object.fromEntries(parts.map((value, at) => [`p${at}`, value]))), limit);
        },
      ),
      runs(200),
    );
  });
});

/** Solves the published tables for every hidden figure, knowing the rule and which figures were hidden for being small:
 *  each has at least two values that would have given the same tables. */
function expectSecret(table: Figures, limit = LIMIT): void {
  crossFoot(table);
  const hidden = [...hiddenFigures(table, limit)];
  const values = new Map([...table.figures].map(([name, { value }]) => [name, value]));
  for (const [name, value] of values) if (value > 0 && value < limit) expect(hidden).toContain(name);
  const most = Math.max(0, ...values.values()) + 2;
  const domains = new Map(
    hidden.map((name) => {
      const small = (values.get(name) ?? 0) < limit;
      // Where a nought is shown, a reader knows that noughts are; where nothing is, no reader knows how many there
      // are.
      const least = together(table.sums, name).every((each) => hidden.includes(each)) ? 0 : 1;
      return [name, small ? range(least, limit - 1) : range(limit, most)];
    }),
  );
  for (const name of hidden) {
    const truth = values.get(name) as number;
    const other = (domains.get(name) ?? []).find(
      (value) => value !== truth && solvable(table.sums, values, new Map([...domains, [name, [value]]])),
    );
    expect(other, `${name} = ${truth} in ${JSON.stringify([...values])}, hidden ${hidden}`).toBeDefined();
  }
}

function together(sums: readonly Sum[], name: string): string[] {
  const found = new Set([name]);
  for (const each of found) {
    for (const { total, parts } of sums) {
      if ([total, ...parts].includes(each)) for (const next of [total, ...parts]) found.add(next);
    }
  }
  return [...found];
}

/** Is there a solution? Bounds first, then one figure after the other. */
function solvable(
  sums: readonly Sum[],
  shown: ReadonlyMap<string, number>,
  domains: ReadonlyMap<string, readonly number[]>,
): boolean {
  const bounds = (name: string): [number, number] => {
    const domain = domains.get(name);
    if (domain === undefined) return [shown.get(name) as number, shown.get(name) as number];
    return [domain[0] as number, domain.at(-1) as number];
  };
  for (const { total, parts } of sums) {
    const low = parts.reduce((sum, part) => sum + bounds(part)[0], 0);
    const high = parts.reduce((sum, part) => sum + bounds(part)[1], 0);
    const [least, most] = bounds(total);
    if (low > most || high < least) return false;
  }
  const open = [...domains].find(([, domain]) => domain.length > 1);
  if (open === undefined) return true;
  const [name, domain] = open;
  const middle = domain.length >> 1;
  return [domain.slice(0, middle), domain.slice(middle)].some((half) =>
    solvable(sums, shown, new Map([...domains, [name, half]])),
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

function figuresOf(values: Record<string, number>): Figures['figures'] {
  return new Map(Object.entries(values).map(([name, value]) => [name, { value, strict: 0 }]));
}

function loose(values: Record<string, number>): Figures {
  return { figures: figuresOf(values), sums: [] };
}

function oneSum(parts: Record<string, number>): Figures {
  const total = Object.values(parts).reduce((sum, value) => sum + value, 0);
  return { figures: figuresOf({ ...parts, total }), sums: [{ total: 'total', parts: Object.keys(parts) }] };
}

/** Two rows of three with all margins. */
function crossed(cells: readonly number[]): Figures {
  const at = (row: number, column: number) => cells[row * 3 + column] ?? 0;
  const values: Record<string, number> = { all: cells.reduce((sum, cell) => sum + cell, 0) };
  const sums: Sum[] = [
    { total: 'all', parts: ['r0', 'r1'] },
    { total: 'all', parts: ['k0', 'k1', 'k2'] },
  ];
  for (const row of [0, 1]) {
    values[`r${row}`] = at(row, 0) + at(row, 1) + at(row, 2);
    sums.push({ total: `r${row}`, parts: [0, 1, 2].map((column) => `c${row}${column}`) });
  }
  for (const column of [0, 1, 2]) {
    values[`k${column}`] = at(0, column) + at(1, column);
    sums.push({ total: `k${column}`, parts: [0, 1].map((row) => `c${row}${column}`) });
    for (const row of [0, 1]) values[`c${row}${column}`] = at(row, column);
  }
  return { figures: figuresOf(values), sums };
}
