import type { PersonPrincipal } from '../../src/core/access/principal.ts';
import type { Role } from '../../src/core/access/role.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import type { AccessRecords } from '../../src/store/accessPort.ts';

/** Gives a person a role as roles are given: what goes on after a request asks the records. @returns takes it away again */
export async function holdRole(
  records: Pick<AccessRecords, 'giveRole' | 'revokeAccess'>,
  { person }: Pick<PersonPrincipal, 'person'>,
  { org, role, id = `${role}-${person}` }: { org: OrgId; role: Role; id?: string },
): Promise<() => Promise<boolean>> {
  await records.giveRole({
    ...{ id, org, role, unit: null, institution: null, protectedYouths: false, assignee: { person } },
    ...{ from: '2026-01-01T08:00:00.000Z', to: null, reason: 'Arbeidet.' },
    ...{ grantedBy: 'drift', approvedBy: 'personvern' },
  });
  const revocation = { at: '2026-01-02T08:00:00.000Z', by: 'drift', reason: 'Har sluttet.' };
  return () => records.revokeAccess(org, id, revocation);
}
