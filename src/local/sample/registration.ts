import { type Day, dateOf, dayOf, momentOf, periodOf, workdayIn } from './calendar.ts';
import { dropout } from './dropouts.ts';
import type { Identity } from './identity.ts';
import { SCHOOLS } from './places.ts';
import type { YouthPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Notebook, SampleRecord } from './record.ts';
import type { Registered } from './registered.ts';
import { VESTFOLD_OG_TELEMARK } from './target.ts';

// Registration of a youth: reported by the list, the school or the apprenticeship office, in the weeks of the yearly
// wheel (W07/W11 non-applicants, W21–W23 non-shows and declined places) or when it happens.

/** Days between a registration and an adviser's first record. Longer than a step of the player: feeds are read in
 *  parallel, and with the adviser's record first no trace would be left of the time between. */
export const ADVISER_LAG = 5;
/** Days a youth needs in a period to be registered, reached and given a status. */
const SETTLING = 16;

const NO_PLACE = ['STRLPO', 'VENTOI', 'UKVAL', 'STRSAV', 'STRGJE'];

/** Writes the record(s) that register the youth, with the tilmeldingskode of the plan. */
export function register(plan: YouthPlan, who: Identity, random: Random, book: Notebook): Registered {
  const cell = plan.cells[plan.arrives];
  if (cell === null) throw new Error('a youth has no cell at the date it arrives');
  // A youth who stays OTUK may be registered on the last day; one with a status needs time before it.
  const hasStatus = cell.group !== '1';
  const period = periodOf(plan.arrives);
  const last = hasStatus ? period.last - SETTLING : period.last - 2;
  switch (cell.tilmelding) {
    case 'IKKE_SOKT':
      return notApplied(plan, who, random, book, last);
    case 'TAKKET_NEI':
      return declined(plan, who, random, book, last);
    case 'ANDRE_GRUNNER':
      return otherReasons(plan, who, random, book, last);
    case 'AVBRUTT':
      return dropout(plan, who, random, book, last);
  }
}

function notApplied(plan: YouthPlan, who: Identity, random: Random, book: Notebook, last: Day): Registered {
  // The transfer on 15 March, and the load in week 18 with those the March list did not have.
  const march = random.chance(0.82);
  const day = firstYear(plan)
    ? march
      ? random.between(0, 4)
      : workdayIn(random, dayOf('2020-04-27'), dayOf('2020-04-30'))
    : workdayIn(random, periodOf(plan.arrives).first, last);
  return { known: day, record: vigo(book, who, 'ikkesoker', day, { dato: dateOf(day) }, random) };
}

function declined(plan: YouthPlan, who: Identity, random: Random, book: Notebook, last: Day): Registered {
  const day = inAutumnLoad(plan, random, last);
  const said = firstYear(plan)
    ? random.between(dayOf('2020-07-15'), dayOf('2020-08-28'))
    : day - random.between(1, 9);
  const school = random.chance(0.6) ? { skolenummer: random.pick(SCHOOLS) } : {};
  return { known: day, record: vigo(book, who, 'neisvar', day, { dato: dateOf(said), ...school }, random) };
}

function otherReasons(plan: YouthPlan, who: Identity, random: Random, book: Notebook, last: Day): Registered {
  if (random.chance(0.65)) {
    const day = firstYear(plan)
      ? random.between(dayOf('2020-09-07'), dayOf('2020-09-18'))
      : late(plan, random, last);
    const start = firstYear(plan)
      ? random.between(dayOf('2020-08-17'), dayOf('2020-08-28'))
      : day - random.between(1, 12);
    return {
      known: day,
      record: vigo(
        book,
        who,
        'ikkemott',
        day,
        { dato: dateOf(start), skolenummer: random.pick(SCHOOLS) },
        random,
      ),
    };
  }
  const day = inAutumnLoad(plan, random, last);
  const struck = firstYear(plan)
    ? random.between(dayOf('2020-07-08'), dayOf('2020-08-14'))
    : day - random.between(1, 9);
  return {
    known: day,
    record: vigo(
      book,
      who,
      'onskestatus',
      day,
      { dato: dateOf(struck), onskestatus: random.pick(NO_PLACE) },
      random,
    ),
  };
}

function vigo(
  book: Notebook,
  who: Identity,
  type: string,
  day: Day,
  fields: Record<string, unknown>,
  random: Random,
): SampleRecord {
  return book.write({
    // VIGO's lists come at night.
    at: momentOf(day, 120 + random.between(0, 55)),
    feed: 'vigo-intake',
    fodselsnummer: who.fodselsnummer,
    value: { id: book.id(type), type, ...who, skolear: VESTFOLD_OG_TELEMARK.schoolYear, ...fields },
  });
}

/** Week 38, or later in the year. */
function inAutumnLoad(plan: YouthPlan, random: Random, last: Day): Day {
  return firstYear(plan)
    ? random.between(dayOf('2020-09-14'), dayOf('2020-09-18'))
    : late(plan, random, last);
}

function late(plan: YouthPlan, random: Random, last: Day): Day {
  return workdayIn(random, periodOf(plan.arrives).first, last);
}

function firstYear(plan: YouthPlan): boolean {
  return plan.arrives === 0;
}
