import type { Organisation } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { AlertState } from '../../core/worklist/alertState.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import type { AskedAlert } from '../subscriptions/names.ts';
import { alertsAfter, cursorAt, readCursor } from './alertPages.ts';
import { latestAlert, type RaisedAlert } from './raisedView.ts';

type Parts = Pick<DeskParts, 'queries' | 'policyOf' | 'operations' | 'now'>;

interface AlertQuery {
  /** Only those that are so now. */
  state?: AlertState | undefined;
  owner?: string | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  limit: number;
  /** Personal data are masked. */
  masked: boolean;
}

/** The organisation's alerts, the newest first, each as it is now. */
export async function alertPage(
  parts: Parts,
  organisation: Organisation,
  { state, owner, after, limit, masked }: AlertQuery,
): Promise<{ alerts: RaisedAlert[]; next: string | null }> {
  const today = await todayOf(parts, organisation);
  const found = [];
  // Every record that is listed has an alert: without a filter, no more are read than the page shows.
  const first = state === undefined && owner === undefined ? limit + 1 : undefined;
  for await (const placed of alertsAfter(parts, organisation.id, {
    after: readCursor(after),
    today,
    masked,
    ...(first === undefined ? {} : { first }),
  })) {
    const { alert } = placed.shown;
    if (state !== undefined && alert.state !== state) continue;
    if (owner !== undefined && alert.owner !== owner) continue;
    found.push(placed);
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last !== undefined ? cursorAt(last) : null;
  return { alerts: page.map(({ shown }) => shown), next };
}

/** @param asked undefined: by a text that is no alert's id @throws DeskRefusal UNKNOWN_ALERT */
export async function alertNamed(
  parts: Parts,
  organisation: Organisation,
  { asked, masked }: { asked: AskedAlert | undefined; masked: boolean },
): Promise<RaisedAlert> {
  const today = await todayOf(parts, organisation);
  const raised =
    asked === undefined ? undefined : await latestAlert(parts, organisation.id, { ...asked, today, masked });
  if (raised !== undefined) return raised;
  throw new DeskRefusal('UNKNOWN_ALERT', REFUSAL.nb.noAlert);
}
