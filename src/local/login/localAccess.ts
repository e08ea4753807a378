import type { AccessStore } from '../../access/accessStore.ts';
import type { AccessGrant, PersonKey, RoleAssignment } from '../../core/access/principal.ts';
import { SCOPES } from '../../core/access/scope.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Persona } from './personas.ts';

/**
 * What the personas have been given, on top of the installation's own assignments; and for every organisation number all
 * scopes, so that a token of the local issuer may do what its own scopes name.
 */
export function localAccess(
  own: AccessStore,
  organisations: readonly Organisation[],
  personas: readonly Persona[],
  keyOf: (persona: Persona) => PersonKey,
): AccessStore {
  const roles = new Map<PersonKey, RoleAssignment>(
    personas.map((persona) => {
      const { id, org, role, unit, institution } = persona;
      // Named for protected addresses: the leader alone, so that the adviser shows what is left out.
      return [keyOf(persona), { id, org, role, unit, institution, protectedYouths: role === 'leder' }];
    }),
  );
  return {
    async grantsOf(orgnr) {
      const all = organisations.flatMap(({ id: org }) =>
        SCOPES.map(
          (scope): AccessGrant => ({
            id: `${scope}@${org}`,
            org,
            orgnr,
            scope,
            institution: null,
            protectedYouths: false,
          }),
        ),
      );
      return [...(await own.grantsOf(orgnr)), ...all];
    },
    async rolesOf(who) {
      const role = roles.get(who.person);
      return [...(await own.rolesOf(who)), ...(role ? [role] : [])];
    },
  };
}
