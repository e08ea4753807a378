import type { Assignee, GivenGrant, GivenRole } from '../../core/access/given.ts';
import type { AccessRecords } from '../accessPort.ts';
import type { MemoryState } from './state.ts';

export function memoryAccess({ access }: Pick<MemoryState, 'access'>): AccessRecords {
  const given = (id: string) => [...access.grants, ...access.roles].find((each) => each.id === id);
  const records: AccessRecords = {
    grantsOf: async (orgnr, at) =>
      access.grants
        .filter((grant) => grant.orgnr === orgnr && inForce(grant, at))
        .map(({ id, org, scope, institution, protectedYouths }) => ({
          ...{ id, org, orgnr, scope, institution, protectedYouths },
        })),
    rolesOf: async (who, at) =>
      access.roles
        .filter((role) => inForce(role, at) && isHeldBy(role.assignee, who))
        .map(({ id, org, role, unit, institution, protectedYouths }) => ({
          ...{ id, org, role, unit, institution, protectedYouths },
        })),
    listAccess: async (org) =>
      structuredClone({
        grants: access.grants.filter((each) => each.org === org),
        roles: access.roles.filter((each) => each.org === org),
        proposals: access.proposals.filter((each) => each.org === org),
      }),
    async giveGrant(grant) {
      if (given(grant.id) === undefined) access.grants.push({ ...grant, revoked: null });
    },
    async giveRole(role) {
      if (given(role.id) === undefined) access.roles.push({ ...role, revoked: null });
    },
    async revokeAccess(org, id, revocation) {
      const found = given(id);
      if (found?.org !== org || found.revoked !== null) return false;
      found.revoked = revocation;
      return true;
    },
    async propose(proposal) {
      access.proposals.push({ ...proposal });
    },
    async grantProposal(org, id, { name, key }) {
      const open = access.proposals.find((each) => each.org === org && each.id === id);
      if (open === undefined || open.grantedBy !== null) return false;
      open.grantedBy = name;
      open.grantedKey = key;
      return true;
    },
    async settleProposal(org, id, approved) {
      const proposal = access.proposals.find((each) => each.org === org && each.id === id);
      if (proposal === undefined) return false;
      access.proposals = access.proposals.filter((each) => each !== proposal);
      if (approved === null) return true;
      const { wanted, reason, from, to } = proposal;
      const basis = { id, org, reason, from, to, ...approved };
      if (wanted.kind === 'grant') {
        const { kind: _kind, ...grant } = wanted;
        await records.giveGrant({ ...grant, ...basis });
      } else {
        const { kind: _kind, ...role } = wanted;
        await records.giveRole({ ...role, ...basis });
      }
      return true;
    },
  };
  return records;
}

function inForce({ from, to, revoked }: GivenGrant | GivenRole, at: string): boolean {
  return revoked === null && from <= at && (to === null || at < to);
}

function isHeldBy(assignee: Assignee, who: Parameters<AccessRecords['rolesOf']>[0]): boolean {
  if ('person' in assignee) return assignee.person === who.person;
  if ('altinn' in assignee) return who.orgnrs.includes(assignee.altinn);
  return who.groups.includes(assignee.group);
}
