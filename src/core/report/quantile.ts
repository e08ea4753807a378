/** The smallest measured value that a share of the values are at or below (nearest rank). Null of none.
 *  @param share above 0, at most 1 */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
