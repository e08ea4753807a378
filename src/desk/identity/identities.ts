import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IdentityLookup } from '../../store/identityPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
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
  const found = await lookUp(parts, organisation, [ref], { ...asker, list: null });
  const [given] = found.given;
  if (given !== undefined) return identityView(given);
  const [refused] = found.refused;
  if (refused === undefined) throw unknownYouth();
  const code = refused.why === 'PROTECTED' ? 'IDENTITY_PROTECTED' : 'IDENTITY_UNREADABLE';
  throw new DeskRefusal(code, refusedView(refused).reason);
}

/** Who the references of a list are, page by page in the order of the references.
 *  @throws DeskRefusal NOT_FOUND for a worklist that does not exist */
export async function identitiesOf(
  parts: LookUpParts,
  organisation: Organisation,
  listed: Listed,
  { after, limit, ...asker }: Asking & { after?: string | undefined; limit: number },
): Promise<{ people: IdentityView[]; refused: RefusedView[]; unknown: PersonRef[]; next: string | null }> {
  const { refs, list } = await listedRefs(parts, organisation, listed);
  const rest = refs.filter((ref) => after === undefined || ref > after);
  const page = rest.slice(0, limit);
  const found = await lookUp(parts, organisation, page, { ...asker, list });
  return {
    people: found.given.map(identityView),
    refused: found.refused.map(refusedView),
    unknown: found.unknown,
    next: rest.length > page.length ? (page.at(-1) ?? null) : null,
  };
}

/** Who has looked a youth up, newest first. `ref`: the reference the youth has now.
 *  @throws DeskRefusal UNKNOWN_YOUTH */
export async function lookupsOf(
  { queries, operations }: Pick<DeskParts, 'queries' | 'operations'>,
  { id: org }: Organisation,
  ref: PersonRef,
): Promise<{ ref: PersonRef; lookups: Omit<IdentityLookup, 'ref'>[] }> {
  const loaded = await queries.youth(org, ref);
  if (loaded === undefined) throw unknownYouth();
  const lookups = await operations.lookups(org, loaded.ref);
  return { ref: loaded.ref, lookups: lookups.map(({ ref: _ref, ...lookup }) => lookup) };
}
