import { by } from '../../core/order.ts';
import type { Organisation } from '../../core/organisation.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { WHEEL } from '../../core/wheel/wheel.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import { placeOf, type WorkRow } from '../../core/worklist/row.ts';
import type { WorklistId } from '../../core/worklist/worklistId.ts';
import { type MadeWorklist, startWorklist, WORKLISTS, worklistNamed } from '../../core/worklist/worklists.ts';
import { todayOf } from '../organisationToday.ts';
import { type PageAsked, pageOf } from '../page.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { forEachYouth } from '../youths/readableYouth.ts';
import { type WorklistView, worklistView } from './worklistView.ts';

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'now' | 'policyOf'>;

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
  /** Null: all lines. */
  page: PageAsked | null;
}

/** In the order of urgency (R49), or of the deadline alone. */
export type WorkOrder = 'urgency' | 'deadline';

const byDeadline = (row: WorkRow) => `${row.deadline ?? '9999'} ${placeOf(row)}`;
const PLACE: Readonly<Record<WorkOrder, (row: WorkRow) => string>> = {
  urgency: placeOf,
  deadline: byDeadline,
};

/** A page of a worklist, with how many of its rows come before it, and the OT units that any row has.
 *  @throws DeskRefusal NOT_FOUND */
export async function worklistPage(
  parts: Parts,
  organisation: Organisation,
  { owner, page, protectedYouths, order, ...named }: WorklistQuery & { page: PageAsked; order: WorkOrder },
): Promise<{ view: WorklistView; before: number; owners: string[] }> {
  const { made, unreadable } = await makeWorklist(parts, organisation, named);
  const place = PLACE[order];
  const owners = [...new Set(made.rows.map((row) => row.owner))].sort();
  const rows = made.rows.filter((row) => owner === undefined || row.owner === owner).toSorted(by(place));
  const shown = pageOf(rows, place, page);
  const [first] = shown.lines;
  const before = first === undefined ? rows.length : rows.indexOf(first);
  const leftOut = protectedYouths ? made.leftOut : 0;
  return { view: worklistView({ ...made, rows, leftOut }, { unreadable, ...shown }), before, owners };
}

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

/** All worklists in one reading of the youths, without those that are empty. */
export async function worklistCounts(
  parts: Parts,
  organisation: Organisation,
): Promise<{ counts: WorklistCount[]; unreadable: number }> {
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
  return { counts: counts.filter(({ rows }) => rows > 0), unreadable };
}

const SOON_DAYS = 7;

/** @throws DeskRefusal NOT_FOUND */
export async function worklistOf(
  parts: Parts,
  organisation: Organisation,
  { name, date, owner, page, protectedYouths }: WorklistQuery,
): Promise<WorklistView> {
  const { made, unreadable } = await makeWorklist(parts, organisation, { name, date });
  const rows = made.rows.filter((row) => owner === undefined || row.owner === owner);
  const shown = page === null ? { lines: rows, next: null } : pageOf(rows, placeOf, page);
  // Another day's list could count one whose address was confidential then.
  const leftOut = protectedYouths ? made.leftOut : 0;
  return worklistView({ ...made, rows, leftOut }, { unreadable, ...shown });
}

/** A worklist, made now over all youths of the organisation. @throws DeskRefusal NOT_FOUND */
export async function makeWorklist(
  parts: Parts,
  organisation: Organisation,
  { name, date }: Pick<WorklistQuery, 'name' | 'date'>,
): Promise<{ made: MadeWorklist; unreadable: number }> {
  const list = worklistNamed(name);
  if (list === undefined) {
    throw new DeskRefusal(
      'NOT_FOUND',
      'Det finnes ingen slik arbeidsliste. Se /organisations/{org}/worklists for alle.',
    );
  }
  const today = date ?? (await todayOf(parts, organisation));
  const progress = progressIn(await parts.queries.alertProgress(organisation.id, null));
  const making = startWorklist(list, { today, policy: parts.policyOf(organisation.id), progress });
  const unreadable = await forEachYouth(parts.queries, organisation.id, ({ ref }, youth) =>
    making.add(ref, youth),
  );
  return { made: making.finish(), unreadable };
}
