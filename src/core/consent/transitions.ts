import type { ConsentState } from '../youth/statusEvent.ts';

/** MANGLER: no party that had to answer has. MOTSTRID: two different answers of the same moment. */
export type StandingState = ConsentState | 'MANGLER' | 'MOTSTRID';
/** Of a side; FORESATTE_UKJENT: it is not known how many guardians have to answer. */
export type SideState = StandingState | 'FORESATTE_UKJENT';

/** Changes that KS Fiks samtykke allows for one party; a deadline or an end date may close any open question. The same
 *  state again is a repetition. */
export const ALLOWED_CHANGES: Readonly<Record<ConsentState, readonly ConsentState[]>> = {
  SAMTYKKET: ['SAMTYKKET', 'VENTER_PAA_SVAR', 'TRUKKET', 'UTLOPT'],
  IKKE_SAMTYKKET: ['IKKE_SAMTYKKET', 'SAMTYKKET', 'VENTER_PAA_SVAR'],
  VENTER_PAA_SVAR: ['VENTER_PAA_SVAR', 'SAMTYKKET', 'IKKE_SAMTYKKET', 'SVARFRIST_PASSERT'],
  TRUKKET: ['TRUKKET', 'SAMTYKKET', 'VENTER_PAA_SVAR'],
  SVARFRIST_PASSERT: ['SVARFRIST_PASSERT', 'SAMTYKKET', 'VENTER_PAA_SVAR'],
  UTLOPT: ['UTLOPT', 'SAMTYKKET', 'VENTER_PAA_SVAR'],
};

/** A person has said no. What is not one, and no yes either, has only run out, or was never answered (N08). */
export function isNo(state: StandingState): state is 'IKKE_SAMTYKKET' | 'TRUKKET' {
  return state === 'IKKE_SAMTYKKET' || state === 'TRUKKET';
}

/**
 * One party's state after an answer. `allowed` false: the register of consents has no such change, and an adviser must look
 * at it. It is ignored then, with two exceptions that protect: a yes never outlives another answer, and a no that was
 * never given room is still a no, or the person would be asked again as if the consent had only run out.
 */
export function stepTo(
  from: StandingState,
  to: ConsentState,
): { allowed: boolean; state: ConsentState | 'MOTSTRID' } {
  if (from === 'MANGLER' || from === 'MOTSTRID') return { allowed: true, state: to };
  if (ALLOWED_CHANGES[from].includes(to)) return { allowed: true, state: to };
  const counts = from === 'SAMTYKKET' || (isNo(to) && !isNo(from));
  return { allowed: false, state: counts ? to : from };
}
