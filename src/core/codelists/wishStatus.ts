import { WISH_STATUSES } from './data/wishStatuses.ts';
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

/** In the order of their numbers. */
export const WISH_CODES: readonly string[] = WISH_STATUSES.map(({ code }) => code);

const SAYS: Readonly<Record<WishMeaning, WishSays>> = {
  place: 'place',
  offer: 'offer',
  declined: 'no',
  unanswered: 'no',
  'no-place': 'no',
  'other-wish': 'nothing',
  pending: 'nothing',
};

// Files carry the code, lists on paper the number, with or without its leading zero («07 TASINN»).
const BY_SPELLING: ReadonlyMap<string, WishStatus> = new Map(
  WISH_STATUSES.flatMap(({ number, code, text }) => {
    const meaning = WISH_MEANING[code];
    const status: WishStatus = { code, number, text, meaning, says: SAYS[meaning] };
    return [code, String(number), String(number).padStart(2, '0')].map(
      (spelling) => [spelling, status] as const,
    );
  }),
);

/** VIGO's ønskestatus by code (`STRNLÆ`) or by its number as text (`73`). */
export function wishStatus(code: string): WishStatus | undefined {
  return BY_SPELLING.get(code.trim().normalize('NFC').toUpperCase());
}

/** Of a fact's canonical code. Throws for one that no adapter lets through. */
export function wishStatusOf({ code }: { code: string }): WishStatus {
  const status = BY_SPELLING.get(code);
  if (status === undefined) throw new Error('a wish status that no adapter may let through');
  return status;
}
