import type { OrgId } from '../../core/organisation.ts';
import type { Session } from './readers.ts';

/** Cache of organisation ids: every statement of a lane needs one. */
export interface OrganisationIds {
  idOf(org: OrgId): Promise<number>;
}

export function organisationIds(session: Session): OrganisationIds {
  const known = new Map<string, number>();
  return {
    async idOf(org) {
      const remembered = known.get(org);
      if (remembered !== undefined) return remembered;
      await session.query('insert into organisation (name) values ($1) on conflict (name) do nothing', [org]);
      const { rows } = await session.query<{ id: number }>('select id from organisation where name = $1', [
        org,
      ]);
      const id = rows[0]?.id;
      if (id === undefined) throw new Error('an organisation has no id');
      known.set(org, id);
      return id;
    },
  };
}
