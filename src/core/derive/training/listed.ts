import type { Policy } from '../../policy.ts';
import { listedAfterLeaving } from '../../rules/move.ts';
import { schoolListOf } from '../../schoolList.ts';
import type { IsoDate } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import type { Ledger, Start } from '../facts/ledger.ts';
import { absenceLimit, absencesFrom, backIn } from '../lists/absence.ts';

/** Does a list of who is in training say, after the date and until now, that this place goes on? A row equal to the night
 *  before is not recorded: only a row that is new or has changed since, and the list itself, can show it. */
export function listedAfter(
  ledger: Ledger,
  { fact, until }: Start,
  left: IsoDate,
  policy: Pick<Policy, 'absencesBeforeReview' | 'schoolAbsencesBeforeReview'>,
): boolean {
  if (fact.kind === 'Started' || (until !== null && until <= left)) return false;
  const list = fact.kind === 'ContractSeen' ? 'laktiv' : schoolListOf(fact.institution);
  const back = backIn(ledger, list);
  const told = osloDate(back > fact.received ? back : fact.received);
  const missing = absencesFrom(ledger, list).count >= absenceLimit(policy, list);
  return listedAfterLeaving.applies({ left, told, missing });
}
