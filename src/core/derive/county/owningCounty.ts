import type { CountyNumber } from '../../organisation.ts';
import type { IsoDate } from '../../time/date.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { annulmentsOf, takenBackBy } from '../facts/annulments.ts';
import { latest } from '../facts/order.ts';
import { isAccepted } from './accepted.ts';
import { countyAfter, residencesIn } from './countySplit.ts';
import { restructuringsOf } from './restructuring.ts';

/**
 * The one county that answers for the youth on a date, by the number it had then: the last one that has accepted a
 * handover, or else the one that knows the youth. Exactly one for a youth that was known by then (R50, U03); null for one
 * that was not.
 */
export function owningCountyOn(facts: readonly Fact[], date: IsoDate): CountyNumber | null {
  const known = facts.filter(({ effective }) => effective <= date);
  const home = latest(known);
  if (home === null) return null;
  const annulled = annulmentsOf(facts);
  const accepted = latest(
    known.filter(
      (fact): fact is FactOf<'Handover'> =>
        fact.kind === 'Handover' && isAccepted(fact) && takenBackBy(annulled, fact) === null,
    ),
  );
  return numberOn(accepted?.toCounty ?? home.county, date, facts);
}

/** The number on the date of a county that may have been split or joined since it was written. */
function numberOn(county: CountyNumber, date: IsoDate, facts: readonly Fact[]): CountyNumber {
  for (const step of restructuringsOf(county) ?? []) {
    if (step.date > date || !step.ends) continue;
    const next = countyAfter(step, residencesIn(facts));
    return next === null ? county : numberOn(next, date, facts);
  }
  return county;
}
