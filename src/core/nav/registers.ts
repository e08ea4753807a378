import { comingOfAge } from '../age/majority.ts';
import { participationOf } from '../codelists/navParticipation.ts';
import { scopeOf } from '../consent/scope.ts';
import { ledgerOf } from '../derive/facts/ledger.ts';
import type { Policy } from '../policy.ts';
import { programmeFromEighteen, registersNeedConsent } from '../rules/nav.ts';
import { placeOf } from '../youth/factOrder.ts';
import type { NavRegister, StatusEvent } from '../youth/statusEvent.ts';
import type { Youth } from '../youth/youth.ts';
import { mayUse, type NavQuestion } from './mayAsk.ts';

/** What the question is decided by. */
export interface RegisterQuestion extends Pick<NavQuestion, 'agreements' | 'at'> {
  policy: NavQuestion['policy'] & Pick<Policy, 'majority'>;
}

/** May what the register says about the youth be kept, shown and published at this moment? The rule of NAV's answers, and
 *  for measures a consent that names them. */
export function mayKeepRegister(youth: Youth, register: NavRegister, question: RegisterQuestion): boolean {
  return registersNeedConsent.applies(mayUse(youth, { ...question, scope: scopeOf(register) }));
}

/** The same of one record. What NAV takes back goes without a question, and the youth programme has no minors. */
export function mayKeepRecord(event: StatusEvent, youth: Youth, question: RegisterQuestion): boolean {
  if (event.kind !== 'NavRegister') return false;
  if (participationOf(event.state) === 'GONE' && youth.facts[placeOf(youth.facts, event)] !== undefined)
    return true;
  if (!mayKeepRegister(youth, event.about, question)) return false;
  return event.about !== 'UNGDOMSPROGRAM' || isAdult(event, youth, question.policy);
}

function isAdult(
  { effective: from }: StatusEvent,
  { facts }: Youth,
  { majority }: RegisterQuestion['policy'],
): boolean {
  return programmeFromEighteen.applies({ from, age: comingOfAge(ledgerOf(facts).born, majority) });
}
