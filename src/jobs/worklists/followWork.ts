import { digest } from '../../core/digest.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { addMonths, type IsoDate } from '../../core/time/date.ts';
import { KEPT_FORM, type KeptDays, startKeeping } from '../../core/worklist/kept.ts';
import type { KeepWork, WorkProgress, WorkProjection, WorkRound } from '../../store/workPort.ts';

/** Youths and records looked at in one step: some hundredths of a second, and then others get their turn. */
const STEP = 200;

/** By what the rows are decided: the program's lists and the county's policy. */
export function workRules(policy: Policy): string {
  return digest(JSON.stringify([KEPT_FORM, policy]));
}

/** One step towards rows that have all that is committed. @param today by the organisation's clock */
export function followWork(
  projection: WorkProjection,
  org: OrgId,
  { today, policy }: { today: IsoDate; policy: Policy },
): Promise<WorkProgress> {
  const round: WorkRound = {
    rules: workRules(policy),
    today,
    days: daysAround(today),
    limit: STEP,
    keepFor: (days) => keeping(policy, days),
  };
  return projection.projectWork(org, round);
}

/** Up to the end of the next month: all youths are looked at again each month, the month before the rows run out. Another
 *  process whose clock is behind is still on the day before. */
function daysAround(today: IsoDate): KeptDays {
  return { from: daysAfter(today, -2), until: addMonths(`${today.slice(0, 8)}01`, 2) };
}

function keeping(policy: Policy, days: KeptDays): KeepWork {
  const keep = startKeeping(policy, days);
  return (loaded, progress) => {
    try {
      return keep(loaded.ref, loaded.youth, progress);
    } catch {
      return null;
    }
  };
}
