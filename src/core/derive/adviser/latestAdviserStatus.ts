import { NONE } from '../../shortList.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import type { RegistrationFile } from '../registration/file.ts';

/** The latest adviser status of the youth, by county: of the newest school year with one. A status for next year, set in
 *  spring, holds over later ones for this year. */
export function latestAdviserStatuses(
  files: readonly RegistrationFile[],
): readonly FactOf<'AdviserStatus'>[] {
  const only = files[0];
  if (only === undefined) return NONE;
  // Nearly always.
  if (files.length === 1) return only.statuses.current === null ? NONE : [only.statuses.current];
  const latest: FactOf<'AdviserStatus'>[] = [];
  // Sorted by school year: a later one replaces the one before.
  for (const { county, statuses } of files) {
    if (statuses.current === null) continue;
    const place = latest.findIndex((each) => each.county === county);
    if (place < 0) latest.push(statuses.current);
    else latest[place] = statuses.current;
  }
  return latest;
}
