import { comingOfAge } from '../../core/age/majority.ts';
import { sideStanding } from '../../core/consent/standing.ts';
import type { SideState, StandingState } from '../../core/consent/transitions.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { YouthCase } from '../../core/worklist/youthCase.ts';
import type { ConsentParty, ConsentScope, ConsentSide } from '../../core/youth/statusEvent.ts';
import { PARTY_TITLES, STATE_LINES, sideLine } from '../../text/consentLines.ts';

/** One side of the exchange with NAV, and what each party has answered. */
export interface ConsentView {
  side: ConsentSide;
  /** Whether it holds now. */
  holds: boolean;
  samtykke: SideState;
  /** How many guardians must answer; null: none, or it is not known. */
  antallForesatte: number | null;
  /** What all of them have named besides whether the youth is registered, and where; empty unless it holds. */
  omfang: ConsentScope[];
  text: string;
  /** Those who must answer, and those who have. */
  parties: {
    part: ConsentParty;
    /** Must have said yes; without that it must only not be against. */
    needed: boolean;
    samtykke: StandingState;
    omfang: ConsentScope[];
    text: string;
  }[];
}

/** As the gates read them: what was taken back is no consent, and the birth date is the one known last. */
export function consentViews(
  { ledger }: Pick<YouthCase, 'ledger'>,
  { policy, at }: { policy: Pick<Policy, 'consentAge'>; at: IsoInstant },
): ConsentView[] {
  const ofAge = comingOfAge(ledger.born, policy.consentAge);
  return (['A', 'B'] as const).map((side) => {
    const { permit, state, guardians, scope, parties } = sideStanding(ledger.Consent, side, ofAge, at);
    return {
      side,
      holds: permit,
      samtykke: state,
      antallForesatte: guardians,
      omfang: [...scope],
      text: sideLine(side, state, scope),
      parties: parties.map(({ party, needed, state: answered, scope: named }) => ({
        part: party,
        needed,
        samtykke: answered,
        omfang: [...named],
        text: `${PARTY_TITLES[party]} ${STATE_LINES[answered]}.`,
      })),
    };
  });
}
