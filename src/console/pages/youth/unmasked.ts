/** What can be uncovered of who a youth is. */
export const IDENTITY_FIELDS = ['nummer', 'navn'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];

/** Whose page it is, and of which youth. */
export interface Viewer {
  session: string;
  org: string;
  ref: string;
}

export interface Unmasked {
  /** Purpose and reason, as they are logged each time it is shown. */
  purpose: string;
  /** Epoch milliseconds. */
  until: number;
}

/** Fields that were uncovered, each for one session and one youth. In this process alone: one that does not know of it
 *  shows them covered. */
export interface Unmaskings {
  open(viewer: Viewer, field: IdentityField, purpose: string): void;
  of(viewer: Viewer): ReadonlyMap<IdentityField, Unmasked>;
}

export const UNMASKED_MS = 15 * 60_000;
const MOST = 10_000;

/** @param now epoch milliseconds */
export function createUnmaskings(now: () => number): Unmaskings {
  const open = new Map<string, Unmasked>();
  const keyOf = ({ session, org, ref }: Viewer, field: IdentityField) => [session, org, ref, field].join(' ');
  return {
    open(viewer, field, purpose) {
      const key = keyOf(viewer, field);
      // The oldest are first: one that is opened again is the newest.
      open.delete(key);
      open.set(key, { purpose, until: now() + UNMASKED_MS });
      for (const [oldest, { until }] of open) {
        if (open.size <= MOST && until > now()) break;
        open.delete(oldest);
      }
    },
    of(viewer) {
      const found = new Map<IdentityField, Unmasked>();
      for (const field of IDENTITY_FIELDS) {
        const unmasked = open.get(keyOf(viewer, field));
        if (unmasked !== undefined && unmasked.until > now()) found.set(field, unmasked);
      }
      return found;
    },
  };
}
