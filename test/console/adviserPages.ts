import type { PersonPrincipal, RoleAssignment } from '../../src/core/access/principal.ts';
import type { Role } from '../../src/core/access/role.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { appOf } from '../api/parts.ts';
import type { AdviserWorld } from './adviserWorld.ts';

/** Pages of a county as a person in a role gets them, without a browser. */
export function pagesOf(
  { parts, pipeline }: Pick<AdviserWorld, 'parts' | 'pipeline'>,
  role: Role,
  changes: Partial<RoleAssignment> = {},
  /** Another person than the one that all roles are of. */
  who: Partial<PersonPrincipal> = {},
) {
  const { org } = pipeline;
  const access = controlOf({ ...person([assignment(role, org, changes)]), ...who });
  const { app } = appOf({ ...parts, access });
  const base = `/k/${org}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(`${base}${path}`, { headers });
  return {
    get,
    text: async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).text(),
    /** The form of a page, filled in and sent. @param on page the form is on */
    async post(path: string, fields: Record<string, string>, on = path) {
      const key = /name="skjema" value="([^"]+)"/.exec(await (await get(on)).text())?.[1] ?? '';
      const body = new URLSearchParams({ skjema: key, ...fields });
      return app.request(`${base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
  };
}
