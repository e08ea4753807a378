import { randomUUID } from 'node:crypto';
import type { OrganisationNumber, PersonKey } from '../../src/core/access/principal.ts';
import type { AccessRecords } from '../../src/store/accessPort.ts';
import { newOrg } from '../store/commits.ts';

const AT = '2026-10-07T07:12:00.000Z';
const EARLIER = '2026-01-01T00:00:00.000Z';
const LATER = '2027-01-01T00:00:00.000Z';
let drawn = 100_000_000;

/** What a store of accesses does wrong, one line each: accesses not begun, ended, revoked, of others; given twice;
 *  settled twice; revoked elsewhere. */
export async function accessFaults(records: AccessRecords): Promise<string[]> {
  const [org, other] = [newOrg(), newOrg()];
  drawn += 1;
  const orgnr = String(drawn) as OrganisationNumber;
  const person = randomUUID().replaceAll('-', '').padEnd(64, '0') as PersonKey;
  const faults: string[] = [];
  const must = (what: string, found: unknown, wanted: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(found)}`);
  };
  const basis = { grantedBy: 'x', approvedBy: null, reason: 'r', from: EARLIER, to: null as string | null };
  const bound = { institution: null, protectedYouths: false };
  const give = async (scope: string, changes: Partial<typeof basis> = {}) => {
    const id = randomUUID();
    await records.giveGrant({ id, org, orgnr, scope, ...bound, ...basis, ...changes });
    return id;
  };
  const scopes = async (at = AT) => (await records.grantsOf(orgnr, at)).map(({ scope }) => scope).sort();

  const stays = await give('stays');
  await give('not yet', { from: LATER });
  await give('ended', { to: AT });
  const gone = await give('revoked');
  must('a revocation of it', await records.revokeAccess(org, gone, { at: AT, by: 'y', reason: 'r' }), true);
  must('a second one', await records.revokeAccess(org, gone, { at: AT, by: 'y', reason: 'r' }), false);
  must('one by another', await records.revokeAccess(other, stays, { at: AT, by: 'y', reason: 'r' }), false);
  must('grants in force', await scopes(), ['stays']);
  must('grants later', await scopes(LATER), ['not yet', 'stays']);
  must('of another number', await records.grantsOf('999999999' as OrganisationNumber, AT), []);
  await records.giveGrant({ id: stays, org, orgnr, scope: 'changed', ...bound, ...basis });
  must('given again', await scopes(), ['stays']);

  const assignees = [{ person }, { altinn: orgnr }, { group: `g-${orgnr}` }] as const;
  for (const [index, assignee] of assignees.entries()) {
    const role = (['leder', 'drift', 'radgiver'] as const)[index] ?? 'leder';
    const given = { id: randomUUID(), org, assignee, role, unit: null, institution: null };
    await records.giveRole({ ...given, protectedYouths: index === 0, ...basis });
  }
  const rolesOf = async (who: Partial<Parameters<AccessRecords['rolesOf']>[0]>) =>
    (await records.rolesOf({ person: 'none' as PersonKey, orgnrs: [], groups: [], ...who }, AT)).map(
      ({ role, protectedYouths }) => `${role} ${protectedYouths}`,
    );
  must('of the person', await rolesOf({ person }), ['leder true']);
  must('of those it represents', await rolesOf({ orgnrs: [orgnr] }), ['drift false']);
  must('of its groups', await rolesOf({ groups: [`g-${orgnr}`] }), ['radgiver false']);
  must('of a stranger', await rolesOf({}), []);

  const proposal = async (wanted: Parameters<AccessRecords['propose']>[0]['wanted']) => {
    const id = randomUUID();
    const who = { proposedBy: 'x', proposedKey: 'k', proposed: AT, grantedBy: null, grantedKey: null };
    await records.propose({ id, org, wanted, reason: 'r', from: EARLIER, to: null, ...who });
    return id;
  };
  const id = await proposal({ kind: 'grant', orgnr, scope: 'proposed', ...bound });
  must('a grant of it', await records.grantProposal(org, id, { name: 'y', key: 'k2' }), true);
  must('a second grant', await records.grantProposal(org, id, { name: 'z', key: 'k3' }), false);
  const { proposals } = await records.listAccess(org);
  must(
    'who granted',
    proposals.map(({ grantedKey }) => grantedKey),
    ['k2'],
  );
  must(
    'settled by another',
    await records.settleProposal(other, id, { grantedBy: 'y', approvedBy: 'z' }),
    false,
  );
  must('settled', await records.settleProposal(org, id, { grantedBy: 'y', approvedBy: 'z' }), true);
  must('settled again', await records.settleProposal(org, id, { grantedBy: 'y', approvedBy: 'z' }), false);
  must('then in force', await scopes(), ['proposed', 'stays']);
  const role = { role: 'leder', unit: null, institution: null, protectedYouths: false } as const;
  const turned = await proposal({ kind: 'role', assignee: { group: 'turned down' }, ...role });
  must('turned down', await records.settleProposal(org, turned, null), true);
  must('then not in force', await rolesOf({ groups: ['turned down'] }), []);
  const taken = await proposal({ kind: 'role', assignee: { group: `taken ${orgnr}` }, ...role });
  await records.settleProposal(org, taken, { grantedBy: 'y', approvedBy: 'z' });
  must('a role that was proposed', await rolesOf({ groups: [`taken ${orgnr}`] }), ['leder false']);
  const { grants, roles } = await records.listAccess(org);
  must('all are listed', [grants.length, roles.length], [5, 4]);
  must('with who revoked', grants.find((each) => each.id === gone)?.revoked, {
    at: AT,
    by: 'y',
    reason: 'r',
  });
  must('for whom', roles.map(({ assignee }) => Object.keys(assignee)[0]).sort(), [
    'altinn',
    'group',
    'group',
    'person',
  ]);
  must('none of another', await records.listAccess(other), { grants: [], roles: [], proposals: [] });
  return faults;
}
