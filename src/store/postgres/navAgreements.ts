import type { OrgId } from '../../core/organisation.ts';
import type { AgreementProposal, NavRecords, RegisteredAgreement } from '../navPort.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

type Agreements = Pick<
  NavRecords,
  | ('agreements' | 'registerAgreement' | 'revokeAgreement' | 'noteAgreementWarning')
  | ('proposeAgreement' | 'agreementProposals' | 'settleAgreementProposal')
>;

const AGREEMENT = `a.id, o.name as org, a.party, a.purpose, a.legal_basis as "legalBasis",
  to_char(a.valid_from, 'YYYY-MM-DD') as "from", to_char(a.valid_to, 'YYYY-MM-DD') as "to", a.reference,
  a.registered_by as "registeredBy", a.approved_by as "approvedBy", a.reason,
  case when a.revoked_at is not null then
    json_build_object('at', ${iso('a.revoked_at')}, 'by', a.revoked_by, 'reason', a.revoked_reason) end as revoked`;
const PROPOSAL = `p.id, o.name as org, p.wanted, p.reason, p.proposed_by as "proposedBy",
  p.proposed_key as "proposedKey", p.by_officer as "byOfficer", ${iso('p.proposed')} as proposed`;
const COLUMNS =
  'id, org_id, party, purpose, legal_basis, valid_from, valid_to, reference, registered_by, reason, approved_by';

/** Agreements, and those that wait for a second person. */
export function createAgreements(
  of: <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>, from?: Readers) => Promise<T>,
  writers: Readers,
): Agreements {
  return {
    agreements: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<RegisteredAgreement>(
          `select ${AGREEMENT} from agreement a join organisation o on o.id = a.org_id
           where a.org_id = $1 order by a.valid_from, a.id`,
          [orgId],
        );
        return rows;
      }),
    registerAgreement: (agreement) =>
      of(
        agreement.org,
        async (session, orgId) => {
          const { id, party, purpose, legalBasis, from, to, reference, registeredBy, reason } = agreement;
          const { approvedBy = null } = agreement;
          await session.query(
            `insert into agreement (${COLUMNS})
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing`,
            [id, orgId, party, purpose, legalBasis, from, to, reference, registeredBy, reason, approvedBy],
          );
        },
        writers,
      ),
    revokeAgreement: (org, id, { at, by, reason }) =>
      of(
        org,
        async (session, orgId) => {
          const { rowCount } = await session.query(
            `update agreement set revoked_at = $3, revoked_by = $4, revoked_reason = $5
             where org_id = $1 and id = $2 and revoked_at is null`,
            [orgId, id, at, by, reason],
          );
          return rowCount === 1;
        },
        writers,
      ),
    noteAgreementWarning: (agreement, days) =>
      writers.use(null, async (session) => {
        const { rowCount } = await session.query(
          'insert into agreement_warning (agreement, days) values ($1, $2) on conflict do nothing',
          [agreement, days],
        );
        return rowCount === 1;
      }),
    proposeAgreement: ({ id, org, wanted, reason, proposedBy, proposedKey, byOfficer, proposed }) =>
      of(
        org,
        async (session, orgId) => {
          await session.query(
            `insert into agreement_proposal (id, org_id, wanted, reason, proposed_by, proposed_key, by_officer, proposed)
             values ($1, $2, $3, $4, $5, $6, $7, $8)`,
            [id, orgId, wanted, reason, proposedBy, proposedKey, byOfficer, proposed],
          );
        },
        writers,
      ),
    agreementProposals: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<AgreementProposal>(
          `select ${PROPOSAL} from agreement_proposal p join organisation o on o.id = p.org_id
           where p.org_id = $1 and p.settled is null order by p.proposed, p.id`,
          [orgId],
        );
        return rows;
      }),
    settleAgreementProposal: (org, id, approvedBy) =>
      of(
        org,
        async (session, orgId) => {
          const { rowCount } = await session.query(SETTLE, [orgId, id, approvedBy]);
          return rowCount === 1;
        },
        writers,
      ),
  };
}

/** One statement: the proposal is settled and the agreement registered, or neither. The agreement has the proposal's id. */
const SETTLE = `with settled as (
    update agreement_proposal set settled = now() where org_id = $1 and id = $2 and settled is null returning *
  ), agreed as (
    insert into agreement (${COLUMNS})
    select id, org_id, wanted->>'party', wanted->>'purpose', wanted->>'legalBasis', (wanted->>'from')::date,
      (wanted->>'to')::date, wanted->>'reference', proposed_by, reason, $3
    from settled where $3::text is not null
  )
  select id from settled`;
