import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Operations, OverdueList } from '../../store/operationsPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';

export interface OverdueParts {
  operations: Pick<Operations, 'overdueLists' | 'markOverdueReported' | 'virtualNow'>;
  policyFor: (org: OrgId) => Pick<Policy, 'listHours'>;
  now: () => IsoInstant;
  alarm: RaiseAlarm;
}

const HOUR_MS = 60 * 60_000;

/**
 * Alerts the operator once to each list still incomplete after the time its county allows (N04). Nothing is
 * concluded from it; later rows still complete it.
 * @returns number of lists reported.
 */
export async function alertOverdueLists(parts: OverdueParts, orgs: readonly OrgId[]): Promise<number> {
  let reported = 0;
  for (const org of orgs) {
    const now = (await parts.operations.virtualNow(org)) ?? parts.now();
    const openedBefore = instantOf(epochOf(now) - parts.policyFor(org).listHours * HOUR_MS);
    for (const list of await parts.operations.overdueLists(org, openedBefore)) {
      // At least once: a crash after the alarm repeats it.
      parts.alarm('LIST_INCOMPLETE', { org, list: list.list, run: list.run, ...lacking(list) });
      await parts.operations.markOverdueReported(org, list.list, list.run);
      reported += 1;
    }
  }
  return reported;
}

function lacking({ total, rows }: OverdueList): { detail: string; count: number } {
  if (total === null) return { detail: 'NO_TOTAL', count: rows };
  if (rows > total) return { detail: 'TOO_MANY_ROWS', count: rows - total };
  return { detail: 'ROWS_MISSING', count: total - rows };
}
