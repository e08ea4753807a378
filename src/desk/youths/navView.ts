import { arenaCode } from '../../core/codelists/navMeasure.ts';
import { mayUse } from '../../core/nav/mayAsk.ts';
import { mayKeepRegister, type RegisterQuestion } from '../../core/nav/registers.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { NAV_REGISTERS, type NavRegister } from '../../core/youth/statusEvent.ts';
import type { Youth } from '../../core/youth/youth.ts';

/** What one of NAV's registers says of a youth. */
export interface NavView {
  register: NavRegister;
  /** NAV's status of a measure, also one this program does not know; in the others AKTIV. */
  status: string;
  /** An unknown one as it came. */
  tiltakskode: string | null;
  /** Null also for a measure that Arena does not have. */
  arenakode: string | null;
  fra: string;
  /** Last day. */
  til: string | null;
  kontor: string | null;
}

/** The NAV office that answered that it knows the youth, while an alert says so and it may be shown at this moment. Kept
 *  out of the alert itself, which stays in the history when a consent is withdrawn. */
export function navOffice(youth: Youth, question: RegisterQuestion): string | null {
  if (!mayUse(youth, question).may) return null;
  return youth.alerts.find(({ kind }) => kind === 'KJENT_HOS_NAV')?.office ?? null;
}

/** Empty unless it may be shown at this moment: asked each time, for consent and agreement can be gone since. What NAV has
 *  taken back is left out. */
export function navView(youth: Youth, question: RegisterQuestion): NavView[] {
  const shown = NAV_REGISTERS.filter((register) => mayKeepRegister(youth, register, question));
  return youth.facts.flatMap((fact) => {
    if (fact.kind !== 'NavRegister' || fact.state === null || fact.state === 'SLETTET') return [];
    if (!shown.includes(fact.about)) return [];
    const { about: register, state: status, measure: tiltakskode, effective: fra, to, office: kontor } = fact;
    const arenakode = tiltakskode === null ? null : arenaCode(tiltakskode);
    const til = to === null ? null : daysAfter(to, -1);
    return [{ register, status, tiltakskode, arenakode, fra, til, kontor }];
  });
}
