import { type Ledger, ledgerOf } from '../derive/facts/ledger.ts';
import { filesOf, type RegistrationFile } from '../derive/registration/file.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import { gradeOn } from '../protection/grade.ts';
import { hiddenAddress } from '../rules/protection.ts';
import type { IsoDate } from '../time/date.ts';
import { evidenceKey, type Registration, sameKey, type Youth } from '../youth/youth.ts';
import type { Alert, Fact, RegistrationKey } from '../youth/youthEvent.ts';

/** A stored youth, opened for making a list. */
export interface YouthCase {
  ref: PersonRef;
  youth: Youth;
  ledger: Ledger;
  files: readonly RegistrationFile[];
}

export function caseOf(ref: PersonRef, youth: Youth, policy: Policy): YouthCase {
  const ledger = ledgerOf(youth.facts);
  return { ref, youth, ledger, files: filesOf(ledger, policy) };
}

export function registrationOf(known: YouthCase, key: RegistrationKey): Registration | undefined {
  return known.youth.registrations.find((registration) => sameKey(registration, key));
}

export function alertsOf(known: YouthCase, key: RegistrationKey): readonly Alert[] {
  return known.youth.alerts.filter((alert) => sameKey(alert, key));
}

/** Their address, school and OT unit are in no list: named advisers follow them (D01). */
export function isHidden({ youth }: YouthCase, today: IsoDate): boolean {
  return hiddenAddress.applies({ grade: gradeOn(youth.facts, today) });
}

/** Under the names the history gives the facts. */
export function evidenceOf(facts: readonly (Fact | null)[]): string[] {
  return [...new Set(facts.flatMap((fact) => (fact === null ? [] : [evidenceKey(fact)])))].sort();
}
