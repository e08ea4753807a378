import { type Judged, judged } from './choice.ts';
import { B06, C12, GROUP, LISTS, PAIRS, SPELLINGS, WISH_SIDES } from './tables.ts';

// One youth's autumn: registered on 1 September or not, perhaps a new place on the 18th, perhaps contact, perhaps OTOV
// on the 21st, and a status on the 25th.

export interface Case {
  cause:
    | { kind: 'none' }
    | { kind: 'list'; event: string }
    /** All of one school year, in one record. */
    | { kind: 'wishes'; codes: readonly string[] }
    | { kind: 'school'; reason: string; lostRight: boolean }
    | { kind: 'apprenticeship'; reason: string; lostRight: boolean };
  born: '2009-03-14' | '2005-05-25' | null;
  contact:
    | 'none'
    | 'unanswered'
    | 'last-year'
    | 'early'
    | 'answered'
    | 'late'
    | 'after'
    | 'guardian'
    | 'guardian-with-reason';
  /** A place begun on 18 September. */
  place: 'none' | 'school' | 'private-school' | 'apprenticeship';
  measure: 'none' | 'FYLKE' | 'KOMMUNE' | 'NAV';
  consents: 'none' | 'A' | 'both';
  prior: boolean;
  /** As written. */
  kode: string;
  viaOt: 'JA' | 'NEI' | null;
  loaded: boolean;
  grounds: string[];
  reasoned: boolean;
}

export interface Expected {
  /** The field that is complained about. */
  malformed: string | null;
  registration: { tilmeldingskode: string | null; code: string; group: number; viaOt: string } | null;
  /** `STATUS_AVVIST R24 OTUK`, sorted. */
  questions: string[];
}

export function expected(given: Case): Expected {
  const [code, spelled] = SPELLINGS[given.kode] ?? [given.kode, null];
  const tilmeldingskode = tilmeldingOf(given);
  const via = viaOf(given, code, spelled);
  const prior = given.prior ? ofStatus(given, 'OTOV', 'UKJENT', [], false) : null;
  const said = via === null ? null : ofStatus(given, inForce(code, via), via, given.grounds, given.reasoned);
  const questions: string[] = [];
  const counts = (one: Judged | null) => one !== null && (one.verdict === 'ok' || one.verdict === 'warned');
  if (said !== null && !counts(said)) questions.push(question(said));
  // One question for one code, however often it was said.
  const repeated = said !== null && code === 'OTOV';
  if (prior !== null && prior.verdict === 'waits' && !counts(said) && !repeated)
    questions.push(question(prior));
  let registration: Expected['registration'] =
    tilmeldingskode === null ? null : { tilmeldingskode, code: 'OTUK', group: 1, viaOt: 'UKJENT' };
  const [judgedNow, codeNow, viaNow] = counts(said)
    ? [said, inForce(code, via ?? ''), via ?? '']
    : counts(prior)
      ? [prior, 'OTOV', 'UKJENT']
      : [null, '', ''];
  if (judgedNow !== null) {
    registration = { tilmeldingskode, code: codeNow, group: GROUP[codeNow] ?? 0, viaOt: viaNow };
    if (judgedNow.verdict === 'warned') questions.push(question(judgedNow));
  }
  return {
    malformed: via === null ? 'viaOT' : null,
    registration,
    questions: questions.sort(),
  };
}

function question({ verdict, rule, proposed = [] }: Judged): string {
  const kind =
    verdict === 'refused' ? 'STATUS_AVVIST' : verdict === 'waits' ? 'STATUS_UTEN_KONTAKT' : 'STATUS_ADVARSEL';
  return [kind, rule, ...[...proposed].sort()].join(' ');
}

/** Null: the answer is missing, or contradicts the code. */
function viaOf({ viaOt, loaded }: Case, code: string, spelled: string | null): string | null {
  const outside = GROUP[code] === 5;
  if (outside && viaOt === 'JA') return null;
  if (spelled !== null && viaOt !== null && viaOt !== spelled) return null;
  if (PAIRS.some(([, no]) => no === code)) return 'NEI';
  const answer = viaOt ?? spelled;
  if (answer !== null) return answer;
  return PAIRS.some(([yes]) => yes === code) && !loaded ? null : 'UKJENT';
}

function inForce(code: string, via: string): string {
  return via === 'NEI' ? (PAIRS.find(([yes]) => yes === code)?.[1] ?? code) : code;
}

function ofStatus(
  given: Case,
  code: string,
  via: string,
  stated: readonly string[],
  reasoned: boolean,
): Judged {
  return judged({
    code,
    via,
    stated,
    reasoned,
    known: knownIn(given, code),
    contacted: isContacted(given),
    borneOut: isBorneOut(given, code),
    contradicted: contradictedBy(given, code),
  });
}

function isContacted({ contact, born }: Case): boolean {
  if (contact === 'guardian-with-reason') return born === '2009-03-14';
  return contact === 'early' || contact === 'late' || contact === 'answered';
}

function isBorneOut({ cause, place }: Case, code: string): boolean {
  if (code === 'FEIL') return cause.kind === 'apprenticeship' && cause.reason === 'AB';
  return code === 'ELVG_IM' && place !== 'none';
}

function contradictedBy(given: Case, code: string): { rule: string; proposed: string[] } | null {
  const { born, place } = given;
  if (code === 'ELGS_IM' && (place !== 'none' || born === '2005-05-25'))
    return { rule: 'R33', proposed: ['ELVG_IM'] };
  if (code === 'ELVG_IM' && place === 'none' && tilmeldingOf(given) === 'AVBRUTT')
    return { rule: 'R34', proposed: [] };
  return null;
}

const PLACES = {
  school: ['ELEV_OFFENTLIG', 'OTEV'],
  'private-school': ['ELEV_PRIVAT', 'OTVF'],
  apprenticeship: ['LAREPLASS', 'OTLL'],
} as const;
const OWNERS = { FYLKE: 'FYLKETS_TILTAK', KOMMUNE: 'FYLKET_DELTAR', NAV: 'NAV_TILTAK' } as const;

function knownIn(given: Case, code: string): string[] {
  const known: string[] = [];
  const { place, measure, consents, contact } = given;
  if (place !== 'none') {
    const [ground, asked] = PLACES[place];
    known.push(ground);
    if (code === asked && contact !== 'early' && tilmeldingOf(given) !== 'AVBRUTT')
      known.push('VAR_I_AKTIVITET');
  }
  if (measure !== 'none' && (measure !== 'NAV' || consents === 'both')) known.push(OWNERS[measure]);
  return known;
}

export function tilmeldingOf({ cause }: Case): string | null {
  switch (cause.kind) {
    case 'none':
      return null;
    case 'list':
      return LISTS[cause.event] ?? null;
    case 'wishes':
      return ofWishes(cause.codes.map((code) => WISH_SIDES[code] ?? 'nothing'));
    case 'school':
      return cause.lostRight ? 'AVBRUTT' : (B06[cause.reason] ?? null);
    case 'apprenticeship':
      return cause.lostRight ? 'AVBRUTT' : (C12[cause.reason] ?? null);
  }
}

function ofWishes(sides: readonly string[]): string | null {
  if (sides.includes('place') || sides.includes('offer')) return null;
  return ['TAKKET_NEI', 'ANDRE_GRUNNER'].find((side) => sides.includes(side)) ?? null;
}
