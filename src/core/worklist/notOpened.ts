import { LISTED } from '../sentences/worklists.ts';
import { WORKLIST } from '../sentences/worklistTitles.ts';
import { daysAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import { evidenceKey } from '../youth/youth.ts';
import type { Alert } from '../youth/youthEvent.ts';
import { standingState } from './alertState.ts';
import { rowOfAlert } from './row.ts';
import type { Worklist } from './worklist.ts';
import type { YouthCase } from './youthCase.ts';

/** So long an alert waits before it is in the list. */
const DAYS = 3;

/** Alerts that no receiver has opened. */
export const notOpened: Worklist = {
  id: 'not-opened',
  title: WORKLIST.nb.notOpenedList,
  text: WORKLIST.nb.notOpenedListText,
  rows(known, { today, progress }) {
    const latest = daysAfter(today, -DAYS);
    return known.youth.alerts.flatMap((alert) => {
      const { delivered, opened } = progress(known.ref, alert.id);
      const since = raisedOn(known, alert, today);
      if (opened !== null || since === null || since > latest) return [];
      if (standingState(known, alert) !== 'open') return [];
      const reason = delivered === null ? LISTED.nb.notDelivered : LISTED.nb.notOpened(osloDate(delivered));
      return [{ ...rowOfAlert(known, alert), since, reason }];
    });
  },
  turns: ({ youth: { alerts, facts } }) =>
    alerts.length === 0
      ? []
      : [
          ...alerts.flatMap(({ effective }) => [effective, daysAfter(effective, DAYS)]),
          ...facts.map(({ firstReceivedOn }) => daysAfter(firstReceivedOn, DAYS)),
        ],
};

/** The day on which all that the alert rests on had come in, or the day it is about when only time raised it. Null: not
 *  known before that day. */
function raisedOn({ youth }: YouthCase, alert: Alert, today: IsoDate): IsoDate | null {
  let latest = alert.effective <= today ? alert.effective : null;
  for (const fact of youth.facts) {
    if (latest !== null && fact.firstReceivedOn <= latest) continue;
    if (alert.evidence.includes(evidenceKey(fact))) latest = fact.firstReceivedOn;
  }
  return latest;
}
