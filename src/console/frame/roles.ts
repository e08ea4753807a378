import type { Principal } from '../../core/access/principal.ts';
import type { Language } from '../../core/language.ts';
import type { OrgId } from '../../core/organisation.ts';
import { FRAME, ROLE_NAMES } from '../text/frame.ts';
import type { Surroundings } from './layout.ts';

/** Who the caller is, in words: roles, with the school or unit they are for; never a name. */
export function whoOf(
  caller: Principal | undefined,
  org: OrgId | null,
  language: Language,
): Surroundings['who'] {
  const t = FRAME[language];
  if (caller?.kind === 'local') return { organisation: org, text: t.openInstallation, canLogOut: false };
  if (caller?.kind !== 'person') return null;
  const roles = caller.roles
    .filter((role) => org === null || role.org === org)
    .map(({ role, unit, institution }) =>
      [ROLE_NAMES[language][role], unit ?? institution].filter(Boolean).join(' '),
    );
  const named = [...new Set(roles)].join(', ') || '–';
  return { organisation: org, text: t.loggedIn(named), canLogOut: true };
}
