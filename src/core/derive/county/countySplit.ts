import { countyOf } from '../../codelists/municipality.ts';
import type { CountyNumber } from '../../organisation.ts';
import { residenceDecides } from '../../rules/residence.ts';
import { NONE } from '../../shortList.ts';
import { daysAfter } from '../../time/calendar.ts';
import type { IsoDate, IsoInstant } from '../../time/date.ts';
import type { SchoolYear } from '../../time/schoolYear.ts';
import { schoolYearFor } from '../../time/schoolYear.ts';
import { type Registration, sameKey } from '../../youth/youth.ts';
import type { Fact, FactOf } from '../../youth/youthEvent.ts';
import { annulmentsOf, takenBackBy } from '../facts/annulments.ts';
import { holdsOver } from '../facts/order.ts';
import { type Findings, raise } from '../findings.ts';
import { type Restructuring, restructuringsOf } from './restructuring.ts';

// A county that is split or joined has moved no youth (O07). What belongs to a school year that is under way then
// belongs to the new number from that day; what belongs to a finished one keeps the number it was reported with.

/** A fact whose new county is unknown. */
export interface Stray {
  schoolYear: SchoolYear;
  county: CountyNumber;
  fact: Fact;
}

export interface Followed {
  /** Each with the county it belongs to at this moment; the same list object when no county has changed. */
  facts: readonly Fact[];
  strays: readonly Stray[];
  /** The next restructuring that will concern these facts. */
  due: IsoInstant | null;
}

export function followCounties(facts: readonly Fact[], asOf: IsoInstant): Followed {
  let county: CountyNumber | null = null;
  let steps: readonly Restructuring[] | undefined;
  for (const fact of facts) {
    if (fact.county !== county) {
      county = fact.county;
      steps = restructuringsOf(county);
    }
    if (steps === undefined) continue;
    for (const step of steps) if (concerns(step, fact)) return follow(facts, asOf);
  }
  return { facts, strays: NONE, due: null };
}

function follow(facts: readonly Fact[], asOf: IsoInstant): Followed {
  let changed = false;
  let due: IsoInstant | null = null;
  const strays: Stray[] = [];
  let residences: readonly FactOf<'Residence'>[] | null = null;
  const followed = facts.map((fact) => {
    let { county } = fact;
    for (let step = nextFor(county, fact, ''); step !== undefined; step = nextFor(county, fact, step.date)) {
      if (asOf < step.moment) {
        if (due === null || step.moment < due) due = step.moment;
        break;
      }
      residences ??= residencesIn(facts);
      const next = countyAfter(step, residences);
      if (next === null) {
        if (step.ends) strays.push({ schoolYear: schoolYearFor(fact), county, fact });
        break;
      }
      county = next;
    }
    if (!residenceDecides.applies({ before: fact.county, after: county })) return fact;
    changed = true;
    return { ...fact, county };
  });
  return { facts: changed ? followed : facts, strays, due };
}

/** The first restructuring after `past` that changes the county of what belongs to the fact's school year. */
function nextFor(county: CountyNumber, fact: Fact, past: IsoDate): Restructuring | undefined {
  return restructuringsOf(county)?.find((step) => step.date > past && concerns(step, fact));
}

/** A number that has ended cannot be right for anything later; one that goes on is right for what comes after. */
function concerns({ ends, schoolYear, opened, closed }: Restructuring, fact: Fact): boolean {
  if ('schoolYear' in fact) return ends ? fact.schoolYear >= schoolYear : fact.schoolYear === schoolYear;
  if (fact.kind === 'ContractSeen') {
    if (fact.to === null) return ends;
    return fact.to >= opened && (ends || fact.to < closed);
  }
  return fact.effective >= opened && (ends || fact.effective < closed);
}

/** By the municipality the youth last had in the county that day; null when it is not known and must be (O07). */
export function countyAfter(
  { county, date, into }: Restructuring,
  residences: readonly FactOf<'Residence'>[],
): CountyNumber | null {
  if (into.length === 1) return into[0] ?? null;
  const eve = daysAfter(date, -1);
  let home: FactOf<'Residence'> | null = null;
  for (const fact of residences) {
    if (fact.effective > date || (home !== null && holdsOver(home, fact))) continue;
    const before = countyOf(fact.municipality, eve, fact.effective);
    const after = countyOf(fact.municipality, date, fact.effective);
    if ((before === county || before === null) && after !== null && into.includes(after)) home = fact;
  }
  return home === null ? null : countyOf(home.municipality, date, home.effective);
}

/** Where the youth has lived, without what has been taken back. */
export function residencesIn(facts: readonly Fact[]): FactOf<'Residence'>[] {
  const annulled = annulmentsOf(facts);
  return facts.filter(
    (fact): fact is FactOf<'Residence'> => fact.kind === 'Residence' && takenBackBy(annulled, fact) === null,
  );
}

/** A registration whose county no longer exists and whose municipality is unknown: an adviser decides, nothing is guessed. */
export function reviewStrays(
  findings: Findings,
  { strays }: Followed,
  registrations: readonly Registration[],
): void {
  for (const stray of strays) {
    if (!registrations.some((known) => sameKey(known, stray))) continue;
    const { schoolYear, county, fact } = stray;
    const { alert: kind, category } = residenceDecides.leadsTo;
    raise(findings, { kind, category, rule: residenceDecides.id, fact, schoolYear, county });
  }
}
