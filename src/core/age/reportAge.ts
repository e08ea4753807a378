import type { Policy } from '../policy.ts';
import type { IsoDate } from '../time/date.ts';
import { ageLimitOn } from './ageLimit.ts';

// How reports read the age limit. Membership of the target group is never judged by these (domain reference §1.7.2).

/** KOSTRA: whole years at the end of the accounting year. */
export function kostraAge(born: IsoDate, accountingYear: number): number {
  return accountingYear - Number(born.slice(0, 4));
}

/** KOSTRA: under the limit that is in force at the end of the accounting year. */
export function isUnderLimitForKostra(
  born: IsoDate,
  accountingYear: number,
  policy: Pick<Policy, 'ageLimits'>,
): boolean {
  return kostraAge(born, accountingYear) < ageLimitOn(policy, `${accountingYear}-12-31`);
}
