import type { Principal } from '../../core/access/principal.ts';
import {
  isMonday,
  type LogControl,
  type LogFinding,
  type LogWeek,
  logWeek,
  logWeeks,
} from '../../core/audit/logControl.ts';
import type { Organisation } from '../../core/organisation.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { type IsoDate, instantOf } from '../../core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../core/time/oslo.ts';
import type { LogLine, LogPart, LogUses } from '../../store/logPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

type Parts = Pick<DeskParts, 'operations' | 'now'>;

/** Half a year. */
const MOST_WEEKS = 26;
const MOST_CALLERS = 50;

/** A signed control as it is shown. */
export type ControlView = Omit<LogControl, 'key' | 'week'>;

/** A week of the audit trail, and its control when it is signed. */
export interface LogWeekView extends LogWeek {
  control: ControlView | null;
}

export interface LogWeekUse extends LogWeekView, LogUses {}

/** The latest weeks, newest first. */
export async function logWeeksOf(parts: Parts, { id: org }: Organisation): Promise<LogWeekView[]> {
  const controls = await parts.operations.logControls(org, MOST_WEEKS);
  const first = await parts.operations.firstLogged(org);
  const byWeek = new Map(controls.map((control) => [control.week, control]));
  return logWeeks(first === null ? null : osloDate(first), {
    today: realToday(parts),
    signed: new Set(byWeek.keys()),
    most: MOST_WEEKS,
  }).map((week) => ({ ...week, control: controlView(byWeek.get(week.week)) }));
}

/** Who has read and acted in a week. @throws DeskRefusal NOT_FOUND */
export async function logOfWeek(
  parts: Parts,
  organisation: Organisation,
  week: IsoDate,
): Promise<LogWeekUse> {
  const found = await weekNamed(parts, organisation, week);
  const uses = await parts.operations.logUses(organisation.id, spanOf(week), MOST_CALLERS);
  return { ...found, ...uses };
}

/** The lines of a week, newest first. @throws DeskRefusal NOT_FOUND */
export async function logLinesOf(
  parts: Parts,
  { id: org }: Organisation,
  { week, part, after, limit }: { week: IsoDate; part: LogPart; after: number | null; limit: number },
): Promise<{ lines: LogLineView[]; next: string | null }> {
  if (!isMonday(week)) throw unknownWeek();
  const asked = { ...spanOf(week), part, before: after, limit: limit + 1 };
  const found = await parts.operations.logLines(org, asked);
  const page = found.slice(0, limit);
  return {
    lines: page.map(lineView),
    next: found.length > page.length ? String(page.at(-1)?.seq) : null,
  };
}

/** A line of the trail: how many youths it is about, and not which. */
export interface LogLineView {
  id: string;
  at: string;
  kind: LogLine['kind'];
  who: string;
  capacity: string | null;
  supplier: string | null;
  operation: string;
  purpose: string | null;
  outcome: string;
  times: number;
  youths: number;
}

/** Signs that the week's log was looked at, and what was found. @throws DeskRefusal NOT_FOUND, INVALID_REQUEST,
 *  LOG_WEEK_RUNNING, LOG_WEEK_SIGNED */
export async function signLog(
  parts: Parts,
  organisation: Organisation,
  {
    week,
    found,
    note,
    principal,
  }: { week: IsoDate; found: LogFinding; note: string | null; principal: Principal },
): Promise<LogWeekView> {
  const before = await weekNamed(parts, organisation, week);
  if (before.state === 'running') throw new DeskRefusal('LOG_WEEK_RUNNING', REFUSAL.nb.weekRunning);
  if (found === 'AVVIK' && note === null)
    throw new DeskRefusal('INVALID_REQUEST', REFUSAL.nb.fixThat, {
      problems: [
        {
          ...{ code: 'MISSING_FIELD', field: 'note', text: REFUSAL.nb.deviationNeedsNote },
          cure: REFUSAL.nb.deviationCure,
        },
      ],
    });
  const { lines, upto } = await parts.operations.logUses(organisation.id, spanOf(week), 1);
  const { name, key } = principal;
  const control = { week, signed: instantOf(parts.now()), by: name, key, found, note, lines, upto };
  if (!(await parts.operations.signLogControl(organisation.id, control)))
    throw new DeskRefusal('LOG_WEEK_SIGNED', REFUSAL.nb.weekSigned);
  return { ...logWeek(week, realToday(parts), true), control: controlView(control) };
}

/** @throws DeskRefusal NOT_FOUND */
async function weekNamed(parts: Parts, { id: org }: Organisation, week: IsoDate): Promise<LogWeekView> {
  const today = realToday(parts);
  if (!isMonday(week) || week > today) throw unknownWeek();
  const weeksBack = Math.ceil((Date.parse(today) - Date.parse(week)) / WEEK_MS) + 1;
  const control = (await parts.operations.logControls(org, weeksBack)).find((each) => each.week === week);
  return { ...logWeek(week, today, control !== undefined), control: controlView(control) };
}

const WEEK_MS = 7 * 24 * 3_600_000;

function unknownWeek(): DeskRefusal {
  return new DeskRefusal('NOT_FOUND', REFUSAL.nb.noWeek);
}

/** The trail has real time, also where the organisation's clock is virtual. */
function realToday({ now }: Pick<Parts, 'now'>): IsoDate {
  return osloDate(instantOf(now()));
}

function spanOf(week: IsoDate) {
  return { from: startOfOsloDay(week), until: startOfOsloDay(daysAfter(week, 7)) };
}

function controlView(control: LogControl | undefined): ControlView | null {
  if (control === undefined) return null;
  const { key: _key, week: _week, ...shown } = control;
  return shown;
}

function lineView({ seq, subjects, ...line }: LogLine): LogLineView {
  const { at, kind, who, capacity, supplier, operation, purpose, outcome, times } = line;
  return {
    ...{ id: String(seq), at, kind, who, capacity, supplier, operation, purpose, outcome, times },
    youths: subjects,
  };
}
