import { ledgerOf } from '../derive/facts/ledger.ts';
import type { Policy } from '../policy.ts';
import { daysAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';
import { schoolYearOf } from '../time/schoolYear.ts';
import type { Registration, Youth } from '../youth/youth.ts';
import { inAgeRange, lastDayInRange } from './ageLimit.ts';

/** A youth whose case was closed for age, and whom a raised limit has brought back into the range. */
export interface Reopened {
  /** The last registration before that. */
  last: Registration;
  /** First day of the new limit. */
  from: IsoDate;
  /** Last day in the range under it. */
  until: IsoDate;
}

/** For decision by humans, and never a registration by itself (Y05). Null when no limit has brought the youth back, when
 *  it was outside the target group anyway, when it has been registered since, or when its birth date is not known. */
export function reopenedByLimit(youth: Youth, policy: Pick<Policy, 'ageLimits'>): Reopened | null {
  const last = youth.registrations.at(-1);
  const { born } = ledgerOf(youth.facts);
  if (last === undefined || born === null || !last.status.targetGroup) return null;
  for (const { from } of policy.ageLimits.slice(1)) {
    const until = lastDayInRange(born, from, policy);
    if (until === null || inAgeRange(born, daysAfter(from, -1), policy)) continue;
    if (last.effective < from && last.schoolYear < schoolYearOf(from)) return { last, from, until };
  }
  return null;
}
