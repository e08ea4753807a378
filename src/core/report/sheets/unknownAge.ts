import { daysBetween } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import { DAYS_COLUMNS, daysCells } from '../daysTable.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { followsOf, viewOf } from '../view.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

/** Days a case has lasted: to the deadlines for contact and guidance (R42), two months, half a year. Both ends counted in. */
const BANDS = [
  { name: 'band1', from: 0, to: 7, title: 'Inntil 1 uke' },
  { name: 'band2', from: 8, to: 21, title: 'Over 1 uke, inntil 3 uker' },
  { name: 'band3', from: 22, to: 60, title: 'Over 3 uker, inntil 60 dager' },
  { name: 'band4', from: 61, to: 180, title: '61 til 180 dager' },
  { name: 'band5', from: 181, to: Number.POSITIVE_INFINITY, title: 'Mer enn 180 dager' },
] as const;

/** How long those with OTUK have had it: days from the tilmelding was known to OT until the day of the report. */
export function unknownAgeSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const { counted } = viewOf(lines, viewScope(order, 'UDIR'));
  const waits = counted
    .filter(({ registration }) => registration.status.code === 'OTUK')
    .map(({ line }) => ({ line, days: ageOf(line, order) }));
  const bandOf = (days: number) => BANDS.find(({ to }) => days <= to)?.name ?? 'band5';
  const figures = tally(
    waits,
    ({ days }) => ['alle', bandOf(days)],
    ({ line }) => livesHidden(line, order.shownOn),
    ['alle', ...BANDS.map(({ name }) => name)],
  );
  const row = (title: string, figure: string, days: readonly number[]) => ({
    cells: [{ text: title }, { figure }, ...daysCells(figure, days)],
  });
  return {
    name: 'unknown-age',
    title: 'Ukjent aktivitet (OTUK) etter hvor lenge saken har vart',
    scope: sheetScope(order, lines),
    follows: [
      ...followsOf(viewScope(order, 'UDIR')),
      'Saken regnes fra dagen OT fikk vite om tilmeldingen. Bare de som har OTUK på dagen, er med.',
    ],
    figures: { figures, sums: [{ total: 'alle', parts: BANDS.map(({ name }) => name) }] },
    tables: [
      {
        name: 'alder',
        title: 'OTUK etter sakens alder',
        columns: [
          { name: 'alder', title: 'Sakens alder', kind: 'text' },
          { name: 'antall', title: 'Antall', kind: 'number' },
          ...DAYS_COLUMNS,
        ],
        rows: [
          ...BANDS.map(({ name, title }) =>
            row(
              title,
              name,
              waits.filter(({ days }) => bandOf(days) === name).map(({ days }) => days),
            ),
          ),
          {
            ...row(
              'Alle',
              'alle',
              waits.map(({ days }) => days),
            ),
            sum: true as const,
          },
        ],
        personal: false,
      },
    ],
  };
}

/** 0 for one that became known on the day, or is known ahead of it. */
function ageOf({ changes }: Line, { on, cutoff }: SheetOrder): number {
  const opened = changes.find(({ open, recorded }) => open && recorded <= cutoff);
  return opened === undefined ? 0 : Math.max(0, daysBetween(osloDate(opened.recorded), on));
}
