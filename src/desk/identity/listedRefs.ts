import type { LetterId } from '../../core/letters/letterId.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { makeMailing } from '../letters/mailings.ts';
import type { DeskParts } from '../parts.ts';
import { makeWorklist } from '../worklists/worklists.ts';

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
  parts: Pick<DeskParts, 'queries' | 'operations' | 'now' | 'policyOf'>,
  organisation: Organisation,
  listed: Listed,
): Promise<{ refs: PersonRef[]; list: string | null }> {
  if ('refs' in listed) return { refs: [...new Set(listed.refs)].sort(), list: null };
  const own = ({ owner }: { owner: string }) => listed.owner === undefined || owner === listed.owner;
  const once = (rows: readonly { ref: PersonRef }[]) => [...new Set(rows.map(({ ref }) => ref))].sort();
  if ('letter' in listed) {
    const { id, schoolYear } = listed.letter;
    const { mailing } = await makeMailing(parts, organisation, { id, schoolYear });
    return { refs: once(mailing.triggers.filter(own)), list: `${id} ${schoolYear}` };
  }
  const { id: name, date } = listed.worklist;
  const { made } = await makeWorklist(parts, organisation, { name, date });
  return { refs: once(made.rows.filter(own)), list: `${made.list.id} ${made.today}` };
}
