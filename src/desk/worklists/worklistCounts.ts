import type { Organisation } from '../../core/organisation.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import { WORKLIST_IDS, type WorklistId } from '../../core/worklist/worklistId.ts';
import { startWorklist, WORKLISTS } from '../../core/worklist/worklists.ts';
import { todayOf } from '../organisationToday.ts';
import { forEachYouth } from '../youths/readableYouth.ts';
import { currentWork, type WorkParts } from './keptPage.ts';

/** How much there is in a worklist. */
export interface WorklistCount {
  id: WorklistId;
  title: string;
  rows: number;
  /** Of high priority. */
  urgent: number;
  /** With a deadline today or in the next seven days, and with one that has passed. */
  dueSoon: number;
  overdue: number;
}

/** All worklists, without those that are empty. */
interface Counted {
  counts: WorklistCount[];
  unreadable: number;
  /** So much is coming in that the latest of it is not counted yet. */
  behind: boolean;
}

const SOON_DAYS = 7;

export async function worklistCounts(parts: WorkParts, organisation: Organisation): Promise<Counted> {
  const { asked, behind } = await currentWork(parts, organisation);
  const soon = daysAfter(asked.today, SOON_DAYS);
  const kept = await parts.queries.workCounts(organisation.id, { ...asked, soon });
  if (kept === null) return countedNow(parts, organisation);
  const byList = new Map(kept.lists.map(({ list, ...counts }) => [list, counts]));
  const counts = WORKLIST_IDS.flatMap((id) => {
    const found = byList.get(id);
    return found === undefined ? [] : [{ id, title: WORKLISTS[id].title, ...found }];
  });
  return { counts, unreadable: kept.unreadable, behind };
}

/** In one reading of all youths. */
async function countedNow(parts: WorkParts, organisation: Organisation): Promise<Counted> {
  const { id: org } = organisation;
  const today = await todayOf(parts, organisation);
  const soon = daysAfter(today, SOON_DAYS);
  const progress = progressIn(await parts.queries.alertProgress(org, null));
  const policy = parts.policyOf(org);
  const makings = Object.values(WORKLISTS).map((list) => startWorklist(list, { today, policy, progress }));
  const unreadable = await forEachYouth(parts.queries, org, ({ ref }, youth) => {
    for (const making of makings) making.add(ref, youth);
  });
  const counts = makings.map((making) => {
    const { list, rows } = making.finish();
    const due = rows.flatMap(({ deadline }) => deadline ?? []);
    return {
      id: list.id,
      title: list.title,
      rows: rows.length,
      urgent: rows.filter(({ priority }) => priority === 'HOY').length,
      dueSoon: due.filter((date) => date >= today && date <= soon).length,
      overdue: due.filter((date) => date < today).length,
    };
  });
  return { counts: counts.filter(({ rows }) => rows > 0), unreadable, behind: false };
}
