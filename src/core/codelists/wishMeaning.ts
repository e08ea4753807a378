import type { WISH_STATUSES } from './data/wishStatuses.ts';

// What each of VIGO's wish statuses means for OT. A reading of the published texts, to be confirmed by a county
// before letters are sent on it. One person has many wishes: only all of them together say whether there is a place.

/**
 * - `declined`: said no, or gave the place up after a yes.
 * - `unanswered`: struck because no answer came.
 * - `no-place`: no offer, or only a waiting list.
 * - `has-place`: has a place or a contract.
 * - `other-wish`: placed on another wish; says nothing by itself.
 * - `pending`: the intake is not done with the wish, or an offer waits for its answer.
 */
export type WishMeaning = 'declined' | 'unanswered' | 'no-place' | 'has-place' | 'other-wish' | 'pending';

type WishCode = (typeof WISH_STATUSES)[number]['code'];

export const WISH_MEANING: Readonly<Record<WishCode, WishMeaning>> = {
  SBEHA: 'pending',
  SFORM: 'pending',
  MANIO: 'pending',
  TASINN: 'pending',
  MANIS: 'pending',
  RESER: 'pending',
  TILBSK: 'pending',
  TILBO: 'pending',
  TATTIN: 'pending',
  TILBLÆ: 'pending',
  TILBS: 'pending',
  FANNET: 'pending',
  TILBPR: 'pending',
  INNTO: 'has-place',
  INNTLÆ: 'has-place',
  LANNET: 'has-place',
  INNTOI: 'has-place',
  INNTLI: 'has-place',
  PRØVE: 'has-place',
  INNTS: 'has-place',
  INNTF: 'has-place',
  INNTSI: 'has-place',
  VENTO: 'no-place',
  VENTOJ: 'no-place',
  VENTOI: 'no-place',
  MANUO: 'pending',
  MANON: 'declined',
  MANOK: 'declined',
  MANUOK: 'pending',
  MANUS: 'pending',
  MANSN: 'declined',
  MANUSK: 'pending',
  STROIT: 'unanswered',
  STROIV: 'unanswered',
  STRONT: 'declined',
  STRONV: 'declined',
  STRINN: 'other-wish',
  STRISK: 'other-wish',
  STRGJE: 'no-place',
  STRLPO: 'no-place',
  STRSAV: 'no-place',
  STRSIT: 'unanswered',
  STRILÆ: 'unanswered',
  STRSNT: 'declined',
  STRNLÆ: 'declined',
  STRNLV: 'declined',
  TNLPR: 'declined',
  STOPP: 'no-place',
  UAKTU: 'other-wish',
  STRTLB: 'other-wish',
  STRVNT: 'other-wish',
  UKVAL: 'no-place',
  UKVAL2: 'no-place',
  TRUKK: 'declined',
  NEDL: 'no-place',
};
