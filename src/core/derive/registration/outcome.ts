import type { Consequence } from '../../codelists/leaveConsequence.ts';
import type { Policy } from '../../policy.ts';
import { placeComesFirst } from '../../rules/intake.ts';
import { completed, contractRanOut, onLeave, takenBack } from '../../rules/move.ts';
import { nameMatchesNumber } from '../../rules/person.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import { firstStatus, leavingIsNotDropout } from '../../rules/tilmelding.ts';
import type { IsoInstant } from '../../time/date.ts';
import { factKey } from '../../youth/youth.ts';
import type { Fact } from '../../youth/youthEvent.ts';
import { followCounties } from '../county/countySplit.ts';
import { type End, ledgerOf } from '../facts/ledger.ts';
import { countedFacts, deviationsOf } from '../person/name.ts';
import { isAsked } from '../training/move.ts';
import type { TilmeldingCause } from './cause.ts';
import { filesOf } from './file.ts';

/** Outcome of a leaving, by all that is known now. */
export interface LeavingOutcome {
  /** The version of the report it is about. */
  version: number;
  outcome: 'TILMELDING' | 'TIL_KONTROLL' | 'INGEN_TILMELDING';
  /** Why: of a tilmelding the rule that opens it, else the one that speaks against it. */
  rule: RuleId;
}

/** Of every leaving that was accepted, by the key of its fact: none leads to nothing without a reason. */
export function leavingOutcomes(
  facts: readonly Fact[],
  asOf: IsoInstant,
  policy: Policy,
): ReadonlyMap<string, LeavingOutcome> {
  const outcomes = new Map<string, LeavingOutcome>();
  if (!facts.some(({ kind }) => kind === 'Left')) return outcomes;
  // Under a name other than the one on the number: it counts once it has been reviewed.
  const counted = countedFacts(facts, deviationsOf(facts, policy));
  if (counted.length < facts.length)
    for (const fact of facts)
      if (fact.kind === 'Left' && !counted.includes(fact))
        set(outcomes, fact, 'TIL_KONTROLL', nameMatchesNumber.id);
  const ledger = ledgerOf(followCounties(counted, asOf).facts);
  for (const end of ledger.ends) set(outcomes, end.fact, 'INGEN_TILMELDING', reasonAgainst(end));
  for (const { told, standing } of filesOf(ledger, policy)) {
    for (const cause of told) {
      if (cause.fact.kind !== 'Left') continue;
      if (standing.includes(cause)) set(outcomes, cause.fact, 'TILMELDING', firstStatus.id);
      else setAgainst(outcomes, cause);
    }
  }
  return outcomes;
}

function set(
  outcomes: Map<string, LeavingOutcome>,
  fact: Fact,
  outcome: LeavingOutcome['outcome'],
  rule: RuleId,
): void {
  outcomes.set(factKey(fact), { version: fact.version, outcome, rule });
}

function setAgainst(
  outcomes: Map<string, LeavingOutcome>,
  { fact, annulledBy, move, place }: TilmeldingCause,
): void {
  if (annulledBy !== null) return;
  if (place !== null) set(outcomes, fact, 'INGEN_TILMELDING', placeComesFirst.id);
  else if (move !== null) set(outcomes, fact, isAsked(move) ? 'TIL_KONTROLL' : 'INGEN_TILMELDING', move.rule);
}

function reasonAgainst({ annulledBy, consequence }: End): RuleId {
  return takenBack.applies({ annulled: annulledBy !== null }) ? takenBack.id : REASONS[consequence].id;
}

const REASONS: Readonly<Record<Consequence, { id: RuleId }>> = {
  dropout: leavingIsNotDropout,
  'expect-school': leavingIsNotDropout,
  'expect-apprenticeship': leavingIsNotDropout,
  none: leavingIsNotDropout,
  'review-leave': onLeave,
  'no-show': leavingIsNotDropout,
  declined: leavingIsNotDropout,
  completed,
  'review-ended': contractRanOut,
};
