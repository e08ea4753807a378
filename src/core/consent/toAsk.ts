import type { ConsentParty, ConsentSide } from '../youth/statusEvent.ts';
import type { SideStanding } from './standing.ts';
import { isNo, type StandingState } from './transitions.ts';

/** Why a party is asked: never asked, run out, not answered in time, or two different answers. A no is none of them. */
export const ASKED_FOR = ['MANGLER', 'UTLOPT', 'SVARFRIST_PASSERT', 'MOTSTRID'] as const;
export type AskedFor = (typeof ASKED_FOR)[number];

/** One party to ask, about one side or both. */
export interface ConsentAsk {
  party: ConsentParty;
  sides: readonly { side: ConsentSide; state: AskedFor }[];
}

/**
 * Whom to ask, and about what. A side that holds is left alone, and so is one where any party has said no: a guardian's yes
 * does not outweigh it, and a person who has refused is not asked again as if the consent had run out. A question that
 * waits for its answer is not asked twice.
 */
export function toAsk(sides: readonly SideStanding[]): ConsentAsk[] {
  const asks = new Map<ConsentParty, { side: ConsentSide; state: AskedFor }[]>();
  for (const standing of sides) {
    for (const { party, state } of askable(standing)) {
      if (!isAskedFor(state)) continue;
      const own = asks.get(party) ?? [];
      own.push({ side: standing.side, state });
      asks.set(party, own);
    }
  }
  return [...asks].map(([party, own]) => ({ party, sides: own }));
}

/** Must it be found out how many guardians a youth has? Not when the age, or a no, settles the side without it. */
export function asksForGuardians(sides: readonly SideStanding[]): boolean {
  return sides.some(
    ({ age, guardians, parties }) =>
      age === 'minor' && guardians === null && !parties.some(({ state }) => isNo(state)),
  );
}

function askable({ age, permit, parties }: SideStanding): { party: ConsentParty; state: StandingState }[] {
  if (permit || age === 'between' || parties.some(({ state }) => isNo(state))) return [];
  // A guardian of a youth that may be of age is not asked: the question alone says that the youth is with OT.
  if (age === 'unknown') return parties.filter(({ party }) => party === 'UNGDOM');
  const hasYouth = parties.some(({ party }) => party === 'UNGDOM');
  // It is clarified with the youth first (H), although a minor's yes is not needed.
  return hasYouth ? [...parties] : [{ party: 'UNGDOM', state: 'MANGLER' }, ...parties];
}

function isAskedFor(state: StandingState): state is AskedFor {
  return ASKED_FOR.some((each) => each === state);
}
