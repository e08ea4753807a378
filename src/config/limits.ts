import type { Settings } from './environment.ts';

export interface LimitsConfig {
  requestsPerMinute: number;
  addressPerMinute: number;
  personsPerHour: number;
}

/** On one's own machine everything has the same caller: tools, tests, the command line. */
const OPEN_FACTOR = 10;

/** @param open without issuers */
export function limitsOf(set: Settings, open: boolean): LimitsConfig {
  const factor = open ? OPEN_FACTOR : 1;
  return {
    requestsPerMinute: set.LIMIT_REQUESTS_PER_MINUTE ?? 6_000 * factor,
    addressPerMinute: set.LIMIT_ADDRESS_PER_MINUTE ?? 12_000 * factor,
    personsPerHour: set.LIMIT_PERSONS_PER_HOUR ?? 5_000 * factor,
  };
}
