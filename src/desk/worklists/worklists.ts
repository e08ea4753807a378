import { by } from '../../core/order.ts';
import type { Organisation } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { WHEEL } from '../../core/wheel/wheel.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { Worklist } from '../../core/worklist/worklist.ts';
import type { WorklistId } from '../../core/worklist/worklistId.ts';
import { type MadeWorklist, startWorklist, WORKLISTS, worklistNamed } from '../../core/worklist/worklists.ts';
import type { WorkOrder } from '../../store/workPort.ts';
import { todayOf } from '../organisationToday.ts';
import { type PageAsked, pageOf } from '../page.ts';
import { DeskRefusal } from '../refusal.ts';
import { forEachYouth } from '../youths/readableYouth.ts';
import { keptPage, type WorkParts } from './keptPage.ts';
import { type WorklistView, worklistView } from './worklistView.ts';
import { inWorkOrder, placeAfter } from './workPlace.ts';

/** A worklist that exists, and the entries of the year wheel that use it. */
export interface WorklistEntry {
  id: WorklistId;
  title: string;
  text: string;
  wheel: string[];
}

export function worklistIndex(): WorklistEntry[] {
  return Object.values(WORKLISTS).map(({ id, title, text }) => ({
    id,
    title,
    text,
    wheel: WHEEL.filter((entry) => entry.worklist === id).map((entry) => entry.id as string),
  }));
}

interface WorklistQuery {
  /** The list's id, or a wheel entry. */
  name: string;
  /** The day it is made for; undefined: today. */
  date?: IsoDate | undefined;
  /** Only what the OT unit is in charge of. */
  owner?: string | undefined;
  /** Hears of youths at a strictly confidential address, and how many there are. */
  protectedYouths: boolean;
}

/** A page of a worklist, with how many of its rows come before it, and the OT units that any row has.
 *  @throws DeskRefusal NOT_FOUND, INVALID_REQUEST */
export async function worklistPage(
  parts: WorkParts,
  organisation: Organisation,
  { name, date, owner, protectedYouths, order, page }: WorklistQuery & { page: PageAsked; order: WorkOrder },
): Promise<{ view: WorklistView; before: number; owners: string[] }> {
  const list = listNamed(name);
  const after = placeAfter(page, order);
  const asked = { list, date, owner, order, after, limit: page.limit };
  const kept = await keptPage(parts, organisation, asked);
  const { view, ...where } = kept ?? (await pageOfAll(parts, organisation, { ...asked, page }));
  return { view: withLeftOut(view, protectedYouths), ...where };
}

/** The same from all youths. */
async function pageOfAll(
  parts: WorkParts,
  organisation: Organisation,
  {
    list,
    date,
    owner,
    order,
    page,
  }: Pick<WorklistQuery, 'date' | 'owner'> & { list: Worklist; order: WorkOrder; page: PageAsked },
): Promise<{ view: WorklistView; before: number; owners: string[] }> {
  const { made, unreadable } = await makeWorklist(parts, organisation, { name: list.id, date });
  const rest = { leftOut: made.leftOut, unreadable, behind: false };
  const place = inWorkOrder(order);
  const owners = [...new Set(made.rows.map((row) => row.owner))].sort();
  const rows = made.rows.filter((row) => owner === undefined || row.owner === owner).toSorted(by(place));
  const { lines, next } = pageOf(rows, place, page);
  const [first] = lines;
  const before = first === undefined ? rows.length : rows.indexOf(first);
  const view = worklistView(made, { lines, next, total: rows.length, ...rest });
  return { view, before, owners };
}

const ROWS_AT_ONCE = 500;

/** A whole list, a part at a time: no more than some hundred youths are in memory. Only while rows are not kept, and for a
 *  day that they are not kept for, it comes as one part. @throws DeskRefusal NOT_FOUND */
export async function* worklistParts(
  parts: WorkParts,
  organisation: Organisation,
  { name, date, owner, protectedYouths }: WorklistQuery,
): AsyncGenerator<WorklistView> {
  const asked = { list: listNamed(name), date, owner, order: 'urgency' as const };
  for (let page: PageAsked = { limit: ROWS_AT_ONCE }; ; ) {
    const after = placeAfter(page, asked.order);
    const kept = await keptPage(parts, organisation, { ...asked, after, limit: page.limit });
    const all = { ...page, limit: Number.POSITIVE_INFINITY };
    const { view } = kept ?? (await pageOfAll(parts, organisation, { ...asked, page: all }));
    yield withLeftOut(view, protectedYouths);
    if (view.next === null) return;
    page = { after: view.next, limit: ROWS_AT_ONCE };
  }
}

/** Another day's list could count one whose address was confidential then. */
function withLeftOut(view: WorklistView, protectedYouths: boolean): WorklistView {
  return protectedYouths ? view : { ...view, leftOut: 0 };
}

/** A worklist, made now over all youths of the organisation. @throws DeskRefusal NOT_FOUND */
export async function makeWorklist(
  parts: Pick<WorkParts, 'queries' | 'operations' | 'now' | 'policyOf'>,
  organisation: Organisation,
  { name, date }: Pick<WorklistQuery, 'name' | 'date'>,
): Promise<{ made: MadeWorklist; unreadable: number }> {
  const list = listNamed(name);
  const today = date ?? (await todayOf(parts, organisation));
  const progress = progressIn(await parts.queries.alertProgress(organisation.id, null));
  const making = startWorklist(list, { today, policy: parts.policyOf(organisation.id), progress });
  const unreadable = await forEachYouth(parts.queries, organisation.id, ({ ref }, youth) =>
    making.add(ref, youth),
  );
  return { made: making.finish(), unreadable };
}

/** @throws DeskRefusal NOT_FOUND */
export function listNamed(name: string): Worklist {
  const list = worklistNamed(name);
  if (list !== undefined) return list;
  throw new DeskRefusal('NOT_FOUND', REFUSAL.nb.noWorklist);
}
