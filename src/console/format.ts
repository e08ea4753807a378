import type { Language } from '../core/language.ts';
import { epochOf, type IsoDate, type IsoInstant } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { norwegianDate, norwegianMoment, norwegianNumber } from '../text/norwegian.ts';

// Dates, numbers and distances in time as Språkrådet writes them, in Oslo time. The names of months are the same in both
// written forms.

const MONTHS = [
  ...['januar', 'februar', 'mars', 'april', 'mai', 'juni'],
  ...['juli', 'august', 'september', 'oktober', 'november', 'desember'],
];

export interface Format {
  /** 10 000, with a hard space. */
  number(value: number): string;
  /** 07.10.2026, for columns. */
  date(date: IsoDate): string;
  /** 7. oktober 2026. */
  longDate(date: IsoDate): string;
  /** «oktober 2026» of `2026-10`. */
  month(month: string): string;
  /** 07.10.2026 kl. 09.12. */
  moment(moment: IsoInstant): string;
  /** «for 3 dager siden», «om 2 timer», «nå». */
  relative(moment: IsoInstant, now: IsoInstant): string;
}

export function formatOf(language: Language): Format {
  return {
    number: norwegianNumber,
    date: norwegianDate,
    longDate: (date) =>
      `${Number(date.slice(8))}. ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`,
    month: (month) => `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`,
    moment: norwegianMoment,
    relative: (moment, now) => relativeText(language, moment, now),
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Unit = 'minute' | 'hour' | 'day' | 'month' | 'year';

/** One, and several. */
const UNITS: Readonly<Record<Language, Readonly<Record<Unit, readonly [string, string]>>>> = {
  nb: {
    minute: ['ett minutt', 'minutter'],
    hour: ['en time', 'timer'],
    day: ['en dag', 'dager'],
    month: ['en måned', 'måneder'],
    year: ['ett år', 'år'],
  },
  nn: {
    minute: ['eitt minutt', 'minutt'],
    hour: ['ein time', 'timar'],
    day: ['ein dag', 'dagar'],
    month: ['ein månad', 'månader'],
    year: ['eitt år', 'år'],
  },
};

function relativeText(language: Language, moment: IsoInstant, now: IsoInstant): string {
  const away = epochOf(moment) - epochOf(now);
  const distance = distanceOf(language, Math.abs(away), moment, now);
  if (distance === null) return language === 'nb' ? 'nå' : 'no';
  if (away > 0) return `om ${distance}`;
  return language === 'nb' ? `for ${distance} siden` : `for ${distance} sidan`;
}

/** Null: less than a minute. Days and longer are counted by Oslo's calendar. */
function distanceOf(language: Language, ms: number, moment: IsoInstant, now: IsoInstant): string | null {
  if (ms < MINUTE) return null;
  const named = (count: number, unit: Unit) => {
    const [one, several] = UNITS[language][unit];
    return count === 1 ? one : `${norwegianNumber(count)} ${several}`;
  };
  if (ms < HOUR) return named(Math.floor(ms / MINUTE), 'minute');
  const [from, to] = [osloDate(moment), osloDate(now)].sort();
  const { years, months, days } = Temporal.PlainDate.from(String(from)).until(String(to), {
    largestUnit: 'years',
  });
  if (ms < 24 * HOUR || (years === 0 && months === 0 && days === 0))
    return named(Math.floor(ms / HOUR), 'hour');
  if (years > 0) return named(years, 'year');
  return months > 0 ? named(months, 'month') : named(Math.max(days, 1), 'day');
}
