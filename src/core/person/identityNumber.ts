import { IDENTITY } from '../sentences/identity.ts';
// Norwegian identity numbers: Skatteetaten's rules, with the second check rule of 2032, and VIGO's fictive numbers.
// Only the shape is judged. Birth date, age and sex are never derived: a D-number may carry the registration date,
// and from 2032 the number says nothing of the kind. Runs once per record, so it counts digits and allocates little.

export type IdentityKind =
  | 'fodselsnummer'
  /** Day + 40. */
  | 'd-nummer'
  /** Month + 40: synthetic. */
  | 'h-nummer'
  /** Month + 80: synthetic (Tenor). */
  | 'tenor'
  | 'd-tenor'
  | 'd-h-nummer'
  /** Made by an intake office for a youth without a number; has no check digits. */
  | 'fiktivt';

export type IdentityReading = { ok: true; number: string; kind: IdentityKind } | IdentityRefusal;

/** `text` and `cure` are bokmål and never hold the value. */
export interface IdentityRefusal {
  ok: false;
  code: 'INVALID_IDENTITY_NUMBER' | 'SYNTHETIC_IN_PRODUCTION' | 'REAL_IN_TEST';
  text: string;
  cure: string;
}

const LENGTH = 11;
/** The longest text worth taking apart: eleven digits and a little space. */
const LONGEST = 20;
const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const NOT_DIGITS = refusal('INVALID_IDENTITY_NUMBER', IDENTITY.nb.notDigits, IDENTITY.nb.notDigitsCure);
const TEN_DIGITS = refusal('INVALID_IDENTITY_NUMBER', IDENTITY.nb.tenDigits, IDENTITY.nb.tenDigitsCure);
const NPID = refusal('INVALID_IDENTITY_NUMBER', IDENTITY.nb.npid, IDENTITY.nb.npidCure);
const NO_SUCH_DATE = refusal('INVALID_IDENTITY_NUMBER', IDENTITY.nb.noSuchDate, IDENTITY.nb.checkCure);
const CHECK_DIGITS = refusal('INVALID_IDENTITY_NUMBER', IDENTITY.nb.checkDigits, IDENTITY.nb.checkCure);
const SYNTHETIC = refusal('SYNTHETIC_IN_PRODUCTION', IDENTITY.nb.synthetic, IDENTITY.nb.syntheticCure);
const REAL = refusal('REAL_IN_TEST', IDENTITY.nb.real, IDENTITY.nb.realCure);

/** Reads a number as people write it: `DDMMÅÅNNNKK`, with space or hyphen after the sixth digit, or without. */
export function readIdentityNumber(text: string, environment: 'test' | 'production'): IdentityReading {
  const number = text.length === LENGTH && isDigits(text) ? text : compact(text);
  if (number.length !== LENGTH || !isDigits(number)) {
    return number.length === LENGTH - 1 && isDigits(number) ? TEN_DIGITS : NOT_DIGITS;
  }
  const writtenDay = pair(number, 0);
  const writtenMonth = pair(number, 2);
  const dShifted = writtenDay > 40;
  const monthShift = writtenMonth > 80 ? 80 : writtenMonth > 40 ? 40 : 0;
  if (!exists(dShifted ? writtenDay - 40 : writtenDay, writtenMonth - monthShift, pair(number, 4))) {
    return isNpidMonth(writtenMonth) ? NPID : NO_SUCH_DATE;
  }
  if (!hasCheckDigits(number)) {
    // A fictive number that agrees with its check digits by chance cannot be distinguished from a D-number.
    return dShifted && pair(number, 6) >= 97 ? { ok: true, number, kind: 'fiktivt' } : CHECK_DIGITS;
  }
  if (monthShift === 0) {
    if (environment === 'test') return REAL;
    return { ok: true, number, kind: dShifted ? 'd-nummer' : 'fodselsnummer' };
  }
  if (environment === 'production') return SYNTHETIC;
  return { ok: true, number, kind: syntheticKind(dShifted, monthShift) };
}

function syntheticKind(dShifted: boolean, monthShift: 40 | 80): IdentityKind {
  if (monthShift === 80) return dShifted ? 'd-tenor' : 'tenor';
  return dShifted ? 'd-h-nummer' : 'h-nummer';
}

function compact(text: string): string {
  if (text.length > LONGEST) return '';
  const trimmed = text.trim();
  if (trimmed.length <= LENGTH) return trimmed;
  for (let i = 6; i < trimmed.length - 5; i++) {
    const char = trimmed[i];
    if (char !== ' ' && char !== '-' && char !== '\u00a0') return '';
  }
  return trimmed.slice(0, 6) + trimmed.slice(-5);
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function digit(number: string, index: number): number {
  return number.charCodeAt(index) - 48;
}

function pair(number: string, index: number): number {
  return digit(number, index) * 10 + digit(number, index + 1);
}

/** In any century: year 00 was a leap year in 2000, so 29 February exists whenever the year divides by four. */
function exists(day: number, month: number, year: number): boolean {
  const days = DAYS[month - 1];
  if (days === undefined || day < 1 || day > days) return false;
  return !(month === 2 && day === 29 && year % 4 !== 0);
}

/** Month + 20, and + 60 for Nav's synthetic ones. */
function isNpidMonth(month: number): boolean {
  return (month >= 21 && month <= 32) || (month >= 61 && month <= 72);
}

/** Mod 11 twice. From 2032 the first sum may leave 0, 1, 2 or 3; before that only 0. */
function hasCheckDigits(number: string): boolean {
  let first = 0;
  let second = 0;
  for (let i = 0; i < LENGTH; i++) {
    const value = digit(number, i);
    first += value * FIRST_WEIGHTS[i]!;
    second += value * SECOND_WEIGHTS[i]!;
  }
  return first % 11 <= 3 && second % 11 === 0;
}

function refusal(code: IdentityRefusal['code'], text: string, cure: string): IdentityRefusal {
  return Object.freeze({ ok: false, code, text, cure });
}
