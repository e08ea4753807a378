import type { Start } from '../derive/facts/ledger.ts';
import { acceptedIn } from '../derive/intake/accepted.ts';
import { isOutweighed } from '../derive/registration/cause.ts';
import type { RegistrationFile } from '../derive/registration/file.ts';
import { isAsked } from '../derive/training/move.ts';
import { endOf } from '../derive/training/placeEnd.ts';
import { firstDayOf, schoolYearOf } from '../time/schoolYear.ts';
import { alertsOf, registrationOf, type YouthCase } from '../worklist/youthCase.ts';
import type { Alert, AlertKind, Fact } from '../youth/youthEvent.ts';
import type { Hold } from './hold.ts';

/** A reason to hold a letter back, and the facts that give it. */
export interface Held {
  hold: Hold;
  facts: readonly Fact[];
  /** Digests of facts, where an alert has them already. */
  evidence: readonly string[];
}

/** All reasons why any letter about this registration is held back; none = it may go. */
export function holdsOf(known: YouthCase, file: RegistrationFile): Held[] {
  return [
    ...undone(known, file),
    ...ofStatus(known, file),
    ...inActivity(known, file),
    ...applied(known, file),
    ...pending(known, file),
  ];
}

export function held(hold: Hold, facts: readonly Fact[] = []): Held {
  return { hold, facts, evidence: [] };
}

/** All causes reported have lapsed: taken back by their source, or a move and not a dropout. */
function undone(known: YouthCase, file: RegistrationFile): Held[] {
  if (registrationOf(known, file) !== undefined) return [];
  const taken = file.told.flatMap(({ annulledBy }) => (annulledBy === null ? [] : [annulledBy]));
  if (taken.length > 0) return [held('ANNULLERT', taken)];
  const moves = file.told.flatMap(({ move }) => (move === null ? [] : [move]));
  const asked = moves.some(isAsked);
  return [
    held(
      asked ? 'TIL_KONTROLL' : 'I_OPPLARING',
      moves.map(({ start }) => start.fact),
    ),
  ];
}

const HOLD_OF_CODE: ReadonlyMap<string, Hold> = new Map([
  ['FEIL', 'FEILREGISTRERT'],
  ['OTFA_IM', 'FLYTTET'],
  ['OTFU_IM', 'UTVANDRET'],
]);

function ofStatus(known: YouthCase, file: RegistrationFile): Held[] {
  const registration = registrationOf(known, file);
  if (registration === undefined || registration.status.targetGroup) return [];
  const facts = file.statuses.current === null ? [] : [file.statuses.current];
  return [held(HOLD_OF_CODE.get(registration.status.code) ?? 'UTENFOR_MALGRUPPEN', facts)];
}

/** Another feed shows the youth in training in the school year the letter is about (I03, I04). */
function inActivity({ ledger }: YouthCase, file: RegistrationFile): Held[] {
  const begun = ledger.starts
    .filter((start) => concerns(start, file) && endOf(ledger, start) === null)
    .map((start) => held(holdOfStart(start), [start.fact]));
  const left = file.decider?.happened === 'AVBRUTT' || file.decider?.happened === 'NO_SHOW';
  const accepted = acceptedIn(ledger, file, left ? (file.decider?.effective ?? '') : '');
  if (accepted === null) return begun;
  return [
    ...begun,
    held(accepted.training === 'apprenticeship' ? 'HAR_LAREPLASS' : 'HAR_PLASS', [accepted.fact]),
  ];
}

function concerns(start: Start, { schoolYear, decider }: RegistrationFile): boolean {
  const firstDay = firstDayOf(schoolYear);
  const goesOn = start.from < firstDay && (start.until === null || start.until > firstDay);
  if (!goesOn && schoolYearOf(start.from) !== schoolYear) return false;
  if (decider?.happened !== 'AVBRUTT' && decider?.happened !== 'NO_SHOW') return true;
  // What the youth left, or did not come to, is no activity; what began after that is, and what is elsewhere.
  if (isOutweighed(decider, start)) return false;
  return start.from >= decider.effective || start.institution !== placeOf(decider.fact);
}

/** Null when the source does not give it: any earlier place may be the one. */
function placeOf(fact: Fact): string | null {
  return 'institution' in fact ? fact.institution : null;
}

function holdOfStart({ fact, training }: Start): Hold {
  switch (training) {
    case 'private-school':
      return 'PRIVAT_SKOLELISTE';
    case 'apprenticeship':
      return 'HAR_LAREPLASS';
    case 'school':
      return fact.feed === 'vigo-intake' ? 'HAR_PLASS' : 'I_OPPLARING';
  }
}

/** I04. Whenever it was made: a list of non-applicants may be older than the load that brought it. A youth who left, or
 *  did not come to, the training applied for has not thereby applied again; and only a non-applicant's wish is news. */
function applied({ ledger }: YouthCase, { schoolYear, decider }: RegistrationFile): Held[] {
  const left = decider?.happened === 'AVBRUTT' || decider?.happened === 'NO_SHOW';
  const from = left ? decider.effective : '';
  const wishes = decider?.happened === 'IKKE_SOKT' ? ledger.Wish : [];
  const facts = [...ledger.Applied, ...wishes].filter(
    (fact) => fact.schoolYear === schoolYear && fact.effective >= from,
  );
  return facts.length > 0 ? [held('SEN_SOKNAD', facts)] : [];
}

/** Reviews and proposals that do not speak against a letter: OT still wants to reach these youths. */
const NO_HINDRANCE: ReadonlySet<AlertKind> = new Set([
  'FLERE_SLUTTDATOER',
  'STATUS_UTEN_KONTAKT',
  'STATUS_AVVIST',
  'STATUS_ADVARSEL',
  'KONTAKT_AVVIST',
  'UGYLDIG_SAMTYKKEENDRING',
  'NYTT_SAMTYKKE',
  'ALDER_UKJENT',
]);

function pending(known: YouthCase, file: RegistrationFile): Held[] {
  return alertsOf(known, file)
    .filter(({ category, kind }) => category !== 'alert' && !NO_HINDRANCE.has(kind))
    .map((alert) => ({ hold: holdOfAlert(alert), facts: [], evidence: alert.evidence }));
}

function holdOfAlert({ proposed }: Alert): Hold {
  for (const code of proposed) {
    const hold = HOLD_OF_CODE.get(code);
    if (hold !== undefined && hold !== 'FEILREGISTRERT') return hold;
  }
  return 'TIL_KONTROLL';
}
