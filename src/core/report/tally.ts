import type { Figure } from './figures.ts';

/**
 * Figures by counting: each item says which figures it counts in.
 * @param named figures that are present even when no item counts in them
 */
export function tally<T>(
  items: Iterable<T>,
  countsIn: (item: T) => Iterable<string>,
  isStrict: (item: T) => boolean,
  named: Iterable<string> = [],
): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const name of named) figures.set(name, { value: 0, strict: 0 });
  for (const item of items) {
    const strict = isStrict(item) ? 1 : 0;
    // A youth counts once in each figure.
    for (const name of new Set(countsIn(item))) {
      const before = figures.get(name);
      figures.set(name, { value: (before?.value ?? 0) + 1, strict: (before?.strict ?? 0) + strict });
    }
  }
  return figures;
}
