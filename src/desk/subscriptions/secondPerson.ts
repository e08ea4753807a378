import type { Principal } from '../../core/access/principal.ts';
import type { WantedUrl } from '../../core/subscription/subscription.ts';
import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';

// Who holds a stolen token must not be able to lead a county's calls elsewhere: a new address needs two callers, or one
// system that asks again, with another token, when the first has had time to be missed.

export const SECOND_TOKEN_AFTER_MS = 3_600_000;

/**
 * - `asked`: the first of two has spoken.
 * - `approved`: by the second one.
 * - `same`: by the one who asked.
 * - `early`: from when on another token counts.
 */
export type UrlStep =
  | { step: 'asked'; wanted: WantedUrl }
  | { step: 'approved' }
  | { step: 'same' }
  | { step: 'early'; from: IsoInstant };

/** @param wanted what was asked for before, if anything */
export function urlStep(
  wanted: WantedUrl | null,
  { url, principal, now }: { url: string; principal: Principal; now: IsoInstant },
): UrlStep {
  // On one's own machine a second caller cannot be distinguished from the first.
  if (principal.kind === 'local') return { step: 'approved' };
  const key = keyOf(principal);
  if (wanted === null || wanted.url !== url) {
    return { step: 'asked', wanted: { url, by: principal.name, key, at: now } };
  }
  if (key === wanted.key || key === UNKNOWN_TOKEN) return { step: 'same' };
  const from = epochOf(wanted.at) + SECOND_TOKEN_AFTER_MS;
  if (principal.kind === 'machine' && wanted.key.startsWith(TOKEN) && epochOf(now) < from) {
    return { step: 'early', from: instantOf(from) };
  }
  return { step: 'approved' };
}

const TOKEN = 'token:';
/** Cannot be distinguished from any other. */
const UNKNOWN_TOKEN = `${TOKEN}unknown`;

function keyOf(principal: Exclude<Principal, { kind: 'local' }>): string {
  if (principal.kind === 'person') return principal.key;
  return principal.tokenId === null ? UNKNOWN_TOKEN : `${TOKEN}${principal.tokenId}`;
}
