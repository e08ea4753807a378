import type { Consequence } from '../../codelists/leaveConsequence.ts';
import { apprenticeshipReason, schoolReason } from '../../codelists/leaveReason.ts';
import { DROPOUT, type Leaving, leavingIsNotDropout } from '../../rules/tilmelding.ts';
import type { FactOf } from '../../youth/youthEvent.ts';

/** What a reason for leaving means. Throws for a code that no adapter lets through. */
export function leavingOf(fact: FactOf<'Left'>): { consequence: Consequence; leaving: Leaving } {
  const reasonIn = fact.training === 'apprenticeship' ? apprenticeshipReason : schoolReason;
  const reason = reasonIn(fact.reason, fact.effective);
  if (reason === undefined) throw new Error('a reason for leaving that no adapter may let through');
  const { consequence } = reason;
  if (consequence === 'dropout' || !leavingIsNotDropout.applies({ consequence, lostRight: fact.lostRight })) {
    return { consequence, leaving: DROPOUT };
  }
  const leaving = leavingIsNotDropout.leadsTo[consequence];
  // ON and EK end this contract and the next one is reported by itself; AP goes on at the same school.
  const replaced = consequence === 'none' && fact.training === 'apprenticeship';
  return { consequence, leaving: replaced ? { ...leaving, ends: true } : leaving };
}
