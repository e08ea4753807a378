import type { IsoDate } from '../core/time/date.ts';
import type { ConsentParty } from '../core/youth/statusEvent.ts';
import type { AlertKind } from '../core/youth/youthEvent.ts';
import { alertTitle } from './alertLines.ts';
import { PARTY_TITLES } from './consentLines.ts';
import type { RequestText } from './consentRequest.ts';
import { norwegianDate, norwegianNumber } from './norwegian.ts';

/** A worklist as shown: references, never a person. */
export interface ShownWorklist {
  title: string;
  text: string;
  date: IsoDate;
  rows: readonly {
    ref: string;
    schoolYear: string;
    owner: string;
    rule: string;
    reason: string | null;
    since: IsoDate;
    deadline: IsoDate | null;
    priority: 'HOY' | 'VANLIG';
    kind: AlertKind | null;
    proposed: readonly string[];
    attempts: Readonly<Record<string, number>>;
    untried: readonly string[];
    institution: string | null;
    ask: readonly { part: ConsentParty; sides: readonly { text: string }[]; text: string }[];
  }[];
  texts: readonly RequestText[];
  leftOut: number;
  unreadable: number;
  behind: boolean;
}

/** A heading, then three lines per row: what and when, why, and whom. */
export function worklistLines(list: ShownWorklist): string {
  const count = list.rows.length;
  return [
    `${list.title} per ${norwegianDate(list.date)}: ${norwegianNumber(count)} ${count === 1 ? 'rad' : 'rader'}`,
    list.text,
    ...list.rows.flatMap((row) => ['', ...lines(row)]),
    ...list.texts.flatMap(textLines),
    ...(list.leftOut > 0
      ? ['', `${list.leftOut} med strengt fortrolig adresse følges av navngitte rådgivere og står ikke her.`]
      : []),
    ...(list.unreadable > 0
      ? ['', `${list.unreadable} kan ikke leses og mangler i listen. Meld fra til driften.`]
      : []),
    ...(list.behind ? ['', 'Det kommer mange meldinger akkurat nå. De siste er ikke med ennå.'] : []),
  ].join('\n');
}

function lines(row: ShownWorklist['rows'][number]): string[] {
  const tried = Object.entries(row.attempts).map(([channel, times]) => `${channel} ${times}`);
  const [next] = row.untried;
  const head = [
    row.priority === 'HOY' ? 'HASTER' : 'VANLIG',
    ...(row.deadline === null ? [] : [`frist ${norwegianDate(row.deadline)}`]),
    ...(row.kind === null ? [] : [alertTitle(row.kind)]),
    ...(row.proposed.length === 0 ? [] : [`foreslår ${row.proposed.join(' eller ')}`]),
    ...(tried.length === 0 ? [] : [`forsøkt uten svar: ${tried.join(', ')}`]),
    ...(next === undefined ? [] : [`prøv ${next}`]),
    ...(row.institution === null ? [] : [`skole ${row.institution}`]),
    `skoleår ${row.schoolYear}`,
    `siden ${norwegianDate(row.since)}`,
    `ansvar ${row.owner}`,
  ];
  const asks = row.ask.map(
    ({ part, sides, text }) =>
      `  Spør ${PARTY_TITLES[part].toLowerCase()} (${text}): ${sides.map((side) => side.text).join(' ')}`,
  );
  return [
    head.join(' · '),
    `  Hvorfor: ${row.reason ?? 'se regelen.'} (${row.rule})`,
    ...asks,
    `  Ungdom ${row.ref}`,
  ];
}

function textLines({ id, nb, nn }: RequestText): string[] {
  return ['', `Tekst ${id}, bokmål:`, ...indented(nb), `Tekst ${id}, nynorsk:`, ...indented(nn)];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
