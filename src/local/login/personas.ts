import { ROLES, type Role } from '../../core/access/role.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import { SCHOOLS } from '../sample/places.ts';
import { VESTFOLD_OG_TELEMARK } from '../sample/target.ts';

/** A made-up person to log in as. */
export interface Persona {
  /** `sub` at the local issuer, e.g. `radgiver.telemarkfylke-no`. */
  id: string;
  name: string;
  org: OrgId;
  role: Role;
  unit: string | null;
  institution: string | null;
}

const GIVEN: Readonly<Record<Role, string>> = {
  skole: 'Solveig',
  inntak: 'Ingvild',
  fagopplaering: 'Fredrik',
  radgiver: 'Ragnhild',
  leder: 'Leif',
  drift: 'Dagny',
  personvern: 'Peder',
  nav: 'Nora',
};
/** One per organisation, so that the persons of two counties have different names. */
const FAMILY = ['Prøvestad', 'Utprøver', 'Eksempelrud', 'Øvingsli'];

/** One for each role at each organisation. */
export function personasOf(organisations: readonly Organisation[]): Persona[] {
  return organisations.flatMap(({ id: org, county }, index) =>
    (Object.keys(ROLES) as Role[]).map((role) => ({
      id: `${role}.${org}`,
      name: `${GIVEN[role]} ${FAMILY[index % FAMILY.length]}`,
      org,
      role,
      unit: role === 'radgiver' ? `${county}200` : null,
      institution: role === 'skole' ? schoolOf(county) : null,
    })),
  );
}

/** The sample's schools have numbers of their own; elsewhere the one of the README. */
function schoolOf(county: string): string {
  const [sample] = SCHOOLS;
  return county === VESTFOLD_OG_TELEMARK.county && sample !== undefined ? sample : `${county}014`;
}
