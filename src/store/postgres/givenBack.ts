import type pg from 'pg';
import type { OrgId } from '../../core/organisation.ts';
import type { RelayQueue } from '../relayPort.ts';
import type { OrganisationIds } from './organisation.ts';

/** Leases that are given back without an attempt; what waits for an agreement with NAV is not looked at until one holds. */
export function givenBack(
  pool: pg.Pool,
  orgs: OrganisationIds,
): Pick<RelayQueue, 'release' | 'awaitAgreement' | 'awaitingAgreement' | 'resume'> {
  return {
    async release({ delivery, lease }, nextAt) {
      const { rowCount } = await pool.query(
        `update delivery set next_at = $3, leased_until = null where id = $1 and lease = $2 and state = 'waiting'`,
        [delivery.id, lease, nextAt],
      );
      return rowCount === 1;
    },
    async awaitAgreement({ delivery, lease }) {
      const { rowCount } = await pool.query(
        `update delivery set next_at = null, leased_until = null, awaits_agreement = true
         where id = $1 and lease = $2 and state = 'waiting'`,
        [delivery.id, lease],
      );
      return rowCount === 1;
    },
    async awaitingAgreement() {
      const { rows } = await pool.query<{ org: OrgId }>({
        name: 'awaiting-agreement',
        text: `select o.name as org from organisation o where exists (
           select from subscription s join delivery d on d.subscription = s.id and d.awaits_agreement and d.state = 'waiting'
           where s.org_id = o.id
         )`,
      });
      return rows.map(({ org }) => org);
    },
    async resume(org, at) {
      const { rowCount } = await pool.query(
        `update delivery d set next_at = $2, awaits_agreement = false from subscription s
         where s.org_id = $1 and d.subscription = s.id and d.awaits_agreement and d.state = 'waiting' and d.next_at is null`,
        [await orgs.idOf(org), at],
      );
      return rowCount ?? 0;
    },
  };
}
