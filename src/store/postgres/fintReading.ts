import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { FintEntry, FintReading } from '../fintPort.ts';
import type { OrganisationIds } from './organisation.ts';
import type { Readers, Session } from './readers.ts';

/** @param readers lend the connections; of a request, those of its scope */
export function createPostgresFintReading(orgs: OrganisationIds, readers: Readers): FintReading {
  async function of<T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> {
    const orgId = await orgs.idOf(org);
    return readers.use(org, (session) => work(session, orgId));
  }
  return {
    fintPage: (org, { since, offset, size }) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<EntryRow>(
          `select ref, status, unit, modified from fint_youth
           where org_id = $1 and status is not null and modified >= $2 order by ref offset $3 limit $4`,
          [orgId, since, offset, size],
        );
        const { rows: counted } = await session.query<{ total: number }>(
          `select count(*)::int as total from fint_youth
           where org_id = $1 and status is not null and modified >= $2`,
          [orgId, since],
        );
        return { entries: rows.map(entryOf), total: counted[0]?.total ?? 0 };
      }),
    fintEntry: (org, ref) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<EntryRow>(
          'select ref, status, unit, modified from fint_youth where org_id = $1 and ref = $2 and status is not null',
          [orgId, ref],
        );
        return rows.map(entryOf)[0];
      }),
    fintSummary: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ total: number; last: string | null }>(
          `select count(*) filter (where status is not null)::int as total, max(modified) as last
           from fint_youth where org_id = $1`,
          [orgId],
        );
        return { total: rows[0]?.total ?? 0, lastModified: Number(rows[0]?.last ?? 0) };
      }),
    fintUnits: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ unit: string }>(
          'select distinct unit from fint_youth where org_id = $1 and status is not null order by unit',
          [orgId],
        );
        return rows.map(({ unit }) => unit);
      }),
  };
}

export interface EntryRow {
  ref: PersonRef;
  status: string;
  unit: string;
  modified: string;
}

export function entryOf({ ref, status, unit, modified }: EntryRow): FintEntry {
  return { ref, standing: { status, unit }, modified: Number(modified) };
}
