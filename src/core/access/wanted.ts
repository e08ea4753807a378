import { ACCESS } from '../sentences/access.ts';
import type { GuardedAccess } from './access.ts';
import { MATRIX } from './matrix.ts';
import type { AccessGrant, RoleAssignment } from './principal.ts';
import type { Role } from './role.ts';

/** An access that is asked for. */
export type WantedAccess =
  | ({ kind: 'grant' } & Pick<AccessGrant, 'scope' | 'institution' | 'protectedYouths'>)
  | ({ kind: 'role' } & Pick<RoleAssignment, 'role' | 'unit' | 'institution' | 'protectedYouths'>);

/** What shows who or how a person is. A main group too: that someone is followed up by OT, for as long as the
 *  access lasts. A subscription needs none of its own: its owner hears what it may read besides. */
const OF_PERSONS: readonly GuardedAccess[] = [
  ...(['alert:read', 'youth:read', 'youth:search', 'youth:identify', 'worklist:read'] as const),
  ...(['change:read', 'group:read', 'fint:read', 'vigo:read', 'vigo:act', 'nav:fetch'] as const),
];

/** Given by two persons, of whom one is the data protection officer. */
export function needsSecond(wanted: WantedAccess): boolean {
  if (wanted.protectedYouths) return true;
  return OF_PERSONS.some((access) =>
    wanted.kind === 'grant'
      ? MATRIX[access].machine?.scope === wanted.scope
      : MATRIX[access][wanted.role] !== null,
  );
}

interface Fault {
  field: string;
  /** Bokmål. */
  text: string;
  cure: string;
}

/** Why an access can never take effect as it is asked for; null when it can. */
export function faultOf(wanted: WantedAccess): Fault | null {
  return wanted.kind === 'grant' ? grantFault(wanted) : roleFault(wanted);
}

function grantFault({ institution, scope }: Pick<AccessGrant, 'institution' | 'scope'>): Fault | null {
  if (institution === null || scope.startsWith('ot/feeds/')) return null;
  return {
    field: 'institution',
    text: ACCESS.nb.readsNothing,
    cure: ACCESS.nb.readsNothingCure,
  };
}

function roleFault({ role, unit, institution }: Omit<RoleAssignment, 'id' | 'org' | 'protectedYouths'>) {
  const bound = boundTo(role);
  if (bound === 'unit' && unit === null) {
    return { field: 'unit', text: ACCESS.nb.needsUnit, cure: ACCESS.nb.needsUnitCure };
  }
  if (bound === 'institution' && institution === null) {
    return {
      field: 'institution',
      text: ACCESS.nb.needsSchool,
      cure: ACCESS.nb.needsSchoolCure,
    };
  }
  if (bound !== 'unit' && unit !== null) {
    return { field: 'unit', text: ACCESS.nb.noUnit, cure: ACCESS.nb.noUnitCure };
  }
  if (bound !== 'institution' && institution !== null) {
    return { field: 'institution', text: ACCESS.nb.noSchool, cure: ACCESS.nb.noSchoolCure };
  }
  return null;
}

function boundTo(role: Role): 'unit' | 'institution' | null {
  const reaches = Object.values(MATRIX).map((row) => row[role]?.reach);
  if (reaches.includes('unit')) return 'unit';
  return reaches.includes('institution') ? 'institution' : null;
}
