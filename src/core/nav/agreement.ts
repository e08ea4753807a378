import type { OrganisationNumber } from '../access/principal.ts';
import type { OrgId } from '../organisation.ts';
import { dayNumber, daysAfter } from '../time/calendar.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';

/** What an agreement is about. */
export const PURPOSES = ['NAV_UTVEKSLING'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the exchange rests on between two parties, and for how long. Never changed but to be revoked. */
export interface Agreement {
  id: string;
  org: OrgId;
  /** Whom it is made with. */
  party: OrganisationNumber;
  purpose: Purpose;
  legalBasis: string;
  /** First and last day, in Oslo. */
  from: IsoDate;
  to: IsoDate;
  /** In the county's archive. */
  reference: string;
  registeredBy: string;
  reason: string;
  revoked: { at: IsoInstant; by: string; reason: string } | null;
}

/** What decides whether an agreement holds. */
export type AgreementTerm = Pick<Agreement, 'from' | 'to' | 'revoked'>;

export function isInForce({ from, to, revoked }: AgreementTerm, at: IsoInstant): boolean {
  const date = osloDate(at);
  return from <= date && date <= to && (revoked === null || at < revoked.at);
}

/** The agreement that holds at the moment; of several the one that lasts longest. */
export function agreementAt<Term extends AgreementTerm>(
  agreements: readonly Term[],
  at: IsoInstant,
): Term | null {
  let found: Term | null = null;
  for (const agreement of agreements)
    if (isInForce(agreement, at) && (found === null || agreement.to > found.to)) found = agreement;
  return found;
}

/** Days before the end on which the county is warned. */
export const WARNING_DAYS = [60, 14] as const;
export type WarningDays = (typeof WARNING_DAYS)[number];

export interface EndingAgreement<Term> {
  agreement: Term;
  /** The last day that an agreement covers. */
  last: IsoDate;
  step: WarningDays;
}

/** The warning that is due: the agreement in force ends within so many days, and none follows it without a gap. */
export function endingAgreement<Term extends AgreementTerm>(
  agreements: readonly Term[],
  at: IsoInstant,
): EndingAgreement<Term> | null {
  let last = agreementAt(agreements, at);
  if (last === null) return null;
  for (let next: Term | null = last; next !== null; ) {
    last = next;
    next = following(agreements, last);
  }
  const left = dayNumber(last.to) - dayNumber(osloDate(at));
  const step = WARNING_DAYS.findLast((days) => left <= days);
  return step === undefined ? null : { agreement: last, last: last.to, step };
}

function following<Term extends AgreementTerm>(agreements: readonly Term[], last: Term): Term | null {
  const dayAfter = daysAfter(last.to, 1);
  return (
    agreements.find(({ from, to, revoked }) => revoked === null && from <= dayAfter && to > last.to) ?? null
  );
}
