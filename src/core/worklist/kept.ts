import { unitsOf } from '../access/reach.ts';
import { disclosesNav } from '../consent/disclosesNav.ts';
import { type LetterList, letterTurns, startLetters } from '../letters/keptLetters.ts';
import type { AgreementTerm } from '../nav/agreement.ts';
import { asDisclosed } from '../nav/disclosed.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import { daysAfter } from '../time/calendar.ts';
import { epochOf, type IsoDate, type IsoInstant, instantOf } from '../time/date.ts';
import { osloDate, startOfOsloDay } from '../time/oslo.ts';
import { firstDayAfter, firstDayOf, schoolYearOf, yearAfter, yearBefore } from '../time/schoolYear.ts';
import type { Youth } from '../youth/youth.ts';
import type { Alert } from '../youth/youthEvent.ts';
import type { ProgressOf } from './alertProgress.ts';
import type { WorkRow } from './row.ts';
import type { Worklist, WorkScope } from './worklist.ts';
import type { WorklistId } from './worklistId.ts';
import { dayScope, lookThroughs, ownRows, WORKLISTS } from './worklists.ts';
import { caseOf, isHidden, type YouthCase } from './youthCase.ts';

// What a store keeps of the worklists and letters, so that a page is read without all youths. Of each row what it is sorted,
// filtered and counted by, with the days on which it is in the list; what it says is decided from the youth when it is shown.

/** To be raised when a list decides otherwise than before: kept rows are then decided again. A test holds it to what the
 *  lists decide. */
export const KEPT_FORM = 4;

/** Not a list: names the youths for whom it turns on one of the days what may be shown of them, or whether their address
 *  hides where they are. What may be shown now of another day's list is decided from them. */
export const TURNING = 'turning';

export type KeptList = WorklistId | LetterList | typeof TURNING;

export interface KeptRow extends Pick<WorkRow, 'number' | 'owner' | 'priority' | 'deadline' | 'since'> {
  list: KeptList;
  /** The first day; null: all before `until`. */
  from: IsoDate | null;
  /** The first day on which it is not there any more; null: all from `from` on. */
  until: IsoDate | null;
  /** The youth's address hides where it is. In a worklist it has one row for all, which says nothing of them. */
  hidden: boolean;
}

export interface KeptYouth {
  /** OT units that follow the youth. */
  units: readonly string[];
  rows: readonly KeptRow[];
}

/** Days for which rows are kept. */
export interface KeptDays {
  /** The first day. */
  from: IsoDate;
  /** The first day after them. */
  until: IsoDate;
}

/** What rows are decided by, apart from the youths. */
export interface KeepingBasis {
  policy: Policy;
  /** With NAV: they decide which of its answers may be shown. */
  agreements: readonly AgreementTerm[];
  /** By the organisation's clock. */
  now: IsoInstant;
}

const HIDDEN_SINCE = '0001-01-01';

/** What a youth's rows rest on besides the youth. */
export interface Undecided {
  progress: ProgressOf;
  /** Records about the youth are not decided yet. */
  waiting: boolean;
}

/** Decides youth by youth which rows each has on which of the days. */
export function startKeeping(
  { policy, agreements, now }: KeepingBasis,
  days: KeptDays,
): (ref: PersonRef, youth: Youth, about: Undecided) => KeptYouth {
  const letters = startLetters(policy);
  const ofAll = turnsOfAll(policy, days);
  const scopes = new Map<IsoDate, ReturnType<typeof dayScope>>();
  const scopeOn = (day: IsoDate) => {
    const known = scopes.get(day) ?? dayScope(day, policy);
    scopes.set(day, known);
    return known;
  };
  const within = (day: IsoDate) => day > days.from && day < days.until;
  return (ref, youth, { progress, waiting }) => {
    const known = caseOf(ref, youth, policy);
    // An agreement, a consent or an age can end on any day: what NAV has said is in a list only while it may be shown.
    const bound = youth.alerts.some(isBound);
    const disclosedOn = (day: IsoDate) => {
      const at = day === osloDate(now) ? now : endOfOsloDay(day);
      return asDisclosed(youth, { agreements, policy, at });
    };
    const cases = new Map<IsoDate, YouthCase>();
    const knownOn = (day: IsoDate) => {
      const is = cases.get(day) ?? (bound ? caseOf(ref, disclosedOn(day), policy) : known);
      cases.set(day, is);
      return is;
    };
    const turning = [
      ...gradeTurns(youth).filter(within),
      ...(bound ? disclosureTurns(days, disclosedOn) : []),
    ];
    const ofYouth = inTurn([days.from, ...ofAll, ...turning]);
    const hidden = new Map<IsoDate, boolean>();
    const hiddenOn = (day: IsoDate) => {
      const is = hidden.get(day) ?? isHidden(known, day);
      hidden.set(day, is);
      return is;
    };
    const rows = LISTS.flatMap((list) => {
      const own = list.turns?.(known, policy).filter(within) ?? [];
      return spans(withDays(ofYouth, own), (day) =>
        rowsOn(list, knownOn(day), { ...scopeOn(day), progress }, hiddenOn(day)),
      );
    });
    const ofAge = letterTurns(known, policy).filter(within);
    rows.push(
      ...spans(withDays(ofYouth, ofAge), (day) =>
        letters(knownOn(day), day, waiting).map((row) => ({ ...row, hidden: hiddenOn(day) })),
      ),
    );
    if (turning.length > 0) rows.push(TURNING_ROW);
    return { units: [...unitsOf(youth)].sort(), rows };
  };
}

