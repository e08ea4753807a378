import type { AccessGrant, OrganisationNumber, RoleAssignment } from '../core/access/principal.ts';
import { instantOf } from '../core/time/date.ts';
import type { AccessHolder, AccessRecords } from '../store/accessPort.ts';

/** Accesses in force now. */
export interface AccessStore {
  grantsOf(orgnr: OrganisationNumber): Promise<readonly AccessGrant[]>;
  rolesOf(who: AccessHolder): Promise<readonly RoleAssignment[]>;
}

/** A revoked access is gone after that long on every instance, and one that ends or begins takes effect within it. */
export const KEPT_MS = 20_000;
const MOST_KEPT = 10_000;

interface Kept {
  read: Promise<readonly AccessGrant[]>;
  at: number;
}

/** A machine may call many times a second: its grants are kept for a moment. A person's roles are read for each request, so
 *  that a revoked one is gone with the next. */
export function createAccessStore(
  records: Pick<AccessRecords, 'grantsOf' | 'rolesOf'>,
  now: () => number,
): AccessStore {
  const kept = new Map<OrganisationNumber, Kept>();
  return {
    grantsOf(orgnr) {
      const at = now();
      const known = kept.get(orgnr);
      if (known !== undefined && at - known.at < KEPT_MS && at >= known.at) return known.read;
      // Numbers come with tokens of an issuer: few; a bound all the same.
      if (kept.size >= MOST_KEPT) kept.clear();
      const entry = { read: records.grantsOf(orgnr, instantOf(at)), at };
      kept.set(orgnr, entry);
      entry.read.catch(() => {
        if (kept.get(orgnr) === entry) kept.delete(orgnr);
      });
      return entry.read;
    },
    rolesOf: (who) => records.rolesOf(who, instantOf(now())),
  };
}
