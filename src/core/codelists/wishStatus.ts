import { WISH_STATUSES } from './data/wishStatuses.ts';
import { nearestAmong } from './nearest.ts';
import { WISH_MEANING, type WishMeaning } from './wishMeaning.ts';

/** What a wish says about whether the youth has a place. */
export type WishSays = 'place' | 'offer' | 'no' | 'nothing';

export interface WishStatus {
  code: string;
  number: number;
  /** Bokmål. */
  text: string;
  meaning: WishMeaning;
  says: WishSays;
}

const SAYS: Readonly<Record<WishMeaning, WishSays>> = {
  place: 'place',
  offer: 'offer',
  declined: 'no',
  unanswered: 'no',
  'no-place': 'no',
  'other-wish': 'nothing',
  pending: 'nothing',
};

// Files carry the code, lists on paper the number, with or without its leading zero («07 TASINN»), people's own lists the
// name: the whole name and no other, in any case and spacing.
const BY_SPELLING: ReadonlyMap<string, WishStatus> = new Map(
  WISH_STATUSES.flatMap(({ number, code, text }) => {
    const meaning = WISH_MEANING[code];
    const status: WishStatus = { code, number, text, meaning, says: SAYS[meaning] };
    const spellings = [code, String(number), String(number).padStart(2, '0'), text];
    return spellings.map((spelling) => [spellingKey(spelling), status] as const);
  }),
);

/** In the order of their numbers. */
export const WISH_CHOICES = WISH_STATUSES.map(({ code, text }) => ({ code, text }));

/** VIGO's ønskestatus by code (`STRNLÆ`), by its number as text (`73`), or by its official name. */
export function wishStatus(written: string): WishStatus | undefined {
  return BY_SPELLING.get(spellingKey(written));
}

/** Those that are most like what was written. */
export const nearestWishes = nearestAmong(WISH_STATUSES);

function spellingKey(written: string): string {
  return written.normalize('NFC').toUpperCase().replaceAll(/\s/gu, '');
}

/** Of a fact's canonical code. Throws for one that no adapter lets through. */
export function wishStatusOf({ code }: { code: string }): WishStatus {
  const status = BY_SPELLING.get(spellingKey(code));
  if (status === undefined) throw new Error('a wish status that no adapter may let through');
  return status;
}
