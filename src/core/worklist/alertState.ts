import { isDone } from '../derive/time/deadline.ts';
import { schoolYearOf } from '../time/schoolYear.ts';
import { evidenceKey } from '../youth/youth.ts';
import type { Alert, Deadline } from '../youth/youthEvent.ts';
import type { YouthCase } from './youthCase.ts';

/** open: needs action. met: what it asks for is done; it is kept for as long as its cause is. withdrawn: its cause was
 *  taken back, or the question has been answered. */
export const ALERT_STATES = ['open', 'met', 'withdrawn'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert that was raised once, as it is now. */
export function alertNow(known: YouthCase, raised: Alert): { alert: Alert; state: AlertState } {
  const alert = known.youth.alerts.find(({ id }) => id === raised.id);
  if (alert === undefined) return { alert: raised, state: 'withdrawn' };
  return { alert, state: standingState(known, alert) };
}

/** Of an alert that is not withdrawn. */
export function standingState(known: YouthCase, alert: Alert): Exclude<AlertState, 'withdrawn'> {
  if (alert.deadlines.length > 0) return unmetDeadlines(known, alert).length > 0 ? 'open' : 'met';
  // No document sets a deadline for every tilmelding, and every one asks for contact.
  return alert.kind === 'NY_TILMELDING' && isMet(known, alert, 'KONTAKT') ? 'met' : 'open';
}

/** Deadlines not met yet. */
export function unmetDeadlines(known: YouthCase, alert: Alert): readonly Deadline[] {
  return alert.deadlines.filter(({ what }) => !isMet(known, alert, what));
}

function isMet(known: YouthCase, alert: Alert, what: Deadline['what']): boolean {
  switch (what) {
    case 'KONTAKT':
    case 'VEILEDNINGSTIME':
      return known.files.some(
        (file) => file.schoolYear === alert.schoolYear && file.county === alert.county && isDone(file, what),
      );
    case 'AVKLARINGSSAMTALE':
    case 'AVKLARINGSMOTE':
      return hasMet(known, alert);
    case 'OPPFOLGING':
      // Contact ends that alert itself.
      return false;
  }
}

/** No source reports that a meeting was held; the status the adviser came to shows it. A telephone call is no meeting. */
function hasMet({ ledger, files }: YouthCase, alert: Alert): boolean {
  const told = [...ledger.AtRisk, ...ledger.WithoutPlans].filter((fact) =>
    alert.evidence.includes(evidenceKey(fact)),
  );
  return told.some((fact) =>
    files.some(({ schoolYear, county, statuses }) => {
      if (county !== fact.county) return false;
      if (schoolYear !== alert.schoolYear && schoolYear !== schoolYearOf(fact.effective)) return false;
      return [...statuses.counted, ...statuses.before].some(
        ({ firstReceived }) => firstReceived > fact.firstReceived,
      );
    }),
  );
}
