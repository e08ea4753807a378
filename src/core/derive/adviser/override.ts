import type { Policy } from '../../policy.ts';
import type { RuleId } from '../../rules/ruleId.ts';
import { NONE } from '../../shortList.ts';
import type { IsoDate, IsoInstant } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import type { Youth } from '../../youth/youth.ts';
import type { RegistrationKey } from '../../youth/youthEvent.ts';
import { ledgerOf } from '../facts/ledger.ts';
import type { Findings } from '../findings.ts';
import { filesOf } from '../registration/file.ts';
import { judgeStatus } from './adviserStatus.ts';
import { knownGrounds } from './knownGrounds.ts';

/** A choice that an adviser keeps although a rule speaks against it. */
export interface Override extends RegistrationKey {
  rule: RuleId;
  code: string;
  /** `fastholdtFordi`, a keyword. */
  reason: string;
  effective: IsoDate;
}

/** Every current choice upheld by a reason against a rule, in the order of the registrations. A reason given where no rule
 *  speaks against the choice is not counted. */
export function overridesIn(youth: Youth, policy: Policy, asOf: IsoInstant): Override[] {
  const reasoned = youth.facts.some((fact) => fact.kind === 'AdviserStatus' && fact.override !== null);
  if (!reasoned) return [];
  const findings: Findings = {
    ledger: ledgerOf(youth.facts),
    policy,
    asOf,
    today: osloDate(asOf),
    alerts: NONE,
    due: null,
  };
  const overrides: Override[] = [];
  for (const file of filesOf(findings.ledger, policy)) {
    const { schoolYear, county } = file;
    for (const fact of file.statuses.counted) {
      const { override: reason, code, effective } = fact;
      if (reason === null) continue;
      const verdict = judgeStatus(fact, true, knownGrounds(findings, file, fact).grounds);
      if (verdict.kind === 'UPHELD')
        overrides.push({ schoolYear, county, rule: verdict.rule, code, reason, effective });
    }
  }
  return overrides;
}
