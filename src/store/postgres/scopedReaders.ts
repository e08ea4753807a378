import type { Reach } from '../../core/access/permission.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { OrganisationIds } from './organisation.ts';
import type { Readers } from './readers.ts';

/** Rows that a request may read, as row-level security knows them. */
export interface ReadingScope {
  organisations: readonly OrgId[];
  reach: Reach;
}

/**
 * Lends connections on which the database itself lets nothing out of the scope through: the second of two fences (the
 * first: desk/reach/reachedQueries.ts). Role and settings are the transaction's, and end with it.
 */
export function scopedReaders(readers: Readers, orgs: OrganisationIds, scope: ReadingScope): Readers {
  const lend: Readers['lend'] = async (org) => {
    const ids = await Promise.all(scope.organisations.map((each) => orgs.idOf(each)));
    const { session, end } = await readers.lend(org);
    try {
      await session.query('begin read only');
      await session.query(
        `select set_config('ot.orgs', $1, true), set_config('ot.reach', $2, true),
           set_config('ot.values', $3, true), set_config('role', 'ot_reader', true)`,
        [ids.join(','), scope.reach.kind, valuesOf(scope.reach).join(',')],
      );
    } catch (error) {
      end(error instanceof Error ? error : new Error('a scope could not be set', { cause: error }));
      throw error;
    }
    return { session, end };
  };
  return {
    lend: async (org) => {
      const { session, end } = await lend(org);
      return {
        session,
        end: (error) => {
          if (error !== undefined) return end(error);
          session.query('rollback').then(() => end(), end);
        },
      };
    },
    async use(org, work) {
      const { session, end } = await lend(org);
      let failed: Error | undefined;
      try {
        const result = await work(session);
        await session.query('rollback');
        return result;
      } catch (error) {
        failed = error instanceof Error ? error : new Error('a statement failed', { cause: error });
        throw error;
      } finally {
        end(failed);
      }
    },
  };
}

function valuesOf(reach: Reach): readonly string[] {
  switch (reach.kind) {
    case 'county':
      return [];
    case 'units':
      return reach.units;
    case 'institutions':
      return reach.institutions;
    case 'sender':
      return [reach.sender];
  }
}
