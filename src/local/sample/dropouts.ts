import { type Day, dateOf, dayOf, officeHours, periodOf, workdayIn } from './calendar.ts';
import type { Identity } from './identity.ts';
import { COMPANIES, SCHOOLS } from './places.ts';
import type { YouthPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Notebook } from './record.ts';
import type { Registered } from './registered.ts';

// Dropouts: the school or the apprenticeship office reports them immediately or weeks later.

const SCHOOL_REASONS = { FV: 34, FR: 22, AF: 20, AR: 12, FL: 8, SL: 4 };
const CONTRACT_REASONS = { BR: 30, FV: 26, AF: 22, AR: 14, OK: 8 };

/** AVBRUTT: a dropout from school, or a contract that ended. */
export function dropout(
  plan: YouthPlan,
  who: Identity,
  random: Random,
  book: Notebook,
  last: Day,
): Registered {
  // Dropout dates are legitimately backdated by weeks: a cut-off counts what had been received by then.
  const first = plan.arrives === 0 ? dayOf('2020-08-31') : periodOf(plan.arrives).first;
  const day = workdayIn(random, first, last);
  const lag = random.chance(0.12) ? random.between(22, 45) : random.between(0, 14);
  const left = Math.max(day - lag, dayOf('2020-08-19'));
  if (plan.annulledBefore === null && random.chance(0.24)) return contractEnded(who, day, left, random, book);
  const value = {
    id: book.id('avbrudd'),
    version: 1,
    type: 'avbrudd',
    fodselsnummer: who.fodselsnummer,
    fodselsdato: who.fodselsdato,
    skolenummer: random.pick(SCHOOLS),
    avbruddsdato: dateOf(left),
    avbruddsarsak: random.weighted(SCHOOL_REASONS),
  };
  const at = officeHours(day, random);
  return {
    known: day,
    record: book.write({ at, feed: 'school-dropout', fodselsnummer: who.fodselsnummer, value }),
  };
}

/** The registration opens immediately; its alert waits for the days of grace for a new contract (Q11). */
function contractEnded(who: Identity, day: Day, ended: Day, random: Random, book: Notebook): Registered {
  const record = book.write({
    at: officeHours(day, random),
    feed: 'apprenticeship',
    fodselsnummer: who.fodselsnummer,
    value: {
      id: book.id('heving'),
      type: 'heving',
      fodselsnummer: who.fodselsnummer,
      bedriftsnummer: random.pick(COMPANIES),
      sluttdato: dateOf(ended),
      sluttaarsak: random.weighted(CONTRACT_REASONS),
    },
  });
  return { known: day, record };
}
