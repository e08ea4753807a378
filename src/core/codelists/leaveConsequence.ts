// What a reason for leaving means for OT: a reading of the texts (domain reference §2.3, rule R40), one line per
// code so that an adviser can check it. B06 texts: Udir, registreringshåndboka, versions of 31.05.2010, 05.05.2022
// and 02.05.2023. C12 texts stand in data/reasonCodes.ts.

/**
 * - `dropout`: tilmelding AVBRUTT.
 * - `expect-school`, `expect-apprenticeship`: no tilmelding; watch that the announced start is seen.
 * - `none`: still in training.
 * - `review-leave`: leave of absence or exchange; a human looks once.
 * - `no-show`, `declined`: never started; not a dropout.
 * - `completed`: passed the final test.
 * - `review-ended`: the contract is over, not completed.
 */
export type Consequence =
  | 'dropout'
  | 'expect-school'
  | 'expect-apprenticeship'
  | 'none'
  | 'review-leave'
  | 'no-show'
  | 'declined'
  | 'completed'
  | 'review-ended';

export const LEAVING_SCHOOL = {
  AF: { text: 'Annen frafallsårsak eller ikke oppgitt', consequence: 'dropout' },
  AP: { text: 'Byttet programområde på samme skole', consequence: 'none' },
  AR: { text: 'Fått arbeid', consequence: 'dropout' },
  AS: { text: 'Begynt på annen skole', consequence: 'expect-school' },
  FL: { text: 'Flyttet', consequence: 'dropout' },
  FR: { text: 'Stort fravær', consequence: 'dropout' },
  FV: { text: 'Feilvalg', consequence: 'dropout' },
  IM: { text: 'Ikke møtt ved skolestart', consequence: 'no-show' },
  LA: { text: 'Sluttet for å begynne i lære', consequence: 'expect-apprenticeship' },
  LV: { text: 'Lang reisevei', consequence: 'dropout' },
  MI: { text: 'Militærtjeneste', consequence: 'dropout' },
  OP: { text: 'Manglende oppholdstillatelse', consequence: 'dropout' },
  PM: { text: 'Permisjon', consequence: 'review-leave' },
  PS: { text: 'Personlige årsaker eller sykdom', consequence: 'dropout' },
  SL: { text: 'Skolelei eller manglende motivasjon', consequence: 'dropout' },
  SV: { text: 'Svangerskap eller fødsel', consequence: 'dropout' },
  TN: { text: 'Takket nei til tilbud', consequence: 'declined' },
  UH: { text: 'Utenlandsopphold', consequence: 'dropout' },
  UK: { text: 'Utvekslingselev, kalenderår', consequence: 'review-leave' },
  US: { text: 'Utvekslingselev, skoleår', consequence: 'review-leave' },
  UV: { text: 'Utvekslingselev', consequence: 'review-leave' },
  VA: { text: 'Fagvansker', consequence: 'dropout' },
} as const satisfies Record<string, { text: string; consequence: Consequence }>;

export const END_OF_CONTRACT = {
  AB: 'completed',
  AF: 'dropout',
  AR: 'dropout',
  AS: 'expect-school',
  BR: 'dropout',
  EK: 'none',
  FL: 'dropout',
  FV: 'dropout',
  OK: 'dropout',
  ON: 'none',
  OP: 'dropout',
  PS: 'dropout',
  S1: 'review-ended',
  S2: 'review-ended',
  UP: 'review-ended',
} as const satisfies Record<string, Consequence>;

/** Reveal health or pregnancy. */
export const SENSITIVE: ReadonlySet<string> = new Set(['PS', 'SV']);
