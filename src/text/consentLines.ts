import type { SideState, StandingState } from '../core/consent/transitions.ts';
import type { ConsentParty, ConsentScope, ConsentSide } from '../core/youth/statusEvent.ts';

// How consents are shown. Each state has words of its own: what has run out is never written as a no, nor a no as something
// that is only missing (N08).

const SIDE_TITLES: Readonly<Record<ConsentSide, string>> = {
  A: 'At OT spør NAV',
  B: 'At NAV svarer OT',
};

export const PARTY_TITLES: Readonly<Record<ConsentParty, string>> = {
  UNGDOM: 'Ungdommen',
  FORESATT: 'Foresatt',
  FORESATT2: 'Foresatt nummer to',
};

export const STATE_LINES: Readonly<Record<StandingState, string>> = {
  SAMTYKKET: 'har samtykket',
  IKKE_SAMTYKKET: 'har sagt nei',
  TRUKKET: 'har trukket samtykket',
  UTLOPT: 'hadde samtykket, men samtykket har gått ut',
  SVARFRIST_PASSERT: 'svarte ikke innen fristen',
  VENTER_PAA_SVAR: 'er spurt og har ikke svart ennå',
  MANGLER: 'er ikke spurt',
  MOTSTRID: 'har gitt to ulike svar på samme tidspunkt',
};

/** One side in a sentence. */
export function sideLine(side: ConsentSide, state: SideState, scope: readonly ConsentScope[] = []): string {
  const more = state === 'SAMTYKKET' ? MEASURES[scope.includes('TILTAK') ? 'named' : 'left'] : '';
  return `${SIDE_TITLES[side]}: ${SIDE_LINES[state]}${more}.`;
}

/** A yes that does not name measures opens nothing of them (Q30). */
const MEASURES = { named: ', også for tiltak', left: ', men ikke for tiltak' } as const;

const SIDE_LINES: Readonly<Record<SideState, string>> = {
  SAMTYKKET: 'samtykket gjelder',
  IKKE_SAMTYKKET: 'det er sagt nei',
  TRUKKET: 'samtykket er trukket',
  UTLOPT: 'samtykket har gått ut, og det kan spørres på nytt',
  SVARFRIST_PASSERT: 'svarfristen er ute uten svar, og det kan spørres på nytt',
  VENTER_PAA_SVAR: 'svaret ventes',
  MANGLER: 'samtykket er ikke gitt',
  MOTSTRID: 'det er gitt to ulike svar på samme tidspunkt; avklar hva som er riktig',
  FORESATTE_UKJENT: 'det er ikke kjent om én eller to har foreldreansvar; avklar det',
};
