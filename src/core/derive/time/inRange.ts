import { inAgeRange, lastDayInRange } from '../../age/ageLimit.ts';
import { daysAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import { dueOrWakeOn, type Findings } from '../findings.ts';

/** Is the youth in the age range on a date? A birth date comes from a record's own field or is not known; the rule is
 *  that of the date, however late we judge it (Y05). */
export function ageStanding({ ledger, policy }: Findings, on: IsoDate): 'inside' | 'outside' | 'unknown' {
  if (ledger.born === null) return 'unknown';
  return inAgeRange(ledger.born, on, policy) ? 'inside' : 'outside';
}

/** R47: does a duty that arose on a date last today? While it does, its last day is waited for. Of unknown age it lasts:
 *  the birth date is asked for, and the youth is not forgotten meanwhile. */
export function stillOurs(findings: Findings, since: IsoDate): boolean {
  const { born } = findings.ledger;
  if (born === null) return true;
  const last = lastDayInRange(born, since, findings.policy);
  return last !== null && !dueOrWakeOn(findings, daysAfter(last, 1));
}
