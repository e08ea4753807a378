import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DeskRefusal } from '../refusal.ts';
import type { WorkParts } from '../worklists/keptPage.ts';
import { unknownYouth } from '../youths/youths.ts';
import { type IdentityView, identityView, type RefusedView, refusedView } from './identityView.ts';
import { type Listed, listedRefs } from './listedRefs.ts';
import { type Asking, type LookUpParts, lookUp } from './lookUp.ts';

/** Who one reference is. @throws DeskRefusal UNKNOWN_YOUTH, IDENTITY_PROTECTED, IDENTITY_UNREADABLE */
export async function identityOf(
  parts: LookUpParts,
  organisation: Organisation,
  ref: PersonRef,
  asker: Asking,
): Promise<IdentityView> {
  const found = await lookUp(parts, organisation, [ref], asker);
  const [given] = found.given;
  if (given !== undefined) return identityView(given);
  const [refused] = found.refused;
  if (refused === undefined) throw unknownYouth();
  throw new DeskRefusal(refusalCode(refused), refusedView(refused).reason);
}

export interface IdentitiesFound {
  people: IdentityView[];
  refused: RefusedView[];
  unknown: PersonRef[];
  next: string | null;
}

/** Who the references of a list are, page by page in the order of the references.
 *  @throws DeskRefusal NOT_FOUND for a worklist that does not exist */
export async function identitiesOf(
  parts: LookUpParts & WorkParts,
  organisation: Organisation,
  listed: Listed,
  { after, limit, ...asking }: Asking & { after?: string | undefined; limit: number },
): Promise<{
  found: IdentitiesFound;
  /** Name of the worklist or letter. */
  list: string | null;
  /** References of those who are refused, by reason. */
  refusals: { code: RefusalCode; ref: PersonRef }[];
}> {
  const { refs, list } = await listedRefs(parts, organisation, listed);
  const rest = refs.filter((ref) => after === undefined || ref > after);
  const page = rest.slice(0, limit);
  const { given, refused, unknown } = await lookUp(parts, organisation, page, asking);
  const next = rest.length > page.length ? (page.at(-1) ?? null) : null;
  return {
    found: { people: given.map(identityView), refused: refused.map(refusedView), unknown, next },
    list,
    refusals: refused.map((each) => ({ code: refusalCode(each), ref: each.ref })),
  };
}

type RefusalCode = 'IDENTITY_PROTECTED' | 'IDENTITY_UNREADABLE';

function refusalCode({ why }: { why: 'PROTECTED' | 'UNREADABLE' | 'PARKED' }): RefusalCode {
  return why === 'PROTECTED' ? 'IDENTITY_PROTECTED' : 'IDENTITY_UNREADABLE';
}
