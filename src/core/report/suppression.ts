import { compare } from '../order.ts';
import { type Figure, type Figures, figureOf, type Sum } from './figures.ts';

// Small figures are not shown to others than OT, and neither is what they could be computed from. The attacker is assumed
// to know the rule, its limit, and which figures are hidden for being small and which to protect those. A figure is safe
// when the same published tables could have come from another value of it.

/** Figures in one chain of changes that may be hidden together; a longer chain counts as none. */
const LONGEST_CHAIN = 16;
/** Steps of a search for a chain. Running out of them counts as «not safe», and more is hidden. */
const MOST_STEPS = 20_000;

/**
 * Names of the figures to hide.
 * @param hide which are hidden for their own sake; small ones by default
 * @param limit figures above 0 and below it are small. 0 hides none; 1 and 2 are refused: a figure hidden for being 1
 *   is revealed by being hidden.
 */
export function hiddenFigures(
  figures: Figures,
  limit: number,
  hide: (figure: Figure, limit: number) => boolean = isSmall,
): Set<string> {
  if (limit === 0) return new Set();
  if (limit < 3) throw new Error(`figures below ${limit} cannot be hidden so that nobody knows them`);
  const puzzle = puzzleOf(figures, limit, hide);
  for (;;) {
    const open = [...puzzle.hidden].filter((name) => !canDiffer(puzzle, name)).sort();
    const more = open.map((name) => toHideFor(puzzle, name)).find((names) => names.length > 0);
    if (more === undefined) return puzzle.hidden;
    for (const name of more) puzzle.hidden.add(name);
  }
}

interface Puzzle {
  values: ReadonlyMap<string, number>;
  small: ReadonlySet<string>;
  hidden: Set<string>;
  sums: readonly Sum[];
  /** Sums a figure is in, by name. */
  around: ReadonlyMap<string, readonly number[]>;
  limit: number;
}

function puzzleOf(
  { figures, sums }: Figures,
  limit: number,
  hide: (figure: Figure, limit: number) => boolean,
): Puzzle {
  const small = new Set([...figures].filter(([, figure]) => hide(figure, limit)).map(([name]) => name));
  const around = new Map<string, number[]>();
  for (const [at, { total, parts }] of sums.entries()) {
    for (const name of [total, ...parts]) {
      figureOf(figures, name);
      around.set(name, [...(around.get(name) ?? []), at]);
    }
  }
  const values = new Map([...figures].map(([name, { value }]) => [name, value]));
  return { values, small, hidden: new Set(small), sums, around, limit };
}

/** Would a small figure reveal where a person under the strictest protection is, to those who may see small ones? */
export function tellsWhere(figure: Figure, limit: number): boolean {
  return figure.strict > 0 && isSmall(figure, limit);
}

/** A reader who knows the others in a figure is left with those who must not be found: they do not make it larger. */
function isSmall({ value, strict }: Figure, limit: number): boolean {
  return value > 0 && value - strict < limit;
}

/** What is hidden to protect `name`: the smallest figure shown in the same sum, else a total above it, else the nearest
 *  shown one behind those that are hidden. Zeros are published unless the whole linked block is suppressed: then the
 *  number of figures above zero would give their values away. */
function toHideFor(puzzle: Puzzle, name: string): string[] {
  const reached = new Set([name]);
  for (;;) {
    const near = [...new Set([...reached].flatMap((each) => puzzle.around.get(each) ?? []))].map(
      (at) => puzzle.sums[at] as Sum,
    );
    const shown = (each: string) => !puzzle.hidden.has(each) && value(puzzle, each) > 0;
    const part = smallest(puzzle, near.flatMap(({ parts }) => parts).filter(shown));
    const found = part ?? smallest(puzzle, near.map(({ total }) => total).filter(shown));
    if (found !== undefined) return [found];
    const before = reached.size;
    for (const { total, parts } of near)
      for (const each of [total, ...parts]) if (puzzle.hidden.has(each)) reached.add(each);
    if (reached.size === before) return togetherWith(puzzle, name).filter((each) => !puzzle.hidden.has(each));
  }
}

/** The block of figures linked to a figure by sums. */
function togetherWith(puzzle: Puzzle, name: string): string[] {
  const reached = new Set([name]);
  for (const each of reached) {
    for (const at of puzzle.around.get(each) ?? []) {
      const { total, parts } = puzzle.sums[at] as Sum;
      for (const next of [total, ...parts]) reached.add(next);
    }
  }
  return [...reached];
}

function smallest(puzzle: Puzzle, names: readonly string[]): string | undefined {
  return [...names].sort((one, other) => value(puzzle, one) - value(puzzle, other) || compare(one, other))[0];
}

/** Is there another value of the figure that gives the same published tables? Shown by changing it by one, and others
 *  that are hidden by one each, so that every sum still holds. */
function canDiffer(puzzle: Puzzle, name: string): boolean {
  const least = togetherWith(puzzle, name).every((each) => puzzle.hidden.has(each)) ? 0 : 1;
  return ([1, -1] as const).some((step) => {
    const search: Search = { puzzle, least, changed: new Map(), off: new Map(), steps: 0 };
    return allowed(search, name, step) && change(search, name, step);
  });
}

interface Search {
  puzzle: Puzzle;
  /** Least value of a small figure. */
  least: 0 | 1;
  changed: Map<string, number>;
  /** Error of each sum: total less parts. */
  off: Map<number, number>;
  steps: number;
}

function change(search: Search, name: string, step: number): boolean {
  search.steps += 1;
  if (search.steps > MOST_STEPS || search.changed.size === LONGEST_CHAIN) return false;
  search.changed.set(name, step);
  shift(search, name, step);
  if (restored(search)) return true;
  shift(search, name, -step);
  search.changed.delete(name);
  return false;
}

function shift({ puzzle, off }: Search, name: string, step: number): void {
  for (const at of puzzle.around.get(name) ?? []) {
    const left = (off.get(at) ?? 0) + step * signIn(puzzle.sums[at] as Sum, name);
    if (left === 0) off.delete(at);
    else off.set(at, left);
  }
}

/** Corrects the first sum that does not hold, in any way that lets all the others be corrected too. */
function restored(search: Search): boolean {
  const { puzzle, changed, off } = search;
  const [first] = off;
  if (first === undefined) return true;
  const [at, left] = first;
  const sum = puzzle.sums[at] as Sum;
  return [sum.total, ...sum.parts].some((name) => {
    if (!puzzle.hidden.has(name) || changed.has(name)) return false;
    const step = -Math.sign(left) * signIn(sum, name);
    return allowed(search, name, step) && change(search, name, step);
  });
}

function signIn({ total }: Sum, name: string): 1 | -1 {
  return name === total ? 1 : -1;
}

/** A small figure stays small and another hidden one stays large: every reader knows that much. */
function allowed({ puzzle, least }: Search, name: string, step: number): boolean {
  const now = value(puzzle, name);
  const next = now + step;
  const { small, limit } = puzzle;
  if (small.has(name) || now === 0) return next >= least && (next < limit || step < 0);
  return next >= Math.min(limit, now);
}

function value({ values }: Puzzle, name: string): number {
  return values.get(name) ?? 0;
}
