import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { SeenEntry } from '../../store/auditPort.ts';
import type { DeskParts } from '../parts.ts';
import { unknownYouth } from '../youths/youths.ts';

type Parts = Pick<DeskParts, 'queries' | 'operations'>;

/** One read of data of a youth, or a refusal of one; nothing of what was seen. */
export interface SeenView {
  /** Its number in the organisation's audit trail. */
  id: string;
  at: string;
  kind: SeenEntry['kind'];
  who: string;
  /** Role or scope. */
  capacity: string | null;
  supplier: string | null;
  operation: string;
  purpose: string | null;
  item: string | null;
  /** `OK`, or the code of the refusal. */
  outcome: string;
  times: number;
  trace: string | null;
}

/** Who has seen a youth, newest first. `ref`: the reference the youth has now. @throws DeskRefusal UNKNOWN_YOUTH */
export async function seenBy(
  parts: Parts,
  { id: org }: Organisation,
  asked: { ref: PersonRef; after: number | null; limit: number },
): Promise<{ ref: PersonRef; seen: SeenView[]; next: string | null }> {
  const ref = await currentRef(parts, org, asked.ref);
  const filter = { access: null, before: asked.after, limit: asked.limit + 1 };
  const found = await parts.operations.seenBy(org, ref, filter);
  const page = found.slice(0, asked.limit);
  const next = found.length > page.length ? String(page.at(-1)?.seq ?? 0) : null;
  return { ref, seen: page.map(seenView), next };
}

/** A lookup of the identity of a youth. */
export interface LookupView {
  id: string;
  who: string;
  purpose: string;
  /** Worklist or letter it was asked for; null for a single youth. */
  list: string | null;
  at: string;
  outcome: 'GITT' | 'AVVIST';
}

/** Who has looked a youth's identity up, newest first. @throws DeskRefusal UNKNOWN_YOUTH */
export async function lookupsOf(
  parts: Parts,
  { id: org }: Organisation,
  asked: PersonRef,
): Promise<{ ref: PersonRef; lookups: LookupView[] }> {
  const ref = await currentRef(parts, org, asked);
  const lookups: LookupView[] = [];
  for (let before: number | null = null; ; ) {
    const found: SeenEntry[] = await parts.operations.seenBy(org, ref, {
      access: 'youth:identify',
      before,
      limit: PAGE,
    });
    // Without a purpose it was refused before the lookup.
    for (const { seq, who, purpose, item: list, at, outcome } of found)
      if (purpose !== null)
        lookups.push({
          id: String(seq),
          who,
          purpose,
          list,
          at,
          outcome: outcome === 'OK' ? 'GITT' : 'AVVIST',
        });
    if (found.length < PAGE) return { ref, lookups };
    before = found.at(-1)?.seq ?? 0;
  }
}

const PAGE = 1_000;

/** The reference the youth has now. @throws DeskRefusal UNKNOWN_YOUTH */
export async function currentRef(
  { queries }: Pick<Parts, 'queries'>,
  org: Organisation['id'],
  ref: PersonRef,
): Promise<PersonRef> {
  const loaded = await queries.youth(org, ref);
  if (loaded === undefined) throw unknownYouth();
  return loaded.ref;
}

function seenView({ seq, client: _client, token: _token, access: _access, ...seen }: SeenEntry): SeenView {
  return { id: String(seq), ...seen };
}
