import type { IsoDate } from '../core/time/date.ts';
import { norwegianDate } from './norwegian.ts';

/** The yearly wheel as shown. */
export interface ShownWheel {
  schoolYear: string;
  dates: readonly {
    id: string;
    what: string;
    who: string;
    from: IsoDate;
    to: IsoDate;
    weekLabel: string;
    documentWeek: string | null;
    deadline: IsoDate | null;
    reference: { date: IsoDate; weekLabel: string; reportRun: IsoDate } | null;
    alsoBy: { what: string; date: IsoDate } | null;
    worklist: string | null;
    letter: string | null;
    moved: boolean;
  }[];
}

/** Two lines per date: when and what, then by whom and with what. */
export function wheelLines({ schoolYear, dates }: ShownWheel): string {
  return [`Årshjulet ${schoolYear.replace('-', '–')}`, '', ...dates.flatMap(lines)].join('\n');
}

function lines(date: ShownWheel['dates'][number]): string[] {
  const { id, what, from, to, weekLabel, reference, alsoBy } = date;
  const details = [
    date.who,
    ...(date.deadline === null ? [] : [`frist ${norwegianDate(date.deadline)}`]),
    ...(alsoBy === null ? [] : [`${alsoBy.what.toLowerCase()} innen ${norwegianDate(alsoBy.date)}`]),
    ...(reference === null
      ? []
      : [
          `per ${norwegianDate(reference.date)} (${reference.weekLabel})`,
          `rapporten kjøres ${norwegianDate(reference.reportRun)}`,
        ]),
    ...(date.documentWeek === null ? [] : [`uke ${date.documentWeek} i årshjulet`]),
    ...(date.worklist === null ? [] : [`arbeidsliste ${date.worklist}`]),
    ...(date.letter === null ? [] : [`brev ${date.letter}`]),
    ...(date.moved ? ['egne datoer'] : []),
  ];
  const days = from === to ? norwegianDate(from) : `${norwegianDate(from)}–${norwegianDate(to)}`;
  return [`${id} ${days} (${weekLabel}) ${what}`, `    ${details.join(' · ')}`];
}
