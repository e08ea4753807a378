import type { IsoDate } from '../time/date.ts';
import type { OtList, StatusLookup } from './otCode.ts';
import { canonicalSpelling } from './otSpelling.ts';
import { listValidOn, type OtVocabulary, readingOf, UNDECIDED, UNKNOWN } from './otVocabulary.ts';

/** When a register took a list into use, where that was after the list's first day: list → date (Q12). */
export type Activations = Readonly<Record<string, IsoDate>>;

/**
 * What a written status means on its effective date. Looks up the whole text, never a part of it.
 *
 * Between a list's first day and its activation the register can still only write the codes of the list before. There
 * the text is read by the old list first, and translated when the old code has exactly one successor on the same side
 * of the target group; when it has not, only a person can say what was meant. A code that only the new list has
 * is accepted immediately.
 */
export function lookupIn(
  vocabulary: OtVocabulary,
  raw: string,
  on: IsoDate,
  activations: Activations,
): StatusLookup {
  const list = listValidOn(vocabulary, on);
  if (list === undefined) return UNKNOWN;
  const text = canonicalSpelling(raw);
  const activated = activations[list.id];
  if (activated !== undefined && on < activated) {
    const old = vocabulary.lists[vocabulary.lists.indexOf(list) - 1];
    const written = vocabulary.spellings.get(old?.id ?? '')?.get(text);
    if (old !== undefined && written !== undefined) return translated(vocabulary, written, old, list);
  }
  return vocabulary.spellings.get(list.id)?.get(text) ?? UNKNOWN;
}

function translated(
  vocabulary: OtVocabulary,
  written: StatusLookup,
  old: OtList,
  list: OtList,
): StatusLookup {
  if (!written.ok) return written;
  const row = vocabulary.successions.get(list.id)?.get(written.code);
  const entry = vocabulary.entries.get(list.id)?.get(row?.to ?? written.code);
  if (entry === undefined) return UNDECIDED;
  // A lost list is read by both its neighbours: what only the later one has is not an old code.
  if (row === undefined) return readingOf(entry, false);
  const exact = row.alternatives.length === 0 && (row.type === 'exact' || row.type === 'renamed');
  if (!exact || entry.targetGroup !== written.targetGroup) return UNDECIDED;
  const reading = readingOf(entry, false);
  if (!reading.ok) return reading;
  const translatedFrom = { list: old.id, code: written.code };
  return { ...reading, viaOt: written.viaOt ?? reading.viaOt, translatedFrom };
}
