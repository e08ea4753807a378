import type { OrgId } from '../../core/organisation.ts';
import type { LoadedYouth } from '../port.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import type { OrganisationIds } from './organisation.ts';
import type { Readers } from './readers.ts';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Keyset pagination along the primary key, without an open transaction: readers may be slow, and an open
 *  transaction blocks vacuum behind every write. */
export async function* youths(
  readers: Readers,
  orgs: OrganisationIds,
  org: OrgId,
): AsyncGenerator<LoadedYouth> {
  const orgId = await orgs.idOf(org);
  let after = BEFORE_ALL;
  for (;;) {
    const values = [orgId, after];
    const { rows } = await readers.use(org, (session) =>
      session.query<Omit<YouthRow, 'n'>>({
        name: 'youths',
        text: `select ${YOUTH}, y.ctid as place,
             exists (select from parked p where p.org_id = y.org_id and p.ref = y.ref and not p.released) as parked
           from youth y where y.org_id = $1 and y.ref > $2 order by y.ref limit ${PAGE}`,
        values,
      }),
    );
    for (const row of rows) yield loaded(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.ref;
  }
}
