import type { FactOf } from '../../youthEvent.ts';

/** Another county's yes: from its date that county answers for the youth. */
export function isAccepted({ answer }: FactOf<'Handover'>): boolean {
  return answer === 'GODTATT';
}
