import { type NavQuestion, stopsUse } from '../nav/mayAsk.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Youth } from '../youth/youth.ts';
import type { Alert } from '../youth/youthEvent.ts';
import { disclosesNav } from './disclosesNav.ts';
import { scopeOfFeed } from './scope.ts';

/**
 * Whether a NAV answer that was decided a while ago may be disclosed at this moment: its alert is still open and both
 * sides are permitted, for what it is about, by the rule for all that NAV answers. The agreement is asked for apart: without
 * one it waits. As the decision reads them: what has been taken back is no consent, and the birth date is the one
 * known last.
 */
export function stillDisclosed(
  youth: Youth | undefined,
  isTold: (alert: Alert) => boolean,
  { now, policy }: { now: IsoInstant; policy: NavQuestion['policy'] },
): boolean {
  const told = youth?.alerts.find((alert) => disclosesNav(alert) && isTold(alert));
  if (youth === undefined || told === undefined) return false;
  return stopsUse(youth, { policy, at: now, scope: scopeOfFeed(told.feed) }) === null;
}