const LISTS = Object.values(WORKLISTS);

/** The rows of each day, those that go on from one to the next as one. @param turns the first of each span of days */
function spans(turns: readonly IsoDate[], rowsOf: (day: IsoDate) => readonly DayRow[]): KeptRow[] {
  const rows: KeptRow[] = [];
  let open = new Map<string, KeptRow>();
  for (const [at, day] of turns.entries()) {
    const until = turns[at + 1] ?? null;
    const still = new Map<string, KeptRow>();
    for (const row of rowsOf(day)) {
      const name = nameOf(row);
      const begun = open.get(name) ?? { ...row, from: at === 0 ? null : day, until };
      if (!open.has(name)) rows.push(begun);
      begun.until = until;
      still.set(name, begun);
    }
    open = still;
  }
  return rows;
}

function withDays(days: readonly IsoDate[], more: readonly IsoDate[]): readonly IsoDate[] {
  return more.length === 0 ? days : inTurn([...days, ...more]);
}

function inTurn(days: readonly IsoDate[]): IsoDate[] {
  return days.length === 1 ? [...days] : [...new Set(days)].sort();
}

type DayRow = Omit<KeptRow, 'from' | 'until'>;

function rowsOn(list: Worklist, known: YouthCase, scope: WorkScope, hidden: boolean): DayRow[] {
  const rows = ownRows(list, known, scope);
  if (rows.length === 0) return [];
  if (hidden) return [hiddenRow(list.id)];
  return rows.map(({ number, owner, priority, deadline, since }) => ({
    ...{ list: list.id, number, owner, priority, deadline, since },
    hidden,
  }));
}

function hiddenRow(list: WorklistId): DayRow {
  return {
    ...{ list, number: 0, owner: '', priority: 'VANLIG', deadline: null, since: HIDDEN_SINCE },
    hidden: true,
  };
}

const TURNING_ROW: KeptRow = {
  ...{ list: TURNING, number: 0, owner: '', priority: 'VANLIG', deadline: null, since: HIDDEN_SINCE },
  ...{ hidden: false, from: null, until: null },
};

function nameOf({ list, number, owner, priority, deadline, since, hidden }: DayRow): string {
  return `${list} ${number} ${owner} ${priority} ${deadline} ${since} ${hidden}`;
}

/** Days on which lists of all youths turn: school years, look-throughs, New Year and new age limits. */
function turnsOfAll(policy: Policy, { from, until }: KeptDays): IsoDate[] {
  const turns: IsoDate[] = policy.ageLimits.map((limit) => limit.from);
  for (let year = yearBefore(schoolYearOf(from)); firstDayOf(year) < until; year = yearAfter(year)) {
    turns.push(
      firstDayAfter(year),
      `${firstDayAfter(year).slice(0, 4)}-01-01`,
      ...lookThroughs(year, policy),
    );
  }
  return turns.filter((day) => day > from && day < until);
}

/** Says something of NAV's, and can be in a list. */
function isBound(alert: Alert): boolean {
  return disclosesNav(alert) && (alert.category !== 'alert' || alert.deadlines.length > 0);
}

/** Days on which other alerts may be shown than on the day before. */
function disclosureTurns({ from, until }: KeptDays, disclosedOn: (day: IsoDate) => Youth): IsoDate[] {
  const shownOn = (day: IsoDate) =>
    disclosedOn(day)
      .alerts.map(({ id }) => id)
      .join(' ');
  const turns: IsoDate[] = [];
  let before = shownOn(from);
  for (let day = daysAfter(from, 1); day < until; day = daysAfter(day, 1)) {
    const shown = shownOn(day);
    if (shown !== before) turns.push(day);
    before = shown;
  }
  return turns;
}

function endOfOsloDay(day: IsoDate): IsoInstant {
  return instantOf(epochOf(startOfOsloDay(daysAfter(day, 1))) - 1);
}

/** Days on which it turns whether the address hides where the youth is. */
function gradeTurns({ facts }: Youth): IsoDate[] {
  return facts.flatMap(({ kind, effective }) => (kind === 'Protection' ? [effective] : []));
}
