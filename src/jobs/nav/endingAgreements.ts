import { endingAgreement } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import { momentOf } from './extract.ts';

/** Raises an alert 60 and 14 days before the agreement with NAV ends, once each. */
export async function warnOfEndingAgreements(
  parts: Parameters<typeof momentOf>[0] & {
    nav: Pick<NavRecords, 'agreements' | 'noteAgreementWarning'>;
    alarm: RaiseAlarm;
  },
  orgs: readonly OrgId[],
): Promise<void> {
  for (const org of orgs) {
    const ending = endingAgreement(await parts.nav.agreements(org), await momentOf(parts, org));
    if (ending === null) continue;
    const { agreement, last, step } = ending;
    if (!(await parts.nav.noteAgreementWarning(agreement.id, step))) continue;
    parts.alarm('AGREEMENT_ENDS', { org, detail: agreement.id, count: step, since: last });
  }
}
