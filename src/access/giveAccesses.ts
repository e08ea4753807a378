import type { FileAccesses } from '../config/accessFile.ts';
import type { AccessRecords } from '../store/accessPort.ts';
import type { NavRecords } from '../store/navPort.ts';

/** Gives what the file names; what has been given before stays as it is, also revoked. */
export async function giveAccesses(
  records: Pick<AccessRecords, 'giveGrant' | 'giveRole'> & Pick<NavRecords, 'registerAgreement'>,
  { grants, roles, agreements }: FileAccesses,
): Promise<void> {
  for (const grant of grants) await records.giveGrant(grant);
  for (const role of roles) await records.giveRole(role);
  for (const agreement of agreements) await records.registerAgreement(agreement);
}
