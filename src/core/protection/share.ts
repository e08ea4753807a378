import { hiddenAddress } from '../rules/protection.ts';
import type { ProtectionGrade } from '../youth/statusEvent.ts';

/** What may be shared of where a youth belongs: the grade, and whether it hides the place. */
export interface Share {
  grade: ProtectionGrade;
  hidden: boolean;
}

export function shareFor(grade: ProtectionGrade): Share {
  return { grade, hidden: hiddenAddress.applies({ grade }) };
}

/** A county, an OT unit, an office: null when it would reveal where a youth in hiding is. */
export function placeIn({ hidden }: Share, place: string | null): string | null {
  return hidden ? null : place;
}
