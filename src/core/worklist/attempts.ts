import { reaches } from '../derive/adviser/contact.ts';
import type { Ledger } from '../derive/facts/ledger.ts';
import type { Policy } from '../policy.ts';
import type { IsoDate } from '../time/date.ts';

import type { Channel } from './channel.ts';
/** Attempts that did not reach the youth since a date, by channel. However many, they are not contact (R03, R04). */
export interface Attempts {
  counts: Readonly<Record<string, number>>;
  facts: Ledger['ContactAttempt'];
  /** In the county's order: the first is the next to try. */
  untried: readonly Channel[];
}

export function attemptsSince(
  ledger: Ledger,
  since: IsoDate,
  policy: Pick<Policy, 'majority' | 'channels'>,
): Attempts {
  const { channels: order } = policy;
  const facts = ledger.ContactAttempt.filter(
    (fact) => fact.effective >= since && !reaches(ledger, fact, policy),
  );
  const counts: Record<string, number> = {};
  for (const { channel } of facts) counts[channel] = (counts[channel] ?? 0) + 1;
  return { counts, facts, untried: order.filter((channel) => !Object.hasOwn(counts, channel)) };
}
