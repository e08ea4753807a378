import type { IsoDate } from '../date.ts';
import type { Ledger } from '../derive/facts/ledger.ts';
import { silenceIsNotContact } from '../rules/contact.ts';

/** Ways to reach a youth, as advisers register them. */
export const CHANNELS = [
  'BREV',
  'SMS',
  'EPOST',
  'TELEFON',
  'HJEMMEBESOK',
  'SOSIALE_MEDIER',
  'OPPMOTE',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Attempts without an answer since a date, by channel. However many, they are not contact (R03). */
export interface Attempts {
  counts: Readonly<Record<string, number>>;
  facts: Ledger['attempts'];
  /** In the county's order: the first is the next to try. */
  untried: readonly Channel[];
}

export function attemptsSince(ledger: Ledger, since: IsoDate, order: readonly Channel[]): Attempts {
  const facts = ledger.attempts.filter(
    (fact) => fact.effective >= since && silenceIsNotContact.applies(fact),
  );
  const counts: Record<string, number> = {};
  for (const { channel } of facts) counts[channel] = (counts[channel] ?? 0) + 1;
  return { counts, facts, untried: order.filter((channel) => !Object.hasOwn(counts, channel)) };
}
