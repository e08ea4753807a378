import type { Principal } from '../../core/access/principal.ts';
import type { Language } from '../../core/language.ts';
import { type Organisation, organisationName } from '../../core/organisation.ts';
import { FRAME, ROLE_NAMES } from '../text/frame.ts';
import type { Surroundings } from './layout.ts';

/** Who the caller is, in words: roles, with the school or unit they are for; never a name. */
export function whoOf(
  caller: Principal | undefined,
  organisation: Organisation | null,
  language: Language,
): Surroundings['who'] {
  const t = FRAME[language];
  const name = organisation === null ? null : organisationName(organisation);
  if (caller?.kind === 'local') return { organisation: name, text: t.openInstallation, canLogOut: false };
  if (caller?.kind !== 'person') return null;
  const roles = caller.roles
    .filter((role) => organisation === null || role.org === organisation.id)
    .map(({ role, unit, institution }) =>
      [ROLE_NAMES[language][role], unit ?? institution].filter(Boolean).join(' '),
    );
  const named = [...new Set(roles)].join(', ') || '–';
  return { organisation: name, text: t.loggedIn(named), canLogOut: true };
}
