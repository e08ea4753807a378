import type { WISH_STATUSES } from './data/wishStatuses.ts';

// What each of VIGO's wish statuses means for OT: a reading of the published texts (interfaces of the field, §4.6), one
// line per code so that an adviser can check it. To be confirmed by a county before letters are sent on it. One person
// has many wishes: only all of them together say whether there is a place.

/**
 * - `place`: the youth has said yes to a place or a contract.
 * - `offer`: offered a place or let in, and not answered yet.
 * - `declined`: said no, or gave the place up after a yes.
 * - `unanswered`: struck because no answer came.
 * - `no-place`: no offer, or only a waiting list.
 * - `other-wish`: placed on another wish; says nothing by itself.
 * - `pending`: the intake is not done with the wish; says nothing by itself.
 */
export type WishMeaning =
  | 'place'
  | 'offer'
  | 'declined'
  | 'unanswered'
  | 'no-place'
  | 'other-wish'
  | 'pending';

type WishCode = (typeof WISH_STATUSES)[number]['code'];

export const WISH_MEANING: Readonly<Record<WishCode, WishMeaning>> = {
  SBEHA: 'pending',
  SFORM: 'pending',
  MANIO: 'pending',
  TASINN: 'pending',
  MANIS: 'pending',
  RESER: 'pending',
  TILBSK: 'offer',
  TILBO: 'offer',
  TATTIN: 'offer',
  TILBLÆ: 'offer',
  TILBS: 'offer',
  FANNET: 'offer',
  TILBPR: 'offer',
  INNTO: 'place',
  INNTLÆ: 'place',
  LANNET: 'place',
  INNTOI: 'offer',
  INNTLI: 'place',
  PRØVE: 'place',
  INNTS: 'place',
  INNTF: 'place',
  INNTSI: 'offer',
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
