import type { IsoDate } from '../date.ts';
import { filesOf, type RegistrationFile } from '../derive/file.ts';
import { type Ledger, ledgerOf } from '../derive/ledger.ts';
import { digest } from '../digest.ts';
import type { Policy } from '../policy.ts';
import { gradeOn } from '../protection/grade.ts';
import { hiddenAddress } from '../rules/protection.ts';
import { firstDayOf } from '../schoolYear.ts';
import { factKey, type Registration, type Youth } from '../youth.ts';
import type { Alert, Fact, RegistrationKey } from '../youthEvent.ts';

/** A stored youth, opened for somebody who makes a list. */
export interface YouthCase {
  ref: string;
  youth: Youth;
  ledger: Ledger;
  files: readonly RegistrationFile[];
}

export function caseOf(ref: string, youth: Youth, policy: Policy): YouthCase {
  const ledger = ledgerOf(youth.facts);
  return { ref, youth, ledger, files: filesOf(ledger, policy) };
}

export function fileOf(known: YouthCase, key: RegistrationKey): RegistrationFile | undefined {
  return known.files.find((file) => sameKey(file, key));
}

export function registrationOf(known: YouthCase, key: RegistrationKey): Registration | undefined {
  return known.youth.registrations.find((registration) => sameKey(registration, key));
}

export function alertsOf(known: YouthCase, key: RegistrationKey): readonly Alert[] {
  return known.youth.alerts.filter((alert) => sameKey(alert, key));
}

/** From this day on contact is contact about the registration: last year's is not (Q13), but next year's may have been
 *  opened and talked about in spring. */
export function contactCountsFrom(file: RegistrationFile): IsoDate {
  let from = firstDayOf(file.schoolYear);
  for (const { effective } of file.standing) if (effective < from) from = effective;
  return from;
}

/** Has OT reached the youth about this registration (R02)? */
export function isReached(file: RegistrationFile): boolean {
  const from = contactCountsFrom(file);
  return file.contacts.some(({ on }) => on >= from);
}

/** Their address, school and OT unit stand in no list: named advisers follow them (D01). */
export function isHidden({ youth }: YouthCase, today: IsoDate): boolean {
  return hiddenAddress.applies({ grade: gradeOn(youth.facts, today) });
}

/** As in the history: digests, because a source's own ids may hold a person. */
export function evidenceOf(facts: readonly (Fact | null)[]): string[] {
  const keys = facts.flatMap((fact) => (fact === null ? [] : [digest(factKey(fact))]));
  return [...new Set(keys)].sort();
}

function sameKey(one: RegistrationKey, other: RegistrationKey): boolean {
  return one.schoolYear === other.schoolYear && one.county === other.county;
}
