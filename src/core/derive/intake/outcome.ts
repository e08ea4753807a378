import type { Policy } from '../../policy.ts';
import { placeComesFirst } from '../../rules/intake.ts';
import { nameMatchesNumber } from '../../rules/person.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import { firstStatus } from '../../rules/tilmelding.ts';
import type { IsoInstant } from '../../time/date.ts';
import { factKey } from '../../youth/youth.ts';
import type { Fact } from '../../youth/youthEvent.ts';
import { followCounties } from '../county/countySplit.ts';
import { ledgerOf } from '../facts/ledger.ts';
import { countedFacts, deviationsOf } from '../person/name.ts';
import { filesOf } from '../registration/file.ts';

/** Outcome of a wish, or of a no to a place, by all that is known now. */
export interface WishOutcome {
  /** The version of the record it is about. */
  version: number;
  outcome: 'TILMELDING' | 'TIL_KONTROLL' | 'INGEN_TILMELDING';
  /** Why: of a tilmelding the rule that opens it, else the one that speaks against it. */
  rule: RuleId;
}

/** Of everything the intake has reported about one youth's wishes, by the key of its fact. */
export function wishOutcomes(
  facts: readonly Fact[],
  asOf: IsoInstant,
  policy: Policy,
): ReadonlyMap<string, WishOutcome> {
  const outcomes = new Map<string, WishOutcome>();
  const set = (fact: Fact, outcome: WishOutcome['outcome'], rule: RuleId) =>
    outcomes.set(factKey(fact), { version: fact.version, outcome, rule });
  if (!facts.some(isOfIntake)) return outcomes;
  // Under a name other than the one on the number: it counts once it has been reviewed.
  const counted = countedFacts(facts, deviationsOf(facts, policy));
  if (counted.length < facts.length)
    for (const fact of facts)
      if (isOfIntake(fact) && !counted.includes(fact)) set(fact, 'TIL_KONTROLL', nameMatchesNumber.id);
  const ledger = ledgerOf(followCounties(counted, asOf).facts);
  for (const wish of ledger.Wish) set(wish, 'INGEN_TILMELDING', placeComesFirst.id);
  for (const { told, standing } of filesOf(ledger, policy)) {
    for (const cause of told) {
      if (!isOfIntake(cause.fact)) continue;
      if (standing.includes(cause)) set(cause.fact, 'TILMELDING', firstStatus.id);
      else if (cause.place !== null) set(cause.fact, 'INGEN_TILMELDING', placeComesFirst.id);
    }
  }
  return outcomes;
}

function isOfIntake({ kind }: Fact): boolean {
  return kind === 'Wish' || kind === 'PlaceDeclined' || kind === 'NotApplied';
}
