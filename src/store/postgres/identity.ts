import type { PersonRef } from '../../core/person/reference.ts';
import { byteaArray } from '../binaryArray.ts';
import type { IdentityOperations, SealedIdentity } from '../identityPort.ts';
import type { NameWrite } from '../port.ts';
import { seenBy } from './audit.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

interface Found {
  ref: PersonRef;
  numbers: Buffer[];
  names: { tag: string; sealed: string; reported: string }[];
}

export function postgresIdentities(
  session: Session,
  orgs: OrganisationIds,
  readers: Readers,
): IdentityOperations {
  return {
    async identities(org, refs) {
      const orgId = await orgs.idOf(org);
      return readers.use(org, (session) => identities(session, orgId, refs));
    },
    async seenBy(org, ref, filter) {
      const orgId = await orgs.idOf(org);
      return readers.use(org, (session) => seenBy(session, orgId, ref, filter));
    },
    async notePersons({ caller, persons, at, since, most }) {
      const { rows } = await session.query<{ oldest: string | null }>(
        `select ${iso('note_persons($1, $2, $3, $4, $5)')} as oldest`,
        [caller, byteaArray(persons), at, since, most],
      );
      return rows[0]?.oldest ?? null;
    },
    async forgetNames(org) {
      await session.query('delete from person_name where org_id = $1', [await orgs.idOf(org)]);
    },
  };
}

async function identities(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, SealedIdentity>> {
  const { rows } = await session.query<Found>(
    // A merge leaves numbers and names under the reference they came with.
    `with asked as (
           select r as ref, r as under from unnest($2::uuid[]) r
           union
           select m.survivor, m.ref from merged_youth m where m.org_id = $1 and m.survivor = any ($2::uuid[])
         )
         select a.ref,
           array(select i.sealed_number from asked u, numbers_of(u.under) i where u.ref = a.ref order by i.met) as numbers,
           (select coalesce(json_agg(json_build_object('tag', n.tag, 'sealed', encode(n.sealed, 'base64'),
                     'reported', ${iso('n.reported')}) order by n.reported), '[]')
            from person_name n join asked u on u.under = n.ref where u.ref = a.ref and n.org_id = $1) as names
         from (select distinct ref from asked) a`,
    [orgId, refs],
  );
  return new Map(rows.map(({ ref, numbers, names }) => [ref, { numbers, names: names.map(opened) }]));
}

function opened(name: Found['names'][number]): SealedIdentity['names'][number] {
  return { ...name, sealed: Buffer.from(name.sealed, 'base64') };
}

/** Parameter of `note_names`. */
export function nameRows(names: readonly NameWrite[]): string {
  return JSON.stringify(names.map((name) => ({ ...name, sealed: name.sealed.toString('base64') })));
}
