import { inAgeRange } from '../age/ageLimit.ts';
import { comingOfAge } from '../age/majority.ts';
import { type DeniedFor, nextChange, stoppedOn } from '../consent/permits.ts';
import { ledgerOf } from '../derive/facts/ledger.ts';
import { digest } from '../digest.ts';
import type { Policy } from '../policy.ts';
import { gradeOn } from '../protection/grade.ts';
import type { IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import type { ConsentScope, ConsentSide } from '../youth/statusEvent.ts';
import { evidenceKey, type Youth } from '../youth/youth.ts';
import type { FactOf } from '../youth/youthEvent.ts';
import { type AgreementTerm, agreementAt } from './agreement.ts';
import { NEVER_ASKED } from './neverAsked.ts';

// The one rule for whom NAV may be asked about, and whose answer may be used. It is asked at the extract, at each page that NAV
// fetches, when an answer is received and before it is published. Everything that is not clearly yes is no.

/** Why not. The state of the consent that stops it is apart, so that one that has run out is not shown as a no. */
export type NavStop =
  | 'INGEN_AVTALE'
  | 'SLATT_SAMMEN'
  | 'GRADERT'
  | 'ALDER_UKJENT'
  | 'UTENFOR_ALDERSGRENSEN'
  | 'IKKE_I_MALGRUPPEN'
  | 'SAMTYKKE_A'
  | 'SAMTYKKE_B';

export type NavVerdict<Term extends AgreementTerm = AgreementTerm> =
  | { may: true; agreement: Term; consentVersion: string }
  | { may: false; stop: NavStop; state: DeniedFor | null };

export interface NavQuestion<Term extends AgreementTerm = AgreementTerm> {
  agreements: readonly Term[];
  policy: Pick<Policy, 'county' | 'ageLimits' | 'consentAge'>;
  at: IsoInstant;
  /** When the youth was asked about: what let OT ask must have held since then without a gap. */
  asked?: IsoInstant;
  /** When the answer came: both consents must have held since then without a gap. */
  since?: IsoInstant;
  /** What both consents must have named; null: what every consent is about. */
  scope?: ConsentScope | null;
}

/** May NAV be asked about the youth? Being in the list shows NAV that OT follows the youth: what counts is side A. */
export function mayAsk<Term extends AgreementTerm>(
  youth: Youth,
  question: NavQuestion<Term>,
): NavVerdict<Term> {
  return judge(youth, question, ['A']) ?? groupStop(youth, question) ?? permitted(youth, question);
}

/** May what NAV answered about the youth be used? Both consents; the group it is in is no matter once it was asked about. */
export function mayUse<Term extends AgreementTerm>(
  youth: Youth,
  question: NavQuestion<Term>,
): NavVerdict<Term> {
  return judge(youth, question, ['A', 'B']) ?? permitted(youth, question);
}

/** Why what NAV answered may not be used, whatever is agreed: an agreement may be renewed. */
export function stopsUse(youth: Youth, question: Omit<NavQuestion, 'agreements'>): NavStop | null {
  return standing(youth, question, ['A', 'B'])?.stop ?? null;
}

type Stopped = Extract<NavVerdict, { may: false }>;

/**
 * Why the youth may no longer be in a list that it is in; null: it may. The agreement is left out: without one NAV is given
 * nothing, and it may be renewed, but what it has been given is withdrawn all the same.
 */
export function leftList(
  youth: Youth,
  question: Omit<NavQuestion, 'agreements' | 'since' | 'scope'>,
): NavStop | null {
  return (standing(youth, question, ['A']) ?? groupStop(youth, question))?.stop ?? null;
}

/** When time alone may take the youth out of a list next, besides the days on which an age or a graded address changes. */
export function nextLook(
  youth: Youth,
  { policy, at }: Pick<NavQuestion, 'policy' | 'at'>,
): IsoInstant | null {
  const { Consent: consents, born } = ledgerOf(youth.facts);
  return nextChange(consents, comingOfAge(born, policy.consentAge), at);
}

function judge(youth: Youth, question: NavQuestion, sides: readonly ConsentSide[]): Stopped | null {
  if (agreementAt(question.agreements, question.at) === null) return stop('INGEN_AVTALE');
  return standing(youth, question, sides);
}

function standing(
  youth: Youth,
  { policy, at, since = at, asked = since, scope = null }: Omit<NavQuestion, 'agreements'>,
  sides: readonly ConsentSide[],
): Stopped | null {
  if (youth.mergedInto !== null) return stop('SLATT_SAMMEN');
  if (NEVER_ASKED.has(gradeOn(youth.facts, osloDate(at)))) return stop('GRADERT');
  const { Consent: consents, born } = ledgerOf(youth.facts);
  if (born === null) return stop('ALDER_UKJENT');
  if (!inAgeRange(born, osloDate(at), policy)) return stop('UTENFOR_ALDERSGRENSEN');
  const ofAge = comingOfAge(born, policy.consentAge);
  for (const side of sides) {
    const from = side === 'A' ? asked : since;
    const permit = stoppedOn(side, consents, ofAge, { from: from < at ? from : at, through: at, scope });
    if (permit !== null) return stop(side === 'A' ? 'SAMTYKKE_A' : 'SAMTYKKE_B', permit.state);
  }
  return null;
}

/** Of the county's own registrations those of the newest school year count. */
function groupStop({ registrations }: Youth, { policy }: Pick<NavQuestion, 'policy'>): Stopped | null {
  const own = registrations.filter(({ county }) => county === policy.county);
  const newest = own.at(-1)?.schoolYear;
  const inGroup = own.some(({ schoolYear, status }) => schoolYear === newest && status.targetGroup);
  return inGroup ? null : stop('IKKE_I_MALGRUPPEN');
}

function permitted<Term extends AgreementTerm>(
  youth: Youth,
  { agreements, at }: Pick<NavQuestion<Term>, 'agreements' | 'at'>,
): NavVerdict<Term> {
  const agreement = agreementAt(agreements, at);
  if (agreement === null) return stop('INGEN_AVTALE');
  return { may: true, agreement, consentVersion: consentVersion(ledgerOf(youth.facts).Consent, 'A', at) };
}

/** Names the consents of a side as they are at a moment, each with its version: what a disclosure rested on. */
export function consentVersion(
  consents: readonly FactOf<'Consent'>[],
  side: ConsentSide,
  at: IsoInstant,
): string {
  const counted = consents.filter((fact) => fact.side === side && fact.at <= at);
  return digest(
    counted
      .map((fact) => `${evidenceKey(fact)}@${fact.version}`)
      .sort()
      .join(' '),
  );
}

function stop(why: NavStop, state: DeniedFor | null = null): Stopped {
  return { may: false, stop: why, state };
}
