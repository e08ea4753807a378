import type { Tilmeldingskode } from '../../core/youth/statusEvent.ts';
import { type Day, dateOf, dayOf, isWorkday, momentOf, periodOf, workdayIn } from './calendar.ts';
import type { Identity } from './identity.ts';
import type { PlanCell, YouthPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Notebook } from './record.ts';
import type { Registered } from './registered.ts';
import { ADVISER_LAG } from './registration.ts';
import { codeIn, type Spells, viaOtOf } from './statusSpells.ts';
import { DATE_INDEXES, type MainGroup, VESTFOLD_OG_TELEMARK } from './target.ts';

// OT's work with one youth through the year, as an OT system reports it: letters and messages without an answer, the
// contact, the statuses in the order of the plan, and the re-coding of a tilmelding.

const UNITS = ['38201', '38202', '38203', '38204', '38205', '38206'];
/** The new school year's codes are set from its first weekday. */
const YEAR_OPENS = dayOf('2020-08-03');
const SUMMER_ENDS = dayOf('2020-08-28');
/** Week 23: after the letters to the non-applicants, advisers begin to call. */
const CALLS_BEGIN = dayOf('2020-06-02');

interface Case {
  who: Identity;
  unit: string;
  random: Random;
  book: Notebook;
}

export function followUp(
  plan: YouthPlan,
  spells: Spells,
  registered: Registered,
  who: Identity,
  random: Random,
  book: Notebook,
): void {
  const file: Case = { who, unit: random.pick(UNITS), random, book };
  const had: string[] = [];
  let last: Day = registered.known + ADVISER_LAG;
  let before: PlanCell | null = null;
  for (const date of DATE_INDEXES) {
    const cell = plan.cells[date];
    if (cell === null) continue;
    const period = periodOf(date);
    const codes = codesOf(cell.group, before?.group ?? '1', spells, had, random);
    const low = Math.max(last + 1, period.first, YEAR_OPENS);
    // Who did not apply is reached before the school year or in its first weeks (W15: by 15 August).
    const settled = registered.known < dayOf('2020-06-01') && random.chance(0.7) ? SUMMER_ENDS : period.last;
    const days = ascendingDays(random, codes.length, low, date === 0 ? settled : period.last);
    for (const [index, code] of codes.entries()) {
      const day = days[index] as Day;
      const first = had.length === 0;
      const earliest = first
        ? reach(file, Math.max(registered.known + ADVISER_LAG, period.first), day)
        : last + 1;
      setStatus(file, code, earliest, day);
      had.push(code);
      last = day;
    }
    if (cell.group === '1') remind(file, Math.max(registered.known + ADVISER_LAG, period.first), period.last);
    if (before !== null && before.tilmelding !== cell.tilmelding) {
      recode(file, cell.tilmelding, workdayIn(random, period.first, period.last));
    }
    before = cell;
  }
}

/** Codes to set in a period so that the youth is in `group` at its end. */
function codesOf(
  group: MainGroup,
  before: MainGroup,
  spells: Spells,
  had: readonly string[],
  random: Random,
): string[] {
  if (group === '1') return [];
  if (group !== before) {
    const first = had.length === 0 && spells.otovFirst ? ['OTOV'] : [];
    return [...first, codeIn(group, spells, [...had, ...first], random)];
  }
  // A new activity in the same group changes a code and no total.
  return group === '3' && random.chance(0.15) ? [codeIn(group, spells, had, random)] : [];
}

/** `count` different days, ascending, the last of them well before the end of a long period. */
function ascendingDays(random: Random, count: number, low: Day, high: Day): Day[] {
  if (count === 0) return [];
  if (high - low + 1 < count) throw new Error(`no room for ${count} statuses between day ${low} and ${high}`);
  if (count === 1) return [workdayIn(random, low, high)];
  const first = workdayIn(random, low, low + Math.floor((high - low) / 2));
  return [first, ...ascendingDays(random, count - 1, Math.min(first + 7, high), high)];
}

/** Failed attempts, then contact: in the summer before the year, else at most a week before the status. Returns the
 *  day of contact. */
function reach(file: Case, low: Day, status: Day): Day {
  const contact =
    low < CALLS_BEGIN
      ? workdayIn(file.random, CALLS_BEGIN, status)
      : Math.max(low, status - file.random.between(0, 6));
  const letter = letterDay(low, contact);
  if (letter !== null) attempt(file, letter, 'BREV');
  if (contact - low > 2 && file.random.chance(0.55)) {
    attempt(
      file,
      file.random.between(letter ?? low, contact - 1),
      file.random.chance(0.7) ? 'SMS' : 'TELEFON',
    );
  }
  write(file, contact, 550, 'kontakt', { dato: dateOf(contact), via: 'UNGDOM' });
  return contact;
}

/** Letters go out in weeks 20 and 39 to those on the lists; later in the year one by one. */
function letterDay(low: Day, contact: Day): Day | null {
  const mailing = [dayOf('2020-05-12'), dayOf('2020-09-23')].find((day) => low <= day && low + 75 > day);
  if (mailing !== undefined) return mailing < contact ? mailing : null;
  return low < contact ? low : null;
}

/** A youth who does not answer stays OTUK, however many letters are sent (R03, R24). */
function remind(file: Case, low: Day, high: Day): void {
  for (let day = low; day <= high; day += file.random.between(18, 40)) {
    if (isWorkday(day)) attempt(file, day, file.random.pick(['BREV', 'SMS', 'TELEFON', 'EPOST']));
  }
}

function attempt(file: Case, day: Day, kanal: string): void {
  write(file, day, 500, 'kontaktforsok', { dato: dateOf(day), kanal, besvart: false });
}

/** A status may be dated some days before its registration, never before the previous one. */
function setStatus(file: Case, kode: string, earliest: Day, day: Day): void {
  const viaOT = viaOtOf(kode);
  const dated = Math.max(earliest, YEAR_OPENS, day - file.random.between(0, 4));
  write(file, day, 720, 'status', { dato: dateOf(dated), kode, ...(viaOT === undefined ? {} : { viaOT }) });
}

function recode(file: Case, tilmeldingskode: Tilmeldingskode, day: Day): void {
  const skolear = VESTFOLD_OG_TELEMARK.schoolYear;
  write(file, day, 840, 'omkoding', { dato: dateOf(day), skolear, tilmeldingskode });
}

/** `minutes` after midnight orders the records of one day: attempt, contact, status, re-coding. */
function write(file: Case, day: Day, minutes: number, type: string, fields: Record<string, unknown>): void {
  const { fodselsnummer } = file.who;
  file.book.write({
    at: momentOf(day, minutes + file.random.between(0, 45)),
    feed: 'ot-adviser',
    fodselsnummer,
    value: { id: file.book.id('ot'), type, kilde: `ot:${file.unit}`, fodselsnummer, ...fields },
  });
}
