import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { momentOf, openList } from './extract.ts';

type Parts = Parameters<typeof openList>[0] &
  Parameters<typeof momentOf>[0] & { policyFor: (org: OrgId) => Pick<Policy, 'navListDay'> };

/** Asks for each month's list from the county's day of the month on, by its own clock. Without an agreement it is asked for
 *  on the first day of the month that has one. */
export function createMonthlyLists(parts: Parts): (orgs: readonly OrgId[]) => Promise<void> {
  /** The newest month asked for here; another process asks in vain. */
  const asked = new Map<OrgId, string>();
  return async (orgs) => {
    for (const org of orgs) {
      const { navListDay } = parts.policyFor(org);
      if (navListDay === null) continue;
      const today = osloDate(await momentOf(parts, org));
      const month = today.slice(0, 7);
      if (Number(today.slice(8)) < navListDay || asked.get(org) === month) continue;
      const { kind } = await openList(parts, org, { month, by: 'clock' });
      if (kind !== 'no-agreement') asked.set(org, month);
    }
  };
}
