import { hiddenAddress } from '../rules/protection.ts';
import type { Youth } from '../youth/youth.ts';
import type { YouthEvent } from '../youth/youthEvent.ts';
import { gradeAt } from './grade.ts';

/** Null when the address is protected as it was. A youth about whom nothing has been published needs no message of it. */
export function protectionChange(before: Youth, after: Pick<Youth, 'facts' | 'asOf'>): YouthEvent | null {
  if (before.asOf === null || after.asOf === null) return null;
  const from = gradeAt(before.facts, before.asOf);
  const to = gradeAt(after.facts, after.asOf);
  return from === to ? null : { type: 'ProtectionChanged', from, to, rule: hiddenAddress.id };
}
