import { unitsOf } from '../access/reach.ts';
import { disclosesNav } from '../consent/disclosesNav.ts';
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

// What a store keeps of the worklists, so that a page is read without all youths. Of each row what it is sorted, filtered and
// counted by, with the days on which it is in the list; what it says is decided from the youth when it is shown.

/** To be raised when a list decides otherwise than before: kept rows are then decided again. A test holds it to what the
 *  lists decide. */
export const KEPT_FORM = 2;

export interface KeptRow extends Pick<WorkRow, 'number' | 'owner' | 'priority' | 'deadline' | 'since'> {
  list: WorklistId;
  /** The first day; null: all before `until`. */
  from: IsoDate | null;
  /** The first day on which it is not there any more; null: all from `from` on. */
  until: IsoDate | null;
  /** One for all of a youth's rows while its address hides where it is, and says nothing of them. */
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

/** Decides youth by youth which rows each has on which of the days. */
export function startKeeping(
  { policy, agreements, now }: KeepingBasis,
  days: KeptDays,
): (ref: PersonRef, youth: Youth, progress: ProgressOf) => KeptYouth {
  const ofAll = turnsOfAll(policy, days);
  const scopes = new Map<IsoDate, ReturnType<typeof dayScope>>();
  const scopeOn = (day: IsoDate) => {
    const known = scopes.get(day) ?? dayScope(day, policy);
    scopes.set(day, known);
    return known;
  };
  const within = (day: IsoDate) => day > days.from && day < days.until;
  return (ref, youth, progress) => {
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
      ...(bound
        ? turnsOf(days, (day) =>
            disclosedOn(day)
              .alerts.map(({ id }) => id)
              .join(' '),
          )
        : []),
    ];
    const ofYouth = inTurn([days.from, ...ofAll, ...turning]);
    const hidden = new Map<IsoDate, boolean>();
    const hiddenOn = (day: IsoDate) => {
      const is = hidden.get(day) ?? isHidden(known, day);
      hidden.set(day, is);
      return is;
    };
    const rows: KeptRow[] = [];
    for (const list of LISTS) {
      const own = list.turns?.(known, policy).filter(within) ?? [];
      const turns = own.length === 0 ? ofYouth : inTurn([...ofYouth, ...own]);
      let open = new Map<string, KeptRow>();
      for (const [at, day] of turns.entries()) {
        const until = turns[at + 1] ?? null;
        const still = new Map<string, KeptRow>();
        for (const row of rowsOn(list, knownOn(day), { ...scopeOn(day), progress }, hiddenOn(day))) {
          const name = nameOf(row);
          const begun = open.get(name) ?? { ...row, from: at === 0 ? null : day, until };
          if (!open.has(name)) rows.push(begun);
          begun.until = until;
          still.set(name, begun);
        }
        open = still;
      }
    }
    return { units: [...unitsOf(youth)].sort(), rows };
  };
}

const LISTS = Object.values(WORKLISTS);

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

/** Of a list. */
function nameOf({ number, owner, priority, deadline, since, hidden }: DayRow): string {
  return `${number} ${owner} ${priority} ${deadline} ${since} ${hidden}`;
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

/** Days on which something is another than on the day before. */
function turnsOf({ from, until }: KeptDays, what: (day: IsoDate) => string): IsoDate[] {
  const turns: IsoDate[] = [];
  let before = what(from);
  for (let day = daysAfter(from, 1); day < until; day = daysAfter(day, 1)) {
    const is = what(day);
    if (is !== before) turns.push(day);
    before = is;
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
