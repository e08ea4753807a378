import { isProtected } from '../../core/access/reach.ts';
import { groupLabel } from '../../core/codelists/otStatus.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { readable } from '../../store/readable.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { unknownYouth } from '../youths/youths.ts';

/** Main groups of a youth, as `status-group` has them: nothing else of the youth. */
export interface GroupsView {
  ref: string;
  version: number;
  groups: {
    schoolYear: string;
    county: string;
    list: string;
    group: number;
    groupLabel: string;
    targetGroup: boolean;
    effective: string;
  }[];
}

/** A youth at a strictly confidential address is not there, whatever the grant (D01).
 *  @throws DeskRefusal UNKNOWN_YOUTH */
export async function groupsOf(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'now'>,
  organisation: Organisation,
  ref: PersonRef,
): Promise<GroupsView> {
  const loaded = await parts.queries.youth(organisation.id, ref);
  const youth = loaded === undefined ? undefined : readable(loaded);
  if (loaded === undefined || youth === undefined) throw unknownYouth();
  if (isProtected(youth, await todayOf(parts, organisation))) throw unknownYouth();
  return {
    ref: loaded.ref,
    version: loaded.version,
    groups: youth.registrations.map(({ schoolYear, county, status }) => {
      const { list, group, targetGroup, effective } = status;
      return { schoolYear, county, list, group, groupLabel: groupLabel(list, group), targetGroup, effective };
    }),
  };
}
