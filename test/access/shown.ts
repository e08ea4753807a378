import type { AccessControl } from '../../src/api/access.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { appOf } from '../api/parts.ts';
import { controlOf, type Decide } from './callers.ts';
import { readings } from './requests.ts';
import { OTHER, OWN, type Thing } from './world.ts';

// What a caller is shown when it asks for everything, with one fence or the other in place.

/** `guard`: as it runs. `desk`, `database`: the guard lets every caller through, and this fence alone is left. */
export type Fence = 'guard' | 'desk' | 'database' | 'none';

const NOTHING: Permission = {
  reach: { kind: 'sender', sender: 'nobody' },
  feeds: [],
  sheets: [],
  organisations: [],
  roles: [],
  masked: true,
  protectedYouths: false,
  by: 'nothing',
};

export interface Fenced {
  parts: ApiParts;
  fence: Fence;
  decide?: Decide;
}

/** Marks of the things that answers to the caller show. */
export async function shownTo(
  principal: Principal,
  things: readonly Thing[],
  { parts, fence, decide }: Fenced,
): Promise<Set<string>> {
  const app = appOf({ ...parts, ...fenced(parts, controlOf(principal, decide), fence) });
  const shown = new Set<string>();
  for (const { method, path, body } of [...readings(OWN, things), ...readings(OTHER, things)]) {
    const response = await (method === 'GET' ? app.get(path) : app.post(path, body));
    if (response.status >= 500) throw new Error(`${response.status} ${method} ${path}`);
    const answer = withoutUnknown(await response.text());
    for (const { mark } of things) if (answer.includes(mark)) shown.add(mark);
  }
  return shown;
}

/** References that were asked for and are not known here are said back to the caller. */
function withoutUnknown(answer: string): string {
  return answer.replace(/"unknown":\[[^\]]*\]/, '');
}

function fenced(parts: ApiParts, control: AccessControl, fence: Fence): Pick<ApiParts, 'access' | 'readAs'> {
  if (fence === 'guard') return { access: control, readAs: parts.readAs };
  let real = NOTHING;
  const unguarded: AccessControl = {
    ...control,
    decide(principal, access, organisation, asked) {
      const decision = control.decide(principal, access, ownOf(parts, principal, organisation), asked);
      real = decision.permitted ? decision.permission : NOTHING;
      return { permitted: true, permission: fence === 'desk' ? real : WHOLE_COUNTY };
    },
  };
  return {
    access: unguarded,
    readAs: () => parts.readAs(fence === 'database' ? real : WHOLE_COUNTY),
  };
}

/** The guard decides on the wrong organisation: the one where the caller has something. */
function ownOf(
  { organisations }: ApiParts,
  principal: Principal,
  asked: Parameters<AccessControl['decide']>[2],
): typeof asked {
  if (principal.kind === 'local') return asked;
  const [first] = principal.kind === 'person' ? principal.roles : principal.grants;
  return organisations.find(({ id }) => id === first?.org) ?? asked;
}
