import { by } from '../../core/order.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { RowPlace, WorkRow } from '../../core/worklist/row.ts';
import type { Worklist } from '../../core/worklist/worklist.ts';
import { dayScope, ownRows } from '../../core/worklist/worklists.ts';
import { caseOf, isHidden } from '../../core/worklist/youthCase.ts';
import type { Youth } from '../../core/youth/youth.ts';
import { firstKeptDay, followWork, workRules } from '../../jobs/worklists/followWork.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import {
  ALL_WORK,
  type WorkAsked,
  type WorkOrder,
  type WorkPage,
  type WorkPageAsked,
  type WorkProgress,
} from '../../store/workPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type WorklistView, worklistView } from './worklistView.ts';
import { cursorOf, inWorkOrder } from './workPlace.ts';

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
  /** The day it is made for; undefined: today. */
  date?: IsoDate | undefined;
  owner: string | null | undefined;
  order: WorkOrder;
  after: RowPlace | null;
  limit: number;
}

/** A page of a list from the kept rows, each of which says what its youth leads to now. Null while they are not all there,
 *  and for a day that they are not kept for. */
export async function keptPage(
  parts: WorkParts,
  organisation: Organisation,
  { list, date, owner = null, ...where }: KeptPageAsked,
): Promise<{ view: WorklistView; before: number; owners: string[] } | null> {
  const { asked: current, behind } = await currentWork(parts, organisation);
  const today = date ?? current.today;
  // Rows of a youth that was decided again say nothing of the days before those that are kept now.
  if (today < firstKeptDay(current.today)) return null;
  const scope = dayScope(today, parts.policyOf(organisation.id));
  const asked = { ...current, ...where, today, list: list.id, owner, hidden: false, without: [] };
  const page =
    today === current.today
      ? await parts.queries.workPage(organisation.id, asked)
      : await pageOfOtherDay(parts, organisation, asked, { list, scope });
  if (page === null) return null;
  const { places, more, total, before, owners, leftOut, unreadable } = page;
  const { opened } = await openedRows(parts, organisation, refsOf(places), { list, scope });
  // A youth may have moved on since the page was read.
  const lines = places.flatMap(({ ref, number }) => opened.get(ref)?.rows[number] ?? []);
  const last = places.at(-1);
  const next = more && last !== undefined ? cursorOf(last, where.order) : null;
  return {
    view: worklistView({ list, ...scope }, { lines, next, total, leftOut, unreadable, behind }),
    before,
    owners,
  };
}

interface OnDay {
  list: Worklist;
  scope: ReturnType<typeof dayScope>;
}

/** Another day's list is of the youths as they may be shown now. For those of whom that turns between the days the kept rows
 *  say something else: they are decided here. */
async function pageOfOtherDay(
  parts: WorkParts,
  organisation: Organisation,
  asked: WorkPageAsked,
  day: OnDay,
): Promise<WorkPage | null> {
  const turning = await parts.queries.workTurning(organisation.id, asked);
  if (turning === null) return null;
  const page = await parts.queries.workPage(organisation.id, { ...asked, without: turning });
  if (page === null || turning.length === 0) return page;
  const { opened, leftOut } = await openedRows(parts, organisation, turning, day);
  const { owner, order, after, limit } = asked;
  const place = inWorkOrder(order);
  const all = [...opened.values()].flatMap(({ rows }) => rows);
  const own = all.filter((row) => owner === null || row.owner === owner);
  const later = own.filter((row) => after === null || place(row) > place(after));
  const places = [...page.places, ...later].sort(by(place));
  return {
    ...page,
    places: places.slice(0, limit),
    more: page.more || places.length > limit,
    total: page.total + own.length,
    urgent: page.urgent + own.filter(({ priority }) => priority === 'HOY').length,
    before: page.before + own.length - later.length,
    owners: [...new Set([...page.owners, ...all.map((row) => row.owner)])].sort(),
    leftOut: page.leftOut + leftOut,
  };
}

/** A youth as it is now, and its rows in a list. */
export interface OpenedRows {
  loaded: LoadedYouth;
  youth: Youth;
  rows: WorkRow[];
}

/** Of these youths those that are shown: neither merged into another nor hidden, and readable. `leftOut`: how many hidden
 *  ones the list would have. */
export async function openedRows(
  { queries }: Pick<WorkParts, 'queries'>,
  { id: org }: Organisation,
  refs: readonly PersonRef[],
  { list, scope }: OnDay,
): Promise<{ opened: Map<PersonRef, OpenedRows>; leftOut: number }> {
  const opened = new Map<PersonRef, OpenedRows>();
  let leftOut = 0;
  if (refs.length === 0) return { opened, leftOut };
  const youths = await queries.youthsNamed(org, refs);
  const progress = progressIn(await queries.alertProgress(org, refs));
  for (const [ref, loaded] of youths) {
    const youth = loaded.ref === ref ? readable(loaded) : undefined;
    if (youth === undefined) continue;
    const known = caseOf(ref, youth, scope.policy);
    const rows = ownRows(list, known, { ...scope, progress });
    if (!isHidden(known, scope.today)) opened.set(ref, { loaded, youth, rows });
    else if (rows.length > 0) leftOut += 1;
  }
  return { opened, leftOut };
}

function refsOf(places: readonly RowPlace[]): PersonRef[] {
  return [...new Set(places.map(({ ref }) => ref))];
}

const PLACES_AT_ONCE = 5_000;

/** The youths of today's list, of a letter those who get it; each once and sorted. Null as above. */
export async function keptRefs(
  parts: WorkParts,
  organisation: Organisation,
  {
    list,
    owner = null,
    hidden,
  }: Pick<WorkPageAsked, 'list' | 'hidden'> & { owner: string | null | undefined },
  wanted: (place: RowPlace) => boolean,
): Promise<PersonRef[] | null> {
  const { asked } = await currentWork(parts, organisation);
  const refs = new Set<PersonRef>();
  for (let after: RowPlace | null = null; ; ) {
    const page: WorkPage | null = await parts.queries.workPage(organisation.id, {
      ...{ ...asked, list, owner, hidden, without: [], order: 'urgency' },
      ...{ after, limit: PLACES_AT_ONCE },
    });
    if (page === null) return null;
    for (const place of page.places) if (wanted(place)) refs.add(place.ref);
    after = page.places.at(-1) ?? null;
    if (!page.more || after === null || !wanted(after)) return [...refs].sort();
  }
}
