/** Every order in which a few records may come. */
export function everyOrder<T>(records: readonly T[]): T[][] {
  if (records.length < 2) return [[...records]];
  return records.flatMap((first, at) => everyOrder(records.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
