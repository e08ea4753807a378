import { randomUUID } from 'node:crypto';
import type { OrganisationNumber } from '../../src/core/access/principal.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import type { RegisteredAgreement } from '../../src/store/navPort.ts';

/** NAV's organisation number in the tests. */
export const NAV = '889640782' as OrganisationNumber;

/** A county's agreement with NAV, which lasts. */
export function agreementOf(
  org: OrgId,
  changes: { from?: string; to?: string } = {},
): Omit<RegisteredAgreement, 'revoked'> {
  return {
    id: randomUUID(),
    org,
    party: NAV,
    purpose: 'NAV_UTVEKSLING',
    legalBasis: 'SAMTYKKE',
    from: '2015-01-01',
    to: '2099-12-31',
    reference: '24/01234',
    registeredBy: 'ACCESS_FILE',
    approvedBy: null,
    reason: 'Avtalen fornyes hvert tredje år.',
    ...changes,
  };
}
