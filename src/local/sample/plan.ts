import { TILMELDINGSKODER } from '../../core/report/stock.ts';
import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';
import { solveFlows } from './flow.ts';
import type { Random } from './random.ts';
import { DATE_INDEXES, type DateIndex, MAIN_GROUPS, type MainGroup, type PublishedTables } from './target.ts';
import { PERIODS, type Period } from './year.ts';

/** A youth at one reference date. Null: not registered (not yet, or annulled). */
export interface PlanCell {
  tilmelding: Tilmeldingskode;
  group: MainGroup;
}

/** Required result of one youth's year: a row of the plan, from which the records are made. */
export interface YouthPlan {
  cells: [PlanCell | null, PlanCell | null, PlanCell | null];
  /** First reference date at which the youth is registered. */
  arrives: DateIndex;
  /** Registered by mistake and annulled before this date, without contact in between. */
  annulledBefore: DateIndex | null;
}

/** One row per youth. @throws when the columns do not add up to the published tables */
export function planYear(target: PublishedTables, random: Random): YouthPlan[] {
  const plans: YouthPlan[] = [];
  for (const date of DATE_INDEXES) {
    const period = PERIODS[date];
    const stayers = date === 0 ? [] : carryOver(plans, date, period, random);
    const newcomers = arrive(plans, target, date, stayers);
    giveGroups(target, date, period, stayers, newcomers, random);
    plans.push(...newcomers);
  }
  return plans;
}

/** Annuls and re-codes as the period says; the rest keep their tilmeldingskode. Returns who stays. */
function carryOver(plans: YouthPlan[], date: DateIndex, period: Period, random: Random): YouthPlan[] {
  const before = (date - 1) as DateIndex;
  const stayers = plans.filter((plan) => plan.cells[before] && plan.annulledBefore !== date);
  for (const plan of stayers) plan.cells[date] = { ...(plan.cells[before] as PlanCell) };
  for (const { from, to, count } of period.recoded) {
    const candidates = stayers.filter((plan) => {
      const then = plan.cells[before] as PlanCell;
      return then.tilmelding === from && then.group !== '1' && plan.cells[date]?.tilmelding === from;
    });
    for (const plan of random.shuffled(candidates).slice(0, count)) {
      (plan.cells[date] as PlanCell).tilmelding = to;
    }
  }
  return stayers;
}

/** Adds as many new youths per tilmeldingskode as the table lacks. */
function arrive(
  plans: YouthPlan[],
  target: PublishedTables,
  date: DateIndex,
  stayers: YouthPlan[],
): YouthPlan[] {
  const newcomers: YouthPlan[] = [];
  for (const tilmelding of TILMELDINGSKODER) {
    const there = stayers.filter((plan) => plan.cells[date]?.tilmelding === tilmelding).length;
    const lacking = target.tilmelding[tilmelding][date] - there;
    if (lacking < 0) throw new Error(`${-lacking} too many ${tilmelding} at date ${date}`);
    const annulled = PERIODS[(date + 1) as DateIndex]?.annulled[tilmelding] ?? 0;
    for (let n = 0; n < lacking; n += 1) {
      const plan: YouthPlan = { cells: [null, null, null], arrives: date, annulledBefore: null };
      // A mistaken registration is found before any contact: still OTUK when it is annulled.
      if (n < annulled) plan.annulledBefore = (date + 1) as DateIndex;
      plan.cells[date] = { tilmelding, group: '1' };
      newcomers.push(plan);
    }
  }
  const registered = plans.length === 0 ? newcomers.length : stayers.length + newcomers.length;
  if (registered !== target.total[date]) throw new Error(`${registered} registered at date ${date}`);
  return newcomers;
}

function giveGroups(
  target: PublishedTables,
  date: DateIndex,
  period: Period,
  stayers: YouthPlan[],
  newcomers: YouthPlan[],
  random: Random,
): void {
  const wanted = counts((group) => target.groups[group][date]);
  const arriving = period.newcomers ?? wanted;
  if (date > 0) {
    const before = (date - 1) as DateIndex;
    const from = counts((group) => stayers.filter((plan) => plan.cells[before]?.group === group).length);
    const to = counts((group) => wanted[group] - arriving[group]);
    const pools = new Map(
      MAIN_GROUPS.map((group) => [
        group,
        random.shuffled(stayers.filter((plan) => plan.cells[before]?.group === group)),
      ]),
    );
    for (const { from: cell, to: next, count } of solveFlows(MAIN_GROUPS, from, to, period.moves)) {
      for (const plan of pools.get(cell)?.splice(0, count) ?? []) (plan.cells[date] as PlanCell).group = next;
    }
  }
  const certain = newcomers.filter((plan) => plan.annulledBefore !== null);
  const open = random.shuffled(newcomers.filter((plan) => plan.annulledBefore === null));
  const left = counts((group) => arriving[group] - (group === '1' ? certain.length : 0));
  for (const group of MAIN_GROUPS) {
    for (const plan of open.splice(0, left[group])) (plan.cells[date] as PlanCell).group = group;
  }
  if (open.length > 0) throw new Error(`${open.length} newcomers without a group at date ${date}`);
}

function counts(of: (group: MainGroup) => number): Record<MainGroup, number> {
  return { '1': of('1'), '2': of('2'), '3': of('3'), '4': of('4'), '5': of('5') };
}
