import type { Feed } from '../youth/statusEvent.ts';
import type { AlertKind } from '../youth/youthEvent.ts';

/** The feeds of NAV's registers. */
export const REGISTER_FEEDS = [
  'nav-arbeidssoker',
  'nav-oppfolging',
  'nav-deltaker',
  'nav-ungdomsprogram',
] as const satisfies readonly Feed[];
const REGISTERS: ReadonlySet<Feed> = new Set(REGISTER_FEEDS);

/** Does the alert disclose something that NAV has said? It may leave only while that is permitted. */
export function disclosesNav(alert: { kind: AlertKind; feed: Feed }): boolean {
  return alert.kind === 'KJENT_HOS_NAV' || isFromRegister(alert);
}

export function isFromRegister({ feed }: { feed: Feed }): boolean {
  return REGISTERS.has(feed);
}
