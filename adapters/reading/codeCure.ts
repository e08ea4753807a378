import type { LeaveReason } from '../../src/core/codelists/leaveReason.ts';
import { statusCodesOn } from '../../src/core/codelists/otStatus.ts';
import { WISH_CODES } from '../../src/core/codelists/wishStatus.ts';
import type { IsoDate } from '../../src/core/time/date.ts';

// What may be written in a field for a code. Few codes are listed with their names, many without: the text is read on a
// receipt, by a sender who has the code list at hand when it is long.

/** @param reasons those that hold on the date of the record. */
export function reasonCure(reasons: readonly LeaveReason[]): string {
  const named = reasons.map(({ code, text }) => `${code} (${text})`);
  return `Bruk en av disse, koden eller navnet: ${named.join(', ')}.`;
}

export function wishCure(): string {
  return `Bruk en av VIGOs ønskestatuser: ${WISH_CODES.join(', ')}.`;
}

export function statusCure(on: IsoDate): string {
  return `Bruk en av kodene som gjelder på datoen: ${statusCodesOn(on).join(', ')}.`;
}
