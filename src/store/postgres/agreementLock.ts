import type { Session } from './readers.ts';

/** So that no agreement with NAV is revoked until the transaction ends: what is read of them in it holds as long. */
export async function lockAgreements(session: Pick<Session, 'query'>, orgId: number): Promise<void> {
  await session.query('select from agreement where org_id = $1 order by id for share', [orgId]);
}
