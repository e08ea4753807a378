import { epochOf, type IsoInstant } from '../time/date.ts';
import { DISABLED_AFTER_MS } from './schedule.ts';

/** Steps of the way to disabling that are reported, once each: shares of it to the owner, moments to the operator. */
export type WarningStep = '50' | '70' | '90' | '1h' | '24h' | '5d';

const HOUR = 3_600_000;

const STEPS: readonly { step: WarningStep; afterMs: number }[] = [
  { step: '1h', afterMs: HOUR },
  { step: '24h', afterMs: 24 * HOUR },
  { step: '50', afterMs: 0.5 * DISABLED_AFTER_MS },
  { step: '70', afterMs: 0.7 * DISABLED_AFTER_MS },
  { step: '90', afterMs: 0.9 * DISABLED_AFTER_MS },
  { step: '5d', afterMs: DISABLED_AFTER_MS },
];

/** Those that a subscription which has failed since then has reached; each is reported once. */
export function reachedSteps(failingSince: IsoInstant | null, now: IsoInstant): WarningStep[] {
  if (failingSince === null) return [];
  const failing = epochOf(now) - epochOf(failingSince);
  return STEPS.filter(({ afterMs }) => failing >= afterMs).map(({ step }) => step);
}
