import { type Principal, senderOf } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { Beginning, CallKind } from '../../core/subscription/subscription.ts';
import { DeskRefusal } from '../refusal.ts';
import { schoolYearBegan } from '../subscriptions/subscriptions.ts';
import { type ChangePage, type ChangeParts, type ChangeReader, readChanges } from './changePage.ts';
import type { ChangeWatch } from './changeWatch.ts';
import { type ChangeCursor, type CursorOwner, type Followed, readCursor } from './cursor.ts';

export interface ChangesAsked {
  /** `next` of the page before. */
  after: string | null;
  /** Where the first page begins: stated, there is no default. */
  from: Beginning | null;
  kinds: readonly CallKind[];
  owner: string | null;
  limit: number;
}

/** Who asks, as a subscriber. */
export function changeReader(
  principal: Principal,
  { id }: Organisation,
  { kinds, owner, protectedYouths }: Pick<ChangesAsked, 'kinds' | 'owner'> & { protectedYouths: boolean },
): ChangeReader {
  const machine = principal.kind === 'machine';
  return {
    ...{ subscriber: senderOf(principal), kinds, owners: owner === null ? null : [owner], protectedYouths },
    orgnr: machine ? principal.consumer : null,
    grants: machine ? principal.grants.filter((grant) => grant.org === id) : [],
  };
}

/** Where a reader is. @throws DeskRefusal INVALID_REQUEST */
export async function cursorAsked(
  parts: ChangeParts,
  organisation: Organisation,
  owner: CursorOwner,
  { after, from }: Pick<ChangesAsked, 'after' | 'from'>,
): Promise<ChangeCursor> {
  if (after !== null) {
    const cursor = readCursor(parts.vault, owner, after);
    if (cursor !== undefined) return cursor;
    throw invalid(
      'after',
      'Dette er ikke en «next» herfra, eller den er et annet systems eller en annen listes.',
      'Send next uendret fra siden før, eller begynn på nytt med from.',
    );
  }
  if (from === null) {
    throw invalid(
      'from',
      'Det står ikke hvor lesingen begynner.',
      'Send from=now, from=school-year eller from=all i det første kallet, og next som after i de neste.',
    );
  }
  if (from !== 'now') {
    const beginsAt = from === 'all' ? null : await schoolYearBegan(parts, organisation);
    return { lanes: new Map(), beginsAt };
  }
  const heads = (await parts.queries.heads()).filter(({ org }) => org === organisation.id);
  return { lanes: new Map(heads.map(({ id, nextOffset }) => [id, nextOffset])), beginsAt: null };
}

export function cursorOwner(organisation: Organisation, principal: Principal, what: Followed): CursorOwner {
  return { org: organisation.id, subscriber: senderOf(principal), what };
}

/** The next page with a change in it, or an empty one when the time is up. @param again the reader as it is now,
 *  after waiting: a grant may have been revoked. Undefined: it may read no more */
export async function nextChanges(
  parts: ChangeParts & { changeWatch: ChangeWatch },
  organisation: Organisation,
  {
    reader,
    cursor,
    limit,
    waitMs,
    again,
  }: {
    reader: ChangeReader;
    cursor: ChangeCursor;
    limit: number;
    waitMs: number;
    again(): Promise<ChangeReader>;
  },
): Promise<ChangePage> {
  const until = performance.now() + waitMs;
  let now = reader;
  let at = cursor;
  for (;;) {
    const page = await readChanges(parts, organisation, now, { cursor: at, limit });
    const left = until - performance.now();
    if (page.changes.length > 0 || left <= 0 || parts.changeWatch.ended) return page;
    at = page.cursor;
    if (!page.more) await parts.changeWatch.wait(organisation.id, at.lanes, left);
    now = await again();
  }
}

function invalid(field: string, text: string, cure: string): DeskRefusal {
  return new DeskRefusal('INVALID_REQUEST', REFUSAL.nb.fixThat, {
    problems: [{ code: 'INVALID_VALUE', field, text, cure }],
  });
}
