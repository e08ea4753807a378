import type { OrgId } from '../../src/core/organisation.ts';
import type { Database } from './database.ts';

/** An agreement, and a finished list of the month with every youth in it: what is under test is what becomes of answers. */
export async function askAboutAll(database: Database, org: OrgId, list: string): Promise<void> {
  const own = `(select id from organisation where name = '${org}')`;
  await database.query(
    `insert into agreement
       (id, org_id, party, purpose, legal_basis, valid_from, valid_to, reference, registered_by, reason)
     select gen_random_uuid(), ${own}, '889640782', 'NAV_UTVEKSLING', 'SAMTYKKE', '2015-01-01', '2099-12-31', '1', 'f', 'f'
     where not exists (select from agreement where org_id = ${own})`,
  );
  await database.query(
    `insert into nav_batch (org_id, id, agreement, recipient, extracted, requested_by, rows, content_hash, finished)
     select a.org_id, '${list}', a.id, a.party, now(), 'f', 0, '\\x00', now() from agreement a where a.org_id = ${own}`,
  );
  // Answered: half of them are asked about and never will be.
  await database.query(
    `insert into nav_batch_row (org_id, batch, match_id, ref, decision, consent_version, answered)
     select org_id, '${list}', ref::text, ref, gen_random_uuid(), '', now() from youth where org_id = ${own}`,
  );
}
