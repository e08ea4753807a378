import { comingOfAge } from '../../age/majority.ts';
import { nextChange, type Permit, type Span, stopped } from '../../consent/permits.ts';
import { impossibleChanges } from '../../consent/standing.ts';
import { compare } from '../../order.ts';
import { navNeedsConsent } from '../../rules/consent.ts';
import { NONE } from '../../shortList.ts';
import type { IsoInstant } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { byKnown } from '../facts/order.ts';
import { type Findings, raise, wakeAt } from '../findings.ts';

/** An answer that may not be kept, and what stopped it. `batch`: of a monthly answer; of what a register said, the fact's
 *  key. */
export interface StoppedAnswer {
  batch: string;
  permit: Permit;
}

/** NAV's answers, behind the gate: an answer without both consents, from its receipt until now, is treated as never
 *  received. What passes becomes an alert and never a status (R06). */
export function alertKnownAtNav(findings: Findings): readonly StoppedAnswer[] {
  const { ledger, policy, asOf } = findings;
  reviewConsents(findings);
  if (ledger.NavMatch.length === 0) return NONE;
  const ofAge = comingOfAge(ledger.born, policy.consentAge);
  const held: StoppedAnswer[] = [];
  const readable: FactOf<'NavMatch'>[] = [];
  for (const fact of ledger.NavMatch) {
    if (fact.answer === null) continue;
    const permit = stopped(ledger.Consent, ofAge, spanOf(fact, asOf));
    if (permit !== null) held.push({ batch: fact.batch, permit });
    else readable.push(fact);
  }
  if (readable.length === 0) return held;
  const change = nextChange(ledger.Consent, ofAge, asOf);
  if (change !== null) wakeAt(findings, change);
  const known = firstOfRun(readable.filter((fact) => !isLate(fact, ledger.NavMatch)));
  if (known !== null) {
    const { alert: kind, category } = navNeedsConsent.leadsTo;
    const { office, county } = known;
    const schoolYear = schoolYearOf(known.effective);
    raise(findings, {
      kind,
      category,
      rule: navNeedsConsent.id,
      fact: known,
      schoolYear,
      county,
      // Not in the alert's id: the office could be found from an id and the list of offices. Another office is one update
      // (N03).
      office,
    });
  }
  return held;
}

/** From its receipt until now. */
export function spanOf({ received: from }: { received: IsoInstant }, asOf: IsoInstant): Span {
  return { from, through: asOf > from ? asOf : from };
}

/** Last month's answer after this month's, or with it: kept, and says nothing new (N09). */
function isLate(fact: FactOf<'NavMatch'>, answers: readonly FactOf<'NavMatch'>[]): boolean {
  return answers.some((other) => other.month > fact.month && other.firstReceived <= fact.firstReceived);
}

/** The first of the unbroken row of months, up to the newest, in which the same office answered yes: the alert is
 *  raised by it, and the same answer next month is no news. A missing answer is not «no» and breaks nothing. */
function firstOfRun(answers: FactOf<'NavMatch'>[]): FactOf<'NavMatch'> | null {
  const told = answers.filter(({ answer }) => answer !== 'IKKE_SVART');
  told.sort((one, other) => compare(one.month, other.month) || byKnown(one, other));
  let first: FactOf<'NavMatch'> | null = null;
  for (const fact of told) {
    if (fact.answer === 'NEI') first = null;
    else if (first === null || first.office !== fact.office) first = fact;
  }
  return first;
}

function reviewConsents(findings: Findings): void {
  if (findings.ledger.Consent.length < 2) return;
  for (const side of ['A', 'B'] as const) {
    for (const fact of impossibleChanges(findings.ledger.Consent, side)) {
      raise(findings, {
        kind: 'UGYLDIG_SAMTYKKEENDRING',
        category: 'review',
        rule: navNeedsConsent.id,
        fact,
        schoolYear: schoolYearOf(fact.effective),
        county: fact.county,
        about: side,
      });
    }
  }
}
