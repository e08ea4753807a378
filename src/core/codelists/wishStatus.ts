import { WISH_STATUSES } from './data/wishStatuses.ts';
import { WISH_MEANING, type WishMeaning } from './wishMeaning.ts';

export interface WishStatus {
  code: string;
  number: number;
  /** Bokmål. */
  text: string;
  meaning: WishMeaning;
}

// Files carry the code, lists on paper the number, with or without its leading zero («07 TASINN»).
const BY_SPELLING: ReadonlyMap<string, WishStatus> = new Map(
  WISH_STATUSES.flatMap(({ number, code, text }) => {
    const status: WishStatus = { code, number, text, meaning: WISH_MEANING[code] };
    return [code, String(number), String(number).padStart(2, '0')].map(
      (spelling) => [spelling, status] as const,
    );
  }),
);

/** VIGO's ønskestatus by code (`STRNLÆ`) or by its number as text (`73`). */
export function wishStatus(code: string): WishStatus | undefined {
  return BY_SPELLING.get(code.trim().normalize('NFC').toUpperCase());
}
