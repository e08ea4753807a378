import type { FactOf } from '../../youth/youthEvent.ts';
import type { RegistrationFile } from '../registration/file.ts';

/** The latest adviser status of the youth, by county: of the newest school year with one. A status for next year, set in
 *  spring, holds over later ones for this year. */
export function lastWords(files: readonly RegistrationFile[]): FactOf<'AdviserStatus'>[] {
  const words: FactOf<'AdviserStatus'>[] = [];
  // Sorted by school year: a later one replaces the one before.
  for (const { county, statuses } of files) {
    if (statuses.current === null) continue;
    const place = words.findIndex((word) => word.county === county);
    if (place < 0) words.push(statuses.current);
    else words[place] = statuses.current;
  }
  return words;
}
