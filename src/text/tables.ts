import type { Report } from '../core/report/report.ts';
import { TILMELDINGSKODER } from '../core/report/stock.ts';
import type { IsoDate } from '../core/time/date.ts';
import { norwegianDate, norwegianNumber } from './norwegian.ts';

// Tables 1 and 2 of the annual report as aligned text, next to the published figures.

/** A figure per reference date. */
export interface PublishedFigures {
  source: string;
  referenceDates: readonly IsoDate[];
  tilmelding: Readonly<Record<string, readonly number[]>>;
  groups: Readonly<Record<string, readonly number[]>>;
  targetGroup: readonly number[];
  total: readonly number[];
  everOtov: number;
}

interface Line {
  label: string;
  built(report: Report): number;
  published: readonly number[] | undefined;
  sum?: true;
}

const TILMELDING_LABELS = {
  IKKE_SOKT: 'Ikke søkt opplæring',
  TAKKET_NEI: 'Takket nei til opplæring',
  AVBRUTT: 'Avbrutt fra vdg opplæring',
  ANDRE_GRUNNER: 'Andre grunner',
};
const GROUP_LABELS: Readonly<Record<string, string>> = {
  '1': '1 Ukjent',
  '2': '2 Under oppf./veil.',
  '3': '3 I aktivitet',
  '4': '4 Avklart',
  '5': '5 Utenfor målgruppen',
};
const LABEL_WIDTH = 27;
// 78 columns in all: fits a terminal of the default width.
const COLUMN_WIDTH = 17;

/** @param reports one per date of `dates`, in order; undefined where none is built. */
export function printTables(
  dates: readonly IsoDate[],
  reports: readonly (Report | undefined)[],
  published: PublishedFigures | null,
): string {
  const groups = (digits: readonly string[]): Line[] =>
    digits.map((digit) => ({
      label: GROUP_LABELS[digit] ?? digit,
      built: (report) => report.groups[digit] ?? 0,
      published: published?.groups[digit],
    }));
  const sumLine = (label: string, built: Line['built'], figures: readonly number[] | undefined): Line => ({
    label,
    built,
    published: figures,
    sum: true,
  });
  const first: Line[] = TILMELDINGSKODER.map((kode) => ({
    label: TILMELDING_LABELS[kode],
    built: (report) => report.tilmelding[kode],
    published: published?.tilmelding[kode],
  }));
  if (reports.some((report) => report !== undefined && report.tilmeldingUnknown > 0)) {
    first.push({ label: 'Ikke oppgitt', built: (report) => report.tilmeldingUnknown, published: undefined });
  }
  const second = [
    ...groups(['1', '2', '3', '4']),
    sumLine('I målgruppen', (report) => report.targetGroup, published?.targetGroup),
    ...groups(['5']),
    sumLine('Totalt', (report) => report.total, published?.total),
  ];
  const print = (title: string, lines: readonly Line[]): string[] => table(title, dates, reports, lines);
  return [
    ...print('Tabell 1. Tilmeldte etter tilmeldingskode', [
      ...first,
      sumLine('Tilmeldte til sammen', (report) => report.total, published?.total),
    ]),
    '',
    ...print('Tabell 2. Tilmeldte etter hovedgruppe', second),
    '',
    ...flow(reports.at(-1), published),
    ...(published === null
      ? []
      : [
          '',
          `I parentes: publisert tall. ${verdict(dates, reports, [...first, ...second])}`,
          `Kilde: ${published.source}`,
        ]),
  ].join('\n');
}

function table(
  title: string,
  dates: readonly IsoDate[],
  reports: readonly (Report | undefined)[],
  lines: readonly Line[],
): string[] {
  const rule = '─'.repeat(LABEL_WIDTH + COLUMN_WIDTH * dates.length);
  const head =
    ''.padEnd(LABEL_WIDTH) + dates.map((date) => norwegianDate(date).padStart(COLUMN_WIDTH)).join('');
  return [
    title,
    head,
    rule,
    ...lines.flatMap((line) => {
      const cells = dates.map((_, at) => cell(reports[at], line, at).padStart(COLUMN_WIDTH));
      const row = line.label.padEnd(LABEL_WIDTH) + cells.join('');
      return line.sum ? [row, rule] : [row];
    }),
  ];
}

function cell(report: Report | undefined, line: Line, at: number): string {
  const published = line.published?.[at];
  const suffix = published === undefined ? '' : ` (${norwegianNumber(published)})`.padStart(8);
  if (report === undefined) return `mangler${suffix}`;
  const built = line.built(report);
  return `${published !== undefined && published !== built ? '≠ ' : ''}${norwegianNumber(built)}${suffix}`;
}

function flow(last: Report | undefined, published: PublishedFigures | null): string[] {
  if (last === undefined) return [];
  const suffix = published === null ? '' : ` (${norwegianNumber(published.everOtov)})`;
  const year = last.schoolYear.replace('-', '–');
  return [
    `Har hatt OTOV minst én gang i skoleåret ${year}: ${norwegianNumber(last.everHad.OTOV ?? 0)}${suffix}`,
  ];
}

function verdict(
  dates: readonly IsoDate[],
  reports: readonly (Report | undefined)[],
  lines: readonly Line[],
): string {
  let differing = 0;
  let missing = 0;
  for (const line of lines) {
    for (const [at] of dates.entries()) {
      const report = reports[at];
      if (report === undefined) missing += 1;
      else if (line.published?.[at] !== undefined && line.built(report) !== line.published[at])
        differing += 1;
    }
  }
  if (differing > 0) return `${norwegianNumber(differing)} tall er ulike (merket ≠).`;
  return missing > 0 ? 'Ikke alle rapportene er bygget ennå.' : 'Alle tall er like.';
}
