import { ageLimitOn, inAgeRange } from '../age/ageLimit.ts';
import { by } from '../order.ts';
import type { CountyNumber } from '../organisation.ts';
import type { Policy } from '../policy.ts';
import type { IsoDate, IsoInstant } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { Counted } from './counted.ts';
import { inOneList } from './oneList.ts';
import { ownedElsewhere } from './ownership.ts';
import type { Line } from './register.ts';
import { registrationAt } from './registrationState.ts';
import { onePerson } from './samePerson.ts';

// The same register counted in two ways, and both are right (U02). VIGO's view has every registered youth. Udir's has
// each once, in the county that answers for them, and within the age range.

export const VIEWS = ['VIGO', 'UDIR'] as const;
export type View = (typeof VIEWS)[number];

/** Why a registered youth is not in Udir's figures. The first that holds is the one given. */
export const EXCLUSIONS = ['OVER_ALDERSGRENSEN', 'ANNET_FYLKE', 'DOBBELT'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export interface ViewScope {
  county: CountyNumber;
  schoolYear: SchoolYear;
  view: View;
  /** Age and county are judged on this date. */
  on: IsoDate;
  /** What was known at this moment. */
  cutoff: IsoInstant;
  policy: Pick<Policy, 'ageLimits' | 'countedOnceBy'>;
}

export interface Viewed {
  counted: Counted[];
  excluded: (Counted & { reason: Exclusion })[];
  /** Counted without a known birth date: none is left out for lack of one. */
  ageUnknown: number;
}

/** Those who are registered at the cut-off, split by whether the view counts them. */
export function viewOf(lines: readonly Line[], scope: ViewScope): Viewed {
  const registered = inOneList(
    lines.flatMap((line): Counted[] => {
      const registration = registrationAt(line, scope);
      return registration === null ? [] : [{ line, registration }];
    }),
  );
  const ageUnknown = registered.filter(({ line }) => line.born === null).length;
  if (scope.view === 'VIGO') return { counted: registered, excluded: [], ageUnknown };
  const excluded: Viewed['excluded'] = [];
  const rest = registered.filter((each) => {
    const reason = ownReason(each.line, scope);
    if (reason !== null) excluded.push({ ...each, reason });
    return reason === null;
  });
  const once = onePerson(rest, scope.policy.countedOnceBy);
  for (const each of once.again) excluded.push({ ...each, reason: 'DOBBELT' });
  excluded.sort(by(({ line }) => line.ref));
  return { counted: once.first, excluded, ageUnknown };
}

/** The youths that a whole year's figures are about, registered at the cut-off or not. What the county did for a youth
 *  remains the county's, also when another has taken over since. */
export function linesIn(lines: readonly Line[], scope: ViewScope): Line[] {
  if (scope.view === 'VIGO') return [...lines];
  const { excluded } = viewOf(lines, scope);
  const again = new Set(excluded.filter(({ reason }) => reason === 'DOBBELT').map(({ line }) => line.ref));
  return lines.filter((line) => !again.has(line.ref) && !isOverAge(line, scope));
}

function ownReason(line: Line, scope: ViewScope): Exclusion | null {
  if (isOverAge(line, scope)) return 'OVER_ALDERSGRENSEN';
  return ownedElsewhere(line, scope) ? 'ANNET_FYLKE' : null;
}

function isOverAge({ born }: Line, { on, policy }: Pick<ViewScope, 'on' | 'policy'>): boolean {
  return born !== null && !inAgeRange(born, on, policy);
}

/** What the view follows, for those who read the figures. */
export function followsOf({ view, on, policy }: ViewScope): string[] {
  if (view === 'VIGO') return ['Alle registrerte telles, uansett alder (VIGO-visning).'];
  return [
    `Aldersgrense: til og med kalenderåret ungdommen fyller ${ageLimitOn(policy, on)} år (Q1).`,
    'Ungdommen telles i fylket som har ansvaret på datoen (R35, R50).',
    policy.countedOnceBy === 'NUMBER'
      ? 'Samme nummer telles én gang.'
      : 'Samme nummer, eller samme navn og fødselsdato, telles én gang.',
  ];
}
