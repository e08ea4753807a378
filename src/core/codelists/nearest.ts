import { by } from '../order.ts';

/** An entry of a code list. */
interface Named {
  code: string;
  text: string;
}

/** Entries that are shown for one that is not in the list. */
const SHOWN = 3;
/** Characters of what was written that are compared: a cell may hold a whole page. */
const COMPARED = 80;

/** Finds the entries whose code or name is most like what was written, the most like first (Dice's coefficient of pairs
 *  of letters). Ties in the order of the list. */
export function nearestAmong<T extends Named>(entries: readonly T[]): (written: string) => T[] {
  const known = entries.map((entry) => ({ entry, code: pairsIn(entry.code), text: pairsIn(entry.text) }));
  return (written) => {
    const pairs = pairsIn(written.slice(0, COMPARED));
    return known
      .map(({ entry, code, text }) => ({
        entry,
        like: Math.max(likeness(pairs, code), likeness(pairs, text)),
      }))
      .sort(by(({ like }) => -like))
      .slice(0, SHOWN)
      .map(({ entry }) => entry);
  };
}

/** Pairs of letters and digits that follow each other, the ends too: of two letters that are swapped most remain. */
function pairsIn(text: string): ReadonlySet<string> {
  const letters = `^${text
    .normalize('NFC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')}$`;
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < letters.length; at += 1) pairs.add(letters.slice(at, at + 2));
  return pairs;
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}
