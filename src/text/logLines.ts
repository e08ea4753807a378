import type { LogFinding, LogWeekState } from '../core/audit/logControl.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import { norwegianDate } from './norwegian.ts';

interface ShownWeek {
  week: IsoDate;
  state: LogWeekState;
  signBy: IsoDate;
  control: { signed: IsoInstant; by: string; found: LogFinding; note: string | null } | null;
}

const FOUND: Record<LogFinding, string> = { INGEN_AVVIK: 'ingen avvik', AVVIK: 'avvik' };

export function logWeekLine({ week, state, signBy, control }: ShownWeek): string {
  const name = `Uken fra ${norwegianDate(week)}`;
  if (control !== null) {
    const note = control.note === null ? '' : ` ${control.note}`;
    return `${name}: signert ${control.signed} av ${control.by}, ${FOUND[control.found]}.${note}`;
  }
  if (state === 'running') return `${name}: ikke over.`;
  return state === 'overdue'
    ? `${name}: IKKE SIGNERT. Fristen var ${norwegianDate(signBy)}.`
    : `${name}: skal signeres innen ${norwegianDate(signBy)}.`;
}

interface ShownUse extends ShownWeek {
  callers: number;
  lines: number;
  uses: readonly {
    who: string;
    capacity: string | null;
    lines: number;
    shown: number;
    identified: number;
    outside: number;
    refused: number;
  }[];
}

export function logUseLines(use: ShownUse): string {
  return [
    logWeekLine(use),
    `${use.lines} linjer fra ${use.callers} som har brukt tjenesten. De som har fått vist mest, først:`,
    ...use.uses.map(
      ({ who, capacity, lines, shown, identified, outside, refused }) =>
        `  ${who}${capacity === null ? '' : ` (${capacity})`}: linjer ${lines}, vist ${shown}, med navn ${identified}, utenom kontortid ${outside}, avvist ${refused}`,
    ),
  ].join('\n');
}

interface ShownLine {
  at: IsoInstant;
  who: string;
  capacity: string | null;
  operation: string;
  purpose: string | null;
  outcome: string;
  youths: number;
}

/** A line each, newest first. */
export function logLinesText(lines: readonly ShownLine[]): string {
  if (lines.length === 0) return 'Ingen linjer.';
  return lines
    .map(({ at, who, capacity, operation, purpose, outcome, youths }) =>
      [
        `${at} ${who}${capacity === null ? '' : ` (${capacity})`}`,
        ...[operation, ...(purpose === null ? [] : [`formål ${purpose}`]), outcome, `ungdommer: ${youths}`],
      ].join(' · '),
    )
    .join('\n');
}
