import { gets, letterList } from '../../core/letters/keptLetters.ts';
import type { LetterId } from '../../core/letters/letterId.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { makeMailing } from '../letters/mailings.ts';
import { todayOf } from '../organisationToday.ts';
import { keptRefs, type WorkParts } from '../worklists/keptPage.ts';
import { listNamed, makeWorklist } from '../worklists/worklists.ts';

/** Whom a batch of lookups is for. */
export type Listed =
  | { refs: readonly PersonRef[] }
  | ((
      | { letter: { id: LetterId; schoolYear: string } }
      | { worklist: { id: string; date?: string | undefined } }
    ) & {
      owner?: string | undefined;
    });

/** The references, each once and sorted, and their list's name in the record of lookups. */
export async function listedRefs(
  parts: WorkParts,
  organisation: Organisation,
  listed: Listed,
): Promise<{ refs: PersonRef[]; list: string | null }> {
  if ('refs' in listed) return { refs: [...new Set(listed.refs)].sort(), list: null };
  const { owner } = listed;
  const own = (row: { owner: string }) => owner === undefined || row.owner === owner;
  const once = (rows: readonly { ref: PersonRef }[]) => [...new Set(rows.map(({ ref }) => ref))].sort();
  if ('letter' in listed) {
    const { id, schoolYear } = listed.letter;
    const list = letterList(id, schoolYear);
    const kept = await keptRefs(parts, organisation, { list, owner, hidden: true }, gets);
    if (kept !== null) return { refs: kept, list };
    const { mailing } = await makeMailing(parts, organisation, { id, schoolYear });
    return { refs: once(mailing.triggers.filter(own)), list };
  }
  const { id: name, date } = listed.worklist;
  const { id: list } = listNamed(name);
  const today = await todayOf(parts, organisation);
  if (date === undefined || date === today) {
    const kept = await keptRefs(parts, organisation, { list, owner, hidden: false }, () => true);
    if (kept !== null) return { refs: kept, list: `${list} ${today}` };
  }
  const { made } = await makeWorklist(parts, organisation, { name, date });
  return { refs: once(made.rows.filter(own)), list: `${list} ${made.today}` };
}
