import type { Context } from 'hono';
import type { ApiEnv } from '../../api/apiEnv.ts';
import type { LoginPort } from '../../api/parts.ts';
import { languageOf } from './language.ts';
import type { Surroundings } from './layout.ts';
import { leadsFor, MENU } from './menu.ts';
import { whoOf } from './roles.ts';
import { mayOpen } from './visit.ts';

/** @param path of the page; null when it cannot be come back to */
export function surroundingsOf(c: Context<ApiEnv>, login: LoginPort, path: string | null): Surroundings {
  const language = languageOf(c.req.raw);
  const organisation = c.get('organisation');
  const caller = c.get('caller');
  return {
    language,
    local: login.local !== undefined && caller?.kind === 'person',
    path,
    county: organisation?.county ?? null,
    menu:
      organisation === undefined
        ? []
        : MENU.filter((entry) =>
            leadsFor(entry, organisation, (access, feed) => mayOpen(c, access, feed)),
          ).map((entry) => ({
            href: `/k/${organisation.id}${entry.path}`,
            label: entry.label(language),
          })),
    who: whoOf(caller, organisation ?? null, language),
  };
}
