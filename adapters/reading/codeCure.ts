import type { ReasonChoice } from '../../src/core/codelists/leaveReason.ts';
import { statusCodesOn } from '../../src/core/codelists/otStatus.ts';
import { nearestWishes } from '../../src/core/codelists/wishStatus.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import type { IsoDate } from '../../src/core/time/date.ts';

// What may be written in a field for a code. Few codes are listed with their names, many without: the text is read on a
// receipt, by a sender who has the code list at hand when it is long.

/** @param reasons those that hold on the date of the record. */
export function reasonCure({ nearest, all }: ReasonChoice): string {
  const most = nearest.map(({ code }) => code).join(', ');
  return CURE.nb.reasons(most, named(all));
}

export function wishCure(written: string): string {
  return CURE.nb.wishes(named(nearestWishes(written)));
}

function named(entries: readonly { code: string; text: string }[]): string {
  return entries.map(({ code, text }) => `${code} (${text})`).join(', ');
}

export function statusCure(on: IsoDate): string {
  return CURE.nb.statuses(statusCodesOn(on).join(', '));
}
