import type { IsoDate } from '../core/time/date.ts';
import { norwegianDate, norwegianNumber } from './norwegian.ts';

/** A letter's recipients as shown: references and reasons, never a person. */
export interface ShownMailing {
  id: string;
  title: string;
  channel: string;
  schoolYear: string;
  from: IsoDate;
  to: IsoDate;
  weekLabel: string;
  triggers: readonly { ref: string; recipient: string; owner: string }[];
  suppressed: readonly {
    ref: string;
    recipient: string | null;
    holds: readonly { code: string; reason: string }[];
  }[];
  unreadable: number;
}

export function letterLines(mailing: ShownMailing): string {
  const { id, title, schoolYear, from, to, weekLabel, triggers, suppressed, unreadable } = mailing;
  const receivers = tally(triggers.map(({ recipient }) => recipient));
  const reasons = tally(suppressed.flatMap(({ holds }) => holds.map(({ code }) => code)));
  return [
    `${title} (${id}) for skoleåret ${schoolYear.replace('-', '–')}`,
    `Sendes ${norwegianDate(from)}–${norwegianDate(to)} (${weekLabel}). Broen sender ingen brev selv.`,
    `Skal ha det: ${norwegianNumber(triggers.length)}${inBrackets(receivers)}`,
    `Skal ikke ha det: ${norwegianNumber(suppressed.length)}${inBrackets(reasons)}`,
    ...(unreadable > 0 ? [`${unreadable} kan ikke leses og mangler her. Meld fra til driften.`] : []),
    ...triggers.map(({ ref, recipient, owner }) => `  SEND ${ref} · ${recipient} · ansvar ${owner}`),
    ...suppressed.map(({ ref, recipient, holds }) => {
      const whom = recipient === null ? '' : ` · ${recipient}`;
      return `  HOLD ${ref}${whom} · ${holds.map(({ reason }) => reason).join(' ')}`;
    }),
  ].join('\n');
}

function tally(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort().map(([name, count]) => `${name} ${norwegianNumber(count)}`);
}

function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
