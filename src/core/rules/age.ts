import type { IsoDate } from '../time/date.ts';
import type { Rule } from './rule.ts';

// Who is in the age range, and until when.

/** Q1. `applies`: within the range. The limit is that of the date in question, also when it is judged years later. */
export const ageLimit: Rule<
  { bornYear: number; year: number; limit: number },
  { outside: 'UTENFOR_ALDERSGRENSEN'; unknown: 'ALDER_UKJENT'; category: 'review' }
> = {
  id: 'Q1',
  kind: 'decides',
  text: 'Ungdommen hører til målgruppen til og med kalenderåret den fyller aldersgrensen som gjaldt på datoen saken gjelder.',
  nynorsk:
    'Ungdomen høyrer til målgruppa til og med kalenderåret han eller ho fyller den aldersgrensa som gjaldt på datoen saka gjeld.',
  source: 'Domenereferansen, Q1; V, § 3-6',
  applies: ({ bornYear, year, limit }) => year <= bornYear + limit,
  leadsTo: { outside: 'UTENFOR_ALDERSGRENSEN', unknown: 'ALDER_UKJENT', category: 'review' },
};

/** R47. `applies`: the duty lasts. `last`: the youth's last day in the age range. */
export const dutyLasts: Rule<
  { today: IsoDate; last: IsoDate },
  { closing: 'ALDERSGRENSE'; category: 'alert' }
> = {
  id: 'R47',
  kind: 'decides',
  text: 'Pliktene gjelder så lenge ungdommen er i målgruppen; i det siste året skal saken avsluttes før nyttår.',
  nynorsk:
    'Pliktene gjeld så lenge ungdomen er i målgruppa; i det siste året skal saka avsluttast før nyttår.',
  source: 'V, § 13-3; domenereferansen, Y05',
  applies: ({ today, last }) => today <= last,
  leadsTo: { closing: 'ALDERSGRENSE', category: 'alert' },
};
