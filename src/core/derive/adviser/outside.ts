import type { CountyNumber } from '../../organisation.ts';
import { codeMustChange, preventive, registeredByMistake } from '../../rules/proposal.ts';
import { hasEmigrated, livesElsewhere } from '../../rules/residence.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { countiesOf, type Stay, staysOf } from '../county/stay.ts';
import type { Ledger } from '../facts/ledger.ts';
import { holdsOver } from '../facts/order.ts';
import type { Findings } from '../findings.ts';
import type { TilmeldingCause } from '../registration/cause.ts';
import { isCertain } from '../training/move.ts';
import { isOpen } from '../training/placeEnd.ts';
import { seenAfter } from '../training/training.ts';

type AdviserStatus = FactOf<'AdviserStatus'>;

// Codes that take a youth out of the target group without contact (K, codes 5.1–5.5), compared with what is known.

/** Does another source confirm the code? Then it needs no ground of the adviser's. */
export function isBorneOut(ledger: Ledger, status: AdviserStatus): boolean {
  const { code, county } = status;
  switch (code) {
    case livesElsewhere.leadsTo.proposed:
      return livesIn(stayBy(ledger, status), county) === 'elsewhere';
    case hasEmigrated.leadsTo.proposed:
      return livesIn(stayBy(ledger, status), county) === 'abroad';
    case registeredByMistake.leadsTo.proposed:
      return ledger.ends.some(
        ({ consequence, annulledBy }) => annulledBy === null && registeredByMistake.applies({ consequence }),
      );
    case preventive.leadsTo.inLowerSecondary:
      return ledger.WithoutPlans.length > 0;
    case preventive.leadsTo.proposed:
      return (
        ledger.AtRisk.length > 0 || ledger.starts.some((start) => isOpen(ledger, start, status.effective))
      );
    default:
      return false;
  }
}

export interface Contradiction {
  rule: RuleId;
  proposed: string[];
  evidence: Fact[];
}

/** The last year in which a pupil of lower secondary school may turn this old, a year of delay and a late start counted. */
const OLDEST_PUPIL = 17;

/** What is known against the code. */
export function contradictionOf(
  findings: Findings,
  { decider }: { decider: TilmeldingCause | null },
  { code, county, grounds, effective }: AdviserStatus,
): Contradiction | null {
  const { ledger } = findings;
  switch (code) {
    case livesElsewhere.leadsTo.proposed: {
      const stay = staysOf(findings).at(-1) ?? null;
      return livesIn(stay, county) === 'here' ? against(livesElsewhere.id, [], stay) : null;
    }
    case hasEmigrated.leadsTo.proposed: {
      // A long stay abroad is not reported to Folkeregisteret.
      if (grounds.includes('UTLAND_LENGE')) return null;
      const stay = staysOf(findings).at(-1) ?? null;
      return stay?.kind === 'Residence' ? against(hasEmigrated.id, [], stay) : null;
    }
    case preventive.leadsTo.inLowerSecondary: {
      const { proposed } = preventive.leadsTo;
      const start = ledger.starts.find(({ from }) => from <= effective);
      const tooOld =
        ledger.born !== null &&
        Number(effective.slice(0, 4)) - Number(ledger.born.slice(0, 4)) > OLDEST_PUPIL;
      return tooOld || start !== undefined ? against(preventive.id, [proposed], start?.fact ?? null) : null;
    }
    case preventive.leadsTo.proposed: {
      if (decider?.happened !== 'AVBRUTT' || decider.annulledBy !== null) return null;
      if (isCertain(decider.move)) return null;
      if (decider.effective > effective || seenAfter(findings, decider.effective, '')) return null;
      return against(codeMustChange.id, [], decider.fact);
    }
    default:
      return null;
  }
}

function against(rule: RuleId, proposed: string[], fact: Fact | null): Contradiction {
  return { rule, proposed, evidence: fact === null ? [] : [fact] };
}

/** Where the youth lived by Folkeregisteret when the status was reported. */
function stayBy(
  { Residence: residences, Emigrated: emigrations }: Ledger,
  { effective }: AdviserStatus,
): Stay | null {
  let last: Stay | null = null;
  for (const stay of [...residences, ...emigrations]) {
    if (stay.effective <= effective && (last === null || holdsOver(stay, last))) last = stay;
  }
  return last;
}

function livesIn(stay: Stay | null, county: CountyNumber): 'here' | 'elsewhere' | 'abroad' | null {
  if (stay === null) return null;
  if (stay.kind === 'Emigrated') return 'abroad';
  const lives = countiesOf(stay);
  if (lives.length === 0) return null;
  return livesElsewhere.applies({ lives, registered: county }) ? 'elsewhere' : 'here';
}
