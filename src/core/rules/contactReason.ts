import { CONTACT_REASON } from '../sentences/grounds.ts';

/** Why a guardian's answer may count as contact with a youth under 18 (`grunn`, R04): what makes it hard to reach the youth
 *  itself. A closed list: silence is no reason, and a sentence would be health data. */
export const CONTACT_REASONS = {
  SYKDOM: { text: CONTACT_REASON.nb.SYKDOM, source: 'K, kode 1.1' },
  SONING: { text: CONTACT_REASON.nb.SONING, source: 'K, kode 1.1' },
  INSTITUSJON: { text: CONTACT_REASON.nb.INSTITUSJON, source: 'K, kode 4.4' },
  RUS: { text: CONTACT_REASON.nb.RUS, source: 'K, kode 4.4' },
} as const;

export type ContactReason = keyof typeof CONTACT_REASONS;

/** Facts from before the list was closed may hold any word. */
export function isContactReason(reason: string | null): boolean {
  return reason !== null && Object.hasOwn(CONTACT_REASONS, reason);
}
