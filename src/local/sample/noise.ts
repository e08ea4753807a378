import {
  type Day,
  dateOf,
  dayOf,
  LAST_DAYS,
  momentOf,
  officeHours,
  periodOf,
  workdayIn,
} from './calendar.ts';
import type { Identity } from './identity.ts';
import type { YouthPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Notebook, SampleRecord } from './record.ts';
import type { Registered } from './registered.ts';

// Noise that the tables must not show: annulled registrations, corrections, duplicate records, unreadable records,
// changes of programme, next year's list.

export interface RegisteredYouth {
  plan: YouthPlan;
  who: Identity;
  registered: Registered;
}

/** The sender annuls a mistaken registration; OT had not reached the youth (S04). */
export function annul({ plan, who, registered }: RegisteredYouth, random: Random, book: Notebook): void {
  if (plan.annulledBefore === null) return;
  const { feed, value } = registered.record;
  const { first } = periodOf(plan.annulledBefore);
  const school = feed === 'school-dropout' ? { skolenummer: value.skolenummer } : {};
  book.write({
    at: officeHours(workdayIn(random, first + 2, first + 40), random),
    feed,
    fodselsnummer: who.fodselsnummer,
    value: {
      id: book.id('annullering'),
      type: 'annullering',
      fodselsnummer: who.fodselsnummer,
      ...school,
      annullerer: value.id,
    },
  });
}

/** The school corrects the date or the reason of a dropout: a new version of the same event. */
export function correct({ registered }: RegisteredYouth, random: Random, book: Notebook): void {
  const { record, known } = registered;
  const { avbruddsdato, avbruddsarsak } = record.value;
  const left = Math.max(dayOf(String(avbruddsdato)) - random.between(1, 8), dayOf('2020-08-18'));
  const change = random.chance(0.6)
    ? { avbruddsdato: dateOf(left) }
    : { avbruddsarsak: avbruddsarsak === 'FV' ? 'FR' : 'FV' };
  const at = officeHours(known + random.between(2, 6), random);
  book.write({ ...record, at, value: { ...record.value, version: 2, ...change } });
}

/** The same record again, some days later. */
export function resend(record: SampleRecord, random: Random, book: Notebook): void {
  const days = random.between(1, 20);
  book.write({ ...record, at: record.at + days * 86_400_000 + random.between(0, 3_600_000) });
}

/** An unreadable record goes to quarantine; the sender corrects the error and sends `record`, which is already
 *  written. */
export function garble(record: SampleRecord, kind: 'wish' | 'digits' | 'date', book: Notebook): void {
  const value = { ...record.value };
  const number = String(value.fodselsnummer);
  if (kind === 'wish') value.onskestatus = 'STRXPO';
  // A spreadsheet has dropped the leading zero.
  if (kind === 'digits') value.fodselsnummer = number.slice(1);
  if (kind === 'date') value.dato = '2020-09-31';
  const fodselsnummer = kind === 'digits' ? null : number;
  book.write({ ...record, at: record.at - 40 * 60_000, fodselsnummer, value });
}

/** A pupil changes programme at the same school: a leave record that is no dropout (R40). */
export function changeProgramme(who: Identity, random: Random, book: Notebook): void {
  const day = workdayIn(random, dayOf('2020-08-24'), dayOf('2020-10-30'));
  book.write({
    at: officeHours(day, random),
    feed: 'school-dropout',
    fodselsnummer: who.fodselsnummer,
    value: {
      id: book.id('avbrudd'),
      version: 1,
      type: 'avbrudd',
      ...who,
      skolenummer: '38011',
      avbruddsdato: dateOf(day - random.between(0, 3)),
      avbruddsarsak: 'AP',
    },
  });
}

/** Did not apply for the next year: two school years are open at the same time (finding 7). */
export function missNextYear(who: Identity, random: Random, book: Notebook): void {
  const day: Day = dayOf('2021-03-15');
  book.write({
    at: momentOf(day, 120 + random.between(0, 55)),
    feed: 'vigo-intake',
    fodselsnummer: who.fodselsnummer,
    value: { id: book.id('ikkesoker'), type: 'ikkesoker', ...who, skolear: '2021-22', dato: dateOf(day) },
  });
}

/** An adviser sets a status although OT has not reached the youth: refused, OTUK stays (R02). Silence is no basis
 *  for OTNO either (R24). */
export function judgeWithoutContact(
  youth: RegisteredYouth,
  silent: boolean,
  random: Random,
  book: Notebook,
): void {
  const day = workdayIn(random, dayOf('2021-03-01'), dayOf('2021-05-20'));
  book.write({
    at: momentOf(day, 780),
    feed: 'ot-adviser',
    fodselsnummer: youth.who.fodselsnummer,
    value: {
      id: book.id('ot'),
      type: 'status',
      kilde: 'ot:38203',
      fodselsnummer: youth.who.fodselsnummer,
      dato: dateOf(day),
      kode: 'OTNO',
      grunnlag: silent ? 'IKKE_SVART' : 'NEI_TIL_OPPFOLGING',
    },
  });
}

/** Reported after the last cut-off: counts in no report of the year (S09). */
export function lateStatus(youth: RegisteredYouth, random: Random, book: Notebook): void {
  const day = workdayIn(random, LAST_DAYS[2] + 1, LAST_DAYS[2] + 6);
  book.write({
    at: momentOf(day, 800),
    feed: 'ot-adviser',
    fodselsnummer: youth.who.fodselsnummer,
    value: {
      id: book.id('ot'),
      type: 'status',
      kilde: 'ot:38202',
      fodselsnummer: youth.who.fodselsnummer,
      dato: dateOf(LAST_DAYS[2] + 1),
      kode: 'OTAR',
      viaOT: 'JA',
    },
  });
}

export function lateDropout(who: Identity, random: Random, book: Notebook): void {
  const day = workdayIn(random, LAST_DAYS[2] + 1, LAST_DAYS[2] + 6);
  book.write({
    at: officeHours(day, random),
    feed: 'school-dropout',
    fodselsnummer: who.fodselsnummer,
    value: {
      id: book.id('avbrudd'),
      version: 1,
      type: 'avbrudd',
      ...who,
      skolenummer: '38004',
      avbruddsdato: dateOf(LAST_DAYS[2] - random.between(3, 20)),
      avbruddsarsak: 'FV',
    },
  });
}
