import type { Policy } from '../../core/policy.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { Desk, OverdueList } from '../../store/deskPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';

export interface OverdueParts {
  desk: Pick<Desk, 'overdueLists' | 'noteOverdue' | 'virtualNow'>;
  policyFor: (org: string) => Pick<Policy, 'listHours'>;
  now: () => IsoInstant;
  alarm: RaiseAlarm;
}

const HOUR_MS = 60 * 60_000;

/**
 * Tells the operator once of each list that has not become whole within the time its county gives it (N04). Nothing is
 * concluded from it, then or because of this; rows that come later still make it whole.
 * @returns lists that were told of.
 */
export async function alertOverdueLists(parts: OverdueParts, orgs: readonly string[]): Promise<number> {
  let told = 0;
  for (const org of orgs) {
    const now = (await parts.desk.virtualNow(org)) ?? parts.now();
    const openedBefore = instantOf(epochOf(now) - parts.policyFor(org).listHours * HOUR_MS);
    for (const list of await parts.desk.overdueLists(org, openedBefore)) {
      // Told first: a crash in between tells twice, and never not at all.
      parts.alarm('LIST_INCOMPLETE', { org, list: list.list, run: list.run, ...lacking(list) });
      await parts.desk.noteOverdue(org, list.list, list.run);
      told += 1;
    }
  }
  return told;
}

function lacking({ total, rows }: OverdueList): { detail: string; count: number } {
  if (total === null) return { detail: 'NO_TOTAL', count: rows };
  if (rows > total) return { detail: 'TOO_MANY_ROWS', count: rows - total };
  return { detail: 'ROWS_MISSING', count: total - rows };
}
