import type { FactOf } from '../../youth/youthEvent.ts';
import type { RegistrationFile } from '../registration/file.ts';

/** What an adviser has said last of the youth, by county: of the newest school year that anything has been said of. What
 *  was said for next year in spring holds over what is still said of this one. */
export function lastWords(files: readonly RegistrationFile[]): FactOf<'AdviserStatus'>[] {
  const words: FactOf<'AdviserStatus'>[] = [];
  // Sorted by school year: a later one takes the place of the one before.
  for (const { county, statuses } of files) {
    if (statuses.current === null) continue;
    const place = words.findIndex((word) => word.county === county);
    if (place < 0) words.push(statuses.current);
    else words[place] = statuses.current;
  }
  return words;
}
