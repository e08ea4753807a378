import { groupsOf, listOn, statusIn } from '../../codelists/otStatus.ts';
import { daysAfter } from '../../time/calendar.ts';
import type { IsoDate } from '../../time/date.ts';
import { firstDayAfter, firstDayOf } from '../../time/schoolYear.ts';
import type { Figure, Sum } from '../figures.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import { cutoffOf } from '../report.ts';
import type { CellOf, Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { followsOf, viewOf } from '../view.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

export const STEPS = ['maaned', 'uke'] as const;
export type Step = (typeof STEPS)[number];

const KINDS = ['alle', 'malgruppe', 'utenfor', 'OTUK', 'andreIMalgruppen'] as const;

/** How many had OTUK, and were in each main group, at the end of each month or week of the school year; each day counted as
 *  it was known that day. */
export function seriesSheet(lines: readonly Line[], order: SheetOrder, step: Step): Sheet {
  const days = daysOf(order, step);
  const figures = new Map<string, Figure>();
  const sums: Sum[] = [];
  const list = listOn(order.on);
  const groups = groupsOf(list);
  const unknown = statusIn(list, 'OTUK')?.group ?? 0;
  for (const day of days) {
    const { counted } = viewOf(lines, {
      ...viewScope(order, 'UDIR'),
      on: day,
      cutoff: endOfDay(day),
    });
    const name = (kind: string) => `${day}.${kind}`;
    const found = tally(
      counted,
      ({ registration: { status } }) =>
        (status.targetGroup
          ? ['alle', 'malgruppe', status.code === 'OTUK' ? 'OTUK' : 'andreIMalgruppen']
          : ['alle', 'utenfor']
        ).map(name),
      ({ line }) => livesHidden(line, order.shownOn),
      KINDS.map(name),
    );
    for (const [key, figure] of found) figures.set(key, figure);
    // The digits of groups mean something in their own list alone.
    if (counted.every(({ registration: { status } }) => status.list === list)) {
      const inGroups = tally(
        counted,
        ({ registration: { status } }) => [name(groupName(status.group))],
        ({ line }) => livesHidden(line, order.shownOn),
        groups.map(({ group }) => name(groupName(group))),
      );
      for (const [key, figure] of inGroups) figures.set(key, figure);
      // What is hidden of a side may not be counted out from its groups.
      for (const [side, inTarget] of [
        ['malgruppe', true],
        ['utenfor', false],
      ] as const) {
        const own = groups.filter(({ targetGroup }) => targetGroup === inTarget);
        sums.push({ total: name(side), parts: own.map(({ group }) => name(groupName(group))) });
      }
      sums.push({ total: name(groupName(unknown)), parts: [name('OTUK')] });
    }
    sums.push({ total: name('alle'), parts: [name('malgruppe'), name('utenfor')] });
    sums.push({ total: name('malgruppe'), parts: [name('OTUK'), name('andreIMalgruppen')] });
  }
  return {
    name: 'series',
    title: step === 'uke' ? 'Status uke for uke' : 'Status måned for måned',
    scope: sheetScope(order, lines),
    follows: [
      ...followsOf(viewScope(order, 'UDIR')),
      'Hver dag er talt slik den var kjent ved dagens slutt.',
    ],
    figures: { figures, sums },
    tables: [
      {
        name: 'tidsserie',
        title: 'Ved utgangen av dagen',
        columns: [
          { name: 'dato', title: 'Dato', kind: 'text' },
          { name: 'otuk', title: 'OTUK', kind: 'number' },
          { name: 'malgruppe', title: 'I målgruppen', kind: 'number' },
          { name: 'tilmeldt', title: 'Tilmeldt', kind: 'number' },
        ],
        rows: days.map((day) => ({
          cells: [
            { text: day },
            { figure: `${day}.OTUK` },
            { figure: `${day}.malgruppe` },
            { figure: `${day}.alle` },
          ],
        })),
        personal: false,
      },
      {
        name: 'hovedgrupper',
        title: 'Etter hovedgruppe ved utgangen av dagen',
        columns: [
          { name: 'dato', title: 'Dato', kind: 'text' },
          ...groups.map(({ group, text }) => ({
            name: groupName(group),
            title: `${group} ${text}`,
            kind: 'number' as const,
          })),
        ],
        rows: days.map((day) => ({
          cells: [
            { text: day },
            ...groups.map(({ group }): CellOf => {
              const figure = `${day}.${groupName(group)}`;
              return figures.has(figure) ? { figure } : { text: null };
            }),
          ],
        })),
        personal: false,
      },
    ],
  };
}

const groupName = (group: number) => `gruppe${group}`;

/** The last day of each month, or each Sunday, of the school year, as far as the cut-off reaches. */
function daysOf({ schoolYear, cutoff }: SheetOrder, step: Step): IsoDate[] {
  const first = firstDayOf(schoolYear);
  const days: IsoDate[] = [];
  for (let day = first; day < firstDayAfter(schoolYear); day = daysAfter(day, 1)) {
    const ends = step === 'maaned' ? daysAfter(day, 1).endsWith('-01') : isSunday(day);
    if (ends && endOfDay(day) <= cutoff) days.push(day);
  }
  return days;
}

function isSunday(day: IsoDate): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek === 7;
}

function endOfDay(day: IsoDate): string {
  return cutoffOf(day, { reportDaysBefore: 0 });
}
