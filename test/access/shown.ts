import type { AccessControl } from '../../src/api/access.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { type Principal, senderOf } from '../../src/core/access/principal.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { personRef } from '../../src/core/person/reference.ts';
import type { Pairwise } from '../../src/store/pairwise.ts';
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
  const own = (org: OrgId) => parts.vault.pairwise(org, senderOf(principal));
  const all = [OWN, OTHER].flatMap((org) =>
    readings(org, things, (ref) => own(org).of(personRef(ref))).map((each) => ({ ...each, org })),
  );
  for (const { method, path, body, org } of all) {
    const response = await (method === 'GET' ? app.get(path) : app.post(path, body));
    if (response.status >= 500) throw new Error(`${response.status} ${method} ${path}`);
    const answer = byReference(withoutUnknown(await response.text()), own(org));
    for (const { mark } of things) if (answer.includes(mark)) shown.add(mark);
  }
  return shown;
}

/** A youth in the caller's own form is shown too. */
function byReference(answer: string, { refOf }: Pairwise): string {
  return answer.replace(/pw_[a-z2-7]{26}/g, (token) => refOf(token) ?? token);
}

/** References that were asked for and are not known here are said back to the caller. */
function withoutUnknown(answer: string): string {
  return answer.replace(/"unknown":\[[^\]]*\]/, '');
}

function fenced(
  parts: ApiParts,
  control: AccessControl,
  fence: Fence,
): Pick<ApiParts, 'access' | 'readAs' | 'fint' | 'vigoAs' | 'navAs'> {
  const { readAs, fint, vigoAs, navAs } = parts;
  if (fence === 'guard') return { access: control, readAs, fint, vigoAs, navAs };
  let real = NOTHING;
  const unguarded: AccessControl = {
    ...control,
    decide(principal, access, organisation, asked) {
      const decision = control.decide(principal, access, ownOf(parts, principal, organisation), asked);
      real = decision.permitted ? decision.permission : NOTHING;
      return { permitted: true, permission: fence === 'desk' ? real : WHOLE_COUNTY };
    },
  };
  const left = () => (fence === 'database' ? real : WHOLE_COUNTY);
  return {
    access: unguarded,
    readAs: () => readAs(left()),
    fint: { ...fint, readAs: () => fint.readAs(left()) },
    vigoAs: () => vigoAs(left()),
    navAs: () => navAs(left()),
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
