import { MOST_HEADING_SETS, type RememberedColumns, type UploadRecords } from '../uploadPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers } from './readers.ts';

/** @param readers of a request, those of its scope @param writers lend connections that may write */
export function createPostgresUploads(
  orgs: OrganisationIds,
  readers: Readers,
  writers: Readers,
): UploadRecords {
  return {
    async rememberedColumns(org, { feed, sender, institution }, headingSets) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (session) =>
        session.query<RememberedColumns>(
          `select heading_set as "headingSet", columns from column_memory
           where org_id = $1 and sender is not distinct from $2 and institution is not distinct from $3
             and feed = $4 and heading_set = any ($5)`,
          [orgId, sender, institution, feed, headingSets],
        ),
      );
      return rows;
    },
    async rememberColumns(org, { feed, sender, institution }, { headingSet, columns, at }) {
      const owner = [await orgs.idOf(org), sender, institution, feed];
      await writers.use(org, async (session) => {
        await session.query(
          `insert into column_memory (org_id, sender, institution, feed, heading_set, columns, changed)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (org_id, sender, institution, feed, heading_set)
             do update set columns = excluded.columns, changed = excluded.changed`,
          [...owner, headingSet, columns, at],
        );
        await session.query(
          `delete from column_memory where id in (
             select id from column_memory
             where org_id = $1 and sender is not distinct from $2 and institution is not distinct from $3 and feed = $4
             order by changed desc, id desc offset ${MOST_HEADING_SETS}
           )`,
          owner,
        );
      });
    },
    async sentFile(org, { feed, sender, fileHash }) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (session) =>
        session.query<{ receipt: string; received: string }>(
          `select r.id as receipt, ${iso('r.received')} as received from receipt_source s join receipt r on r.id = s.receipt
           where s.file_hash = $4 and r.org_id = $1 and r.feed = $2 and r.sender = $3 and r.sent
           order by r.received, r.rows desc, r.id limit 1`,
          [orgId, feed, sender, fileHash],
        ),
      );
      return rows[0];
    },
  };
}
