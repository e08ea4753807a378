/** Under whose names the youths of a month's list are known to NAV: of two lists they have none in common. */
export function matchNames(batch: string): string {
  return `nav:${batch}`;
}
