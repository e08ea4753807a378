import { by } from '../../core/order.ts';
import type { AgreementProposal, NavRecords, RegisteredAgreement } from '../navPort.ts';

type Agreements = Pick<
  NavRecords,
  | ('agreements' | 'registerAgreement' | 'revokeAgreement' | 'noteAgreementWarning')
  | ('proposeAgreement' | 'agreementProposals' | 'settleAgreementProposal')
>;

/** Agreements in memory. @param agreements where they are kept */
export function memoryAgreements(agreements: RegisteredAgreement[]): Agreements {
  const warned = new Set<string>();
  let proposals: AgreementProposal[] = [];
  const records: Agreements = {
    agreements: async (org) =>
      structuredClone(agreements.filter((each) => each.org === org)).sort(by(({ from, id }) => from + id)),
    async registerAgreement(agreement) {
      if (agreements.some(({ id }) => id === agreement.id)) return;
      agreements.push({ approvedBy: null, ...agreement, revoked: null });
    },
    async revokeAgreement(org, id, revocation) {
      const found = agreements.find((each) => each.org === org && each.id === id);
      if (found === undefined || found.revoked !== null) return false;
      found.revoked = revocation;
      return true;
    },
    async noteAgreementWarning(agreement, days) {
      const warning = `${agreement}/${days}`;
      if (warned.has(warning)) return false;
      warned.add(warning);
      return true;
    },
    async proposeAgreement(proposal) {
      proposals.push(structuredClone(proposal));
    },
    agreementProposals: async (org) =>
      structuredClone(proposals.filter((each) => each.org === org)).sort(
        by(({ proposed, id }) => proposed + id),
      ),
    async settleAgreementProposal(org, id, approvedBy) {
      const proposal = proposals.find((each) => each.org === org && each.id === id);
      if (proposal === undefined) return false;
      proposals = proposals.filter((each) => each !== proposal);
      if (approvedBy === null) return true;
      const { wanted, reason, proposedBy: registeredBy } = proposal;
      await records.registerAgreement({ ...wanted, id, org, reason, registeredBy, approvedBy });
      return true;
    },
  };
  return records;
}
