import { digest } from '../../core/digest.ts';
import type { OrgId } from '../../core/organisation.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { addMonths, type IsoDate } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { KEPT_FORM, type KeepingBasis, type KeptDays, startKeeping } from '../../core/worklist/kept.ts';
import type { KeepWork, WorkProgress, WorkProjection, WorkRound } from '../../store/workPort.ts';

/** Youths and records looked at in one step: some hundredths of a second, and then others get their turn. */
const STEP = 200;

/** By what the rows are decided: the program's lists and letters, the county's policy and its agreements with NAV. */
export function workRules({ policy, agreements }: Pick<KeepingBasis, 'policy' | 'agreements'>): string {
  const terms = agreements.map(({ from, to, revoked }) => `${from} ${to} ${revoked?.at}`).sort();
  return digest(JSON.stringify([KEPT_FORM, policy, terms]));
}

/** One step towards rows that have all that is committed. */
export function followWork(
  projection: WorkProjection,
  org: OrgId,
  basis: KeepingBasis,
): Promise<WorkProgress> {
  const today = osloDate(basis.now);
  const round: WorkRound = {
    rules: workRules(basis),
    today,
    days: daysAround(today),
    limit: STEP,
    keepFor: (days) => keeping(basis, days),
  };
  return projection.projectWork(org, round);
}

/** Months before this one for which rows are kept. */
const MONTHS_BACK = 3;

/** Up to the end of the next month: all youths are looked at again each month, the month before the rows run out. Another
 *  process whose clock is behind is still on the day before. */
function daysAround(today: IsoDate): KeptDays {
  return { from: firstKeptDay(daysAfter(today, -2)), until: addMonths(firstOfMonth(today), 2) };
}

/** The first day of which all rows say what they would if they were decided today. */
export function firstKeptDay(today: IsoDate): IsoDate {
  return addMonths(firstOfMonth(today), -MONTHS_BACK);
}

function firstOfMonth(day: IsoDate): IsoDate {
  return `${day.slice(0, 8)}01`;
}

function keeping(basis: KeepingBasis, days: KeptDays): KeepWork {
  const keep = startKeeping(basis, days);
  return (loaded, progress) => {
    try {
      return keep(loaded.ref, loaded.youth, { progress, waiting: loaded.parked });
    } catch {
      return null;
    }
  };
}
