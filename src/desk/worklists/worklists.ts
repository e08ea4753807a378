import type { Organisation } from '../../core/organisation.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { WHEEL } from '../../core/wheel/wheel.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import { placeOf } from '../../core/worklist/row.ts';
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
