import type { RoleAssignment } from '../../src/core/access/principal.ts';
import type { Role } from '../../src/core/access/role.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { appOf, ORG, type TestParts } from '../api/parts.ts';

export const BASE = `/k/${ORG}`;

/** Pages of a county in memory as a person in a role gets them, without a browser. @param changes of the role's assignment */
export function pagesAs(parts: TestParts, role: Role, changes: Partial<RoleAssignment> = {}) {
  const access = controlOf(person([assignment(role, ORG, changes)]));
  const { app } = appOf({ ...parts, access });
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(`${BASE}${path}`, { headers });
  const text = async (path: string, headers: Record<string, string> = {}) =>
    (await get(path, headers)).text();
  return {
    get,
    text,
    /** Fills in and sends a form. @param on page the form is on */
    async post(path: string, fields: Record<string, string>, on = path) {
      const skjema = /name="skjema" value="([^"]+)"/.exec(await text(on))?.[1] ?? '';
      return app.request(`${BASE}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ skjema, ...fields }).toString(),
      });
    },
  };
}
