import { comingOfAge } from '../../age/majority.ts';
import { nextChange, stopped } from '../../consent/permits.ts';
import { scopeOf } from '../../consent/scope.ts';
import { NEVER_ASKED } from '../../nav/neverAsked.ts';
import { gradeAt } from '../../protection/grade.ts';
import { NONE } from '../../shortList.ts';
import { factKey } from '../../youth/youth.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { type Findings, wakeAt } from '../findings.ts';
import { type StoppedAnswer, spanOf } from './nav.ts';

/** What NAV's registers say of the youth, as far as it may be read. */
export interface ReadRegisters {
  readable: readonly FactOf<'NavRegister'>[];
  stopped: readonly StoppedAnswer[];
}

const NOTHING_SAID: ReadRegisters = { readable: NONE, stopped: NONE };

/** Behind the gate of NAV's answers: without both consents, of measures such that name them, from its receipt until now,
 *  what a register said is erased. Of
 *  a youth whose address is graded it is not used. */
export function navRegisters(findings: Findings): ReadRegisters {
  const { ledger, policy, asOf } = findings;
  if (ledger.NavRegister.length === 0) return NOTHING_SAID;
  const said = { readable: [] as FactOf<'NavRegister'>[], stopped: [] as StoppedAnswer[] };
  const ofAge = comingOfAge(ledger.born, policy.consentAge);
  const graded = NEVER_ASKED.has(gradeAt(ledger.Protection, asOf));
  for (const fact of ledger.NavRegister) {
    if (fact.state === null) continue;
    const span = { ...spanOf(fact, asOf), scope: scopeOf(fact.about) };
    const permit = stopped(ledger.Consent, ofAge, span);
    if (permit !== null) said.stopped.push({ batch: factKey(fact), permit });
    else if (!graded) said.readable.push(fact);
  }
  const change = nextChange(ledger.Consent, ofAge, asOf);
  if (change !== null && said.readable.length > 0) wakeAt(findings, change);
  return said;
}
