import type { YouthPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { MainGroup, PublishedTables } from './target.ts';

// The codes of a youth within the groups of the plan. The tables count groups; the report's two flow measures give
// how many had OTOV before an activity, and how many were in one of the county's own offers.

export interface Spells {
  /** Has OTOV first, between two reference dates. */
  otovFirst: boolean;
  /** Activities are OTOA or OTKO; others are never in either. */
  ownOffer: boolean;
}

const OWN_OFFERS = { OTOA: 55, OTKO: 45 };
const OTHER_ACTIVITIES = { OTAR: 38, OTEV: 26, OTLL: 18, OTAP: 14, OTVF: 4 };
const SETTLED = { OTNO: 30, OTSY: 25, OTIF: 20, OTMI: 14, OTBA: 11 };
/** Already in school, work or apprenticeship when OT made contact (R11), or not here at all. */
const OUTSIDE_AT_CONTACT = {
  OTEV_IM: 38,
  OTAR_IM: 24,
  OTLL_IM: 14,
  OTFA_IM: 10,
  OTFU_IM: 6,
  FEIL: 5,
  OTVF_IM: 3,
};
/** Once OT has set a status inside the target group, only a move or an error leads out of it. */
const OUTSIDE_LATER = { OTFA_IM: 55, OTFU_IM: 30, FEIL: 15 };

/** Same order as the plans. @throws when the plan has too few youths for the published flows. */
export function planSpells(plans: readonly YouthPlan[], target: PublishedTables, random: Random): Spells[] {
  const spells = plans.map((): Spells => ({ otovFirst: false, ownOffer: false }));
  const all = plans.map((plan, index) => ({ groups: groupsOf(plan), spell: spells[index] as Spells }));
  const otov = all.filter(({ groups }) => groups.includes('2'));
  const others = all.filter(({ groups }) => {
    const first = groups.find((group) => group !== '1');
    return !groups.includes('2') && (first === '3' || first === '4');
  });
  const chosen = take(random, others, target.everOtov - otov.length, 'OTOV before an activity');
  for (const { spell } of chosen) spell.otovFirst = true;
  const active = [...otov, ...chosen].filter(({ groups }) => groups.includes('3'));
  for (const { spell } of take(random, active, target.everOwnOffer, 'OTOA or OTKO')) spell.ownOffer = true;
  return spells;
}

/** A code of the group, consistent with the youth's earlier codes. */
export function codeIn(group: MainGroup, spell: Spells, had: readonly string[], random: Random): string {
  switch (group) {
    case '1':
      throw new Error('OTUK is set by rule R01, never by an adviser here');
    case '2':
      return 'OTOV';
    case '3':
      return spell.ownOffer ? random.weighted(OWN_OFFERS) : random.weighted(OTHER_ACTIVITIES);
    case '4':
      return random.weighted(SETTLED);
    case '5':
      return had.length === 0 ? random.weighted(OUTSIDE_AT_CONTACT) : random.weighted(OUTSIDE_LATER);
  }
}

/** The adviser's answer to «formidlet via OT?», where the code list asks it. */
export function viaOtOf(code: string): 'JA' | 'NEI' | undefined {
  if (['OTAP', 'OTAR', 'OTEV', 'OTVF', 'OTLL'].includes(code)) return 'JA';
  return ['OTAR_IM', 'OTEV_IM', 'OTVF_IM', 'OTLL_IM'].includes(code) ? 'NEI' : undefined;
}

function groupsOf(plan: YouthPlan): MainGroup[] {
  return plan.cells.flatMap((cell) => (cell === null ? [] : [cell.group]));
}

function take<T>(random: Random, from: readonly T[], count: number, what: string): T[] {
  if (count < 0 || count > from.length) throw new Error(`${what}: ${count} of ${from.length} youths`);
  return random.shuffled(from).slice(0, count);
}
