import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { RowPlace, WorkRow } from '../../core/worklist/row.ts';
import type { Worklist } from '../../core/worklist/worklist.ts';
import { dayScope, ownRows } from '../../core/worklist/worklists.ts';
import { caseOf, isHidden } from '../../core/worklist/youthCase.ts';
import type { Youth } from '../../core/youth/youth.ts';
import { followWork, workRules } from '../../jobs/worklists/followWork.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import { ALL_WORK, type WorkAsked, type WorkOrder, type WorkProgress } from '../../store/workPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type WorklistView, worklistView } from './worklistView.ts';
import { cursorOf } from './workPlace.ts';

export type WorkParts = Pick<
  DeskParts,
  'queries' | 'operations' | 'now' | 'policyOf' | 'agreementsOf' | 'work'
>;

/** Steps of one request towards all that is committed: some thousand youths. While a list of many more comes in, the rows
 *  are those of a moment ago. */
const MOST_BEHIND = 10;
/** Steps towards all youths: a small county is there at its first reading, a large one when the bridge has filled it in. */
const MOST_FILLING = 10;

/** Brings the kept rows up to what is committed now. @returns how they are asked for, and whether they are still behind */
export async function currentWork(
  parts: WorkParts,
  organisation: Organisation,
): Promise<{ asked: WorkAsked; behind: boolean }> {
  const { id: org } = organisation;
  const now = await nowOf(parts, organisation);
  const basis = { policy: parts.policyOf(org), agreements: await parts.agreementsOf(org), now };
  let progress: WorkProgress = 'behind';
  for (let [behind, filling] = [0, 0]; behind < MOST_BEHIND && filling < MOST_FILLING; ) {
    progress = await followWork(parts.work, org, basis);
    if (progress === 'done' || progress === 'renewing') break;
    if (progress === 'behind') behind += 1;
    else filling += 1;
  }
  const asked = { rules: workRules(basis), today: osloDate(now), within: ALL_WORK };
  return { asked, behind: progress === 'behind' };
}

interface KeptPageAsked {
  list: Worklist;
  owner: string | null | undefined;
  order: WorkOrder;
  after: RowPlace | null;
  limit: number;
}

/** A page of today's list from the kept rows, each of which says what its youth leads to now. Null while they are not all
 *  there. */
export async function keptPage(
  parts: WorkParts,
  organisation: Organisation,
  { list, owner = null, ...asked }: KeptPageAsked,
): Promise<{ view: WorklistView; before: number; owners: string[] } | null> {
  const { asked: current, behind } = await currentWork(parts, organisation);
  const page = await parts.queries.workPage(organisation.id, { ...current, ...asked, list: list.id, owner });
  if (page === null) return null;
  const { places, more, total, before, owners, leftOut, unreadable } = page;
  const scope = dayScope(current.today, parts.policyOf(organisation.id));
  const lines = await linesAt(parts, organisation, places, { list, scope });
  const last = places.at(-1);
  const next = more && last !== undefined ? cursorOf(last, asked.order) : null;
  return {
    view: worklistView({ list, ...scope }, { lines, next, total, leftOut, unreadable, behind }),
    before,
    owners,
  };
}

/** The rows at these places, as their youths have them now: a youth may have moved on since the page was read. */
async function linesAt(
  parts: WorkParts,
  organisation: Organisation,
  places: readonly RowPlace[],
  named: NamedList,
): Promise<WorkRow[]> {
  const opened = await openedRows(parts, organisation, [...new Set(places.map(({ ref }) => ref))], named);
  return places.flatMap(({ ref, number }) => opened.get(ref)?.rows[number] ?? []);
}

interface NamedList {
  list: Worklist;
  scope: ReturnType<typeof dayScope>;
}

/** A youth as it is now, and its rows in a list. */
export interface OpenedRows {
  loaded: LoadedYouth;
  youth: Youth;
  rows: WorkRow[];
}

/** Of these youths those that are shown: neither merged into another nor hidden, and readable. */
export async function openedRows(
  { queries }: Pick<WorkParts, 'queries'>,
  { id: org }: Organisation,
  refs: readonly PersonRef[],
  { list, scope }: NamedList,
): Promise<Map<PersonRef, OpenedRows>> {
  const opened = new Map<PersonRef, OpenedRows>();
  if (refs.length === 0) return opened;
  const youths = await queries.youthsNamed(org, refs);
  const progress = progressIn(await queries.alertProgress(org, refs));
  for (const [ref, loaded] of youths) {
    const youth = loaded.ref === ref ? readable(loaded) : undefined;
    if (youth === undefined) continue;
    const known = caseOf(ref, youth, scope.policy);
    if (!isHidden(known, scope.today))
      opened.set(ref, { loaded, youth, rows: ownRows(list, known, { ...scope, progress }) });
  }
  return opened;
}
