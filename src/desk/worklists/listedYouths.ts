import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { RowPlace } from '../../core/worklist/row.ts';
import type { Worklist } from '../../core/worklist/worklist.ts';
import { dayScope } from '../../core/worklist/worklists.ts';
import type { WorkAsked } from '../../store/workPort.ts';
import { type OpenedRows, openedRows, type WorkParts } from './keptPage.ts';
import { makeWorklist } from './worklists.ts';

/** Rows read at a time. */
const PAGE = 2_000;
/** Youths opened at a time: between them other requests are answered. */
const PORTION = 200;

/**
 * Every youth with a row in today's list, once, as it is when it is opened and with all its rows there, in the order of
 * urgency. As many as there are: no number of them ends it.
 * @param asked of `currentWork`
 * @param owner of a row at least; null: any
 */
export async function* listedYouths(
  parts: WorkParts,
  organisation: Organisation,
  { list, owner, asked }: { list: Worklist; owner: string | null; asked: WorkAsked },
): AsyncGenerator<OpenedRows> {
  const scope = dayScope(asked.today, parts.policyOf(organisation.id));
  const seen = new Set<PersonRef>();
  for await (const places of placesOf(parts, organisation, { list, owner, asked })) {
    const refs = [...new Set(places.map(({ ref }) => ref))].filter((ref) => !seen.has(ref));
    for (let first = 0; first < refs.length; first += PORTION) {
      const portion = refs.slice(first, first + PORTION);
      const { opened } = await openedRows(parts, organisation, portion, { list, scope });
      for (const ref of portion) {
        seen.add(ref);
        const found = opened.get(ref);
        if (found !== undefined) yield found;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** From the kept rows; while they are not all there, from all youths. */
async function* placesOf(
  parts: WorkParts,
  organisation: Organisation,
  { list, owner, asked }: { list: Worklist; owner: string | null; asked: WorkAsked },
): AsyncGenerator<readonly RowPlace[]> {
  for (let after: RowPlace | null = null; ; ) {
    const page = await parts.queries.workPage(organisation.id, {
      ...{ ...asked, list: list.id, order: 'urgency', owner, after, limit: PAGE },
      ...{ hidden: false, without: [] },
    });
    if (page === null) break;
    yield page.places;
    const last = page.places.at(-1);
    if (!page.more || last === undefined) return;
    after = last;
  }
  const { made } = await makeWorklist(parts, organisation, { name: list.id });
  yield made.rows.filter((row) => owner === null || row.owner === owner);
}
