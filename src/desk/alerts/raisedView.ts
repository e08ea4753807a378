import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { gradeOn } from '../../core/protection/grade.ts';
import { type Share, shareFor } from '../../core/protection/share.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { type ProgressOf, progressIn } from '../../core/worklist/alertProgress.ts';
import { alertNow } from '../../core/worklist/alertState.ts';
import { caseOf, type YouthCase } from '../../core/worklist/youthCase.ts';
import type { Alert } from '../../core/youth/youthEvent.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import type { DeskParts } from '../parts.ts';
import { type AlertView, alertView } from './alertView.ts';

/** An alert that was raised about a youth at a moment, as it is now. */
export interface RaisedAlert {
  ref: string;
  recorded: string;
  alert: AlertView;
}

/** What has become of a youth under a reference, and what a list may show of where they belong. */
export interface Followed {
  now: { known: YouthCase } | 'unreadable' | 'gone';
  share: Share;
  /** Personal data are masked. */
  masked: boolean;
  progress: ProgressOf;
}

/** How alerts are shown. */
export interface Shown {
  /** By the organisation's clock. */
  today: IsoDate;
  /** Personal data are masked. */
  masked: boolean;
}

export function follow(
  { policyOf }: Pick<DeskParts, 'policyOf'>,
  org: OrgId,
  {
    ref,
    loaded,
    today,
    ...shown
  }: { ref: PersonRef; loaded: LoadedYouth | undefined; progress: ProgressOf } & Shown,
): Followed {
  const youth = loaded === undefined ? undefined : readable(loaded);
  // With protection unreadable: may be in hiding.
  const share = shareFor(youth === undefined ? 'STRENGT_FORTROLIG' : gradeOn(youth.facts, today));
  // Merged into another: its alerts were withdrawn, and the other's are its own.
  if (loaded === undefined || loaded.ref !== ref) return { now: 'gone', share, ...shown };
  if (youth === undefined) return { now: 'unreadable', share, ...shown };
  return { now: { known: caseOf(ref, youth, policyOf(org)) }, share, ...shown };
}

/** An alert that was raised at a moment, as it is now. Of a youth that cannot be read it is shown as it was raised. */
export function raisedView(
  raised: { ref: PersonRef; recorded: string; alert: Alert },
  { now, ...shown }: Followed,
): RaisedAlert {
  const { ref, recorded, alert } = raised;
  if (now === 'gone')
    return { ref, recorded, alert: alertView(ref, alert, { state: 'withdrawn', ...shown }) };
  if (now === 'unreadable')
    return { ref, recorded, alert: alertView(ref, alert, { state: 'open', ...shown }) };
  const standing = alertNow(now.known, alert);
  return { ref, recorded, alert: alertView(ref, standing.alert, { state: standing.state, ...shown }) };
}

/** The alert of a cause as it was raised last, and as it is now. */
export async function latestAlert(
  parts: Pick<DeskParts, 'queries' | 'policyOf'>,
  org: OrgId,
  { isCause, ref, ...shown }: { isCause(cause: string): boolean; ref: PersonRef } & Shown,
): Promise<RaisedAlert | undefined> {
  const records = await parts.queries.history(org, ref);
  for (const { recorded, events } of records.toReversed()) {
    const raised = events.findLast((event) => event.type === 'AlertRaised' && isCause(event.alert.id));
    if (raised?.type !== 'AlertRaised') continue;
    const loaded = await parts.queries.youth(org, ref);
    const progress = progressIn(await parts.queries.alertProgress(org, [ref]));
    const followed = follow(parts, org, { ref, loaded, progress, ...shown });
    return raisedView({ ref, recorded, alert: raised.alert }, followed);
  }
  return undefined;
}
