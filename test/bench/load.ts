import { feedTopic } from '../../src/core/messages/topic.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { tenorNumber } from '../../src/local/sample/identity.ts';

// The load: 8 records a youth over 2 feeds, as a county's year goes: a dropout, letters and messages without an
// answer, a contact, statuses. In the sample county 3 of 10 adviser records are statuses; here 3 of 7. A status
// publishes 2 or 3 messages, a new tilmelding 4, the others none.

export const ORG = orgId('benkfylke-no');
export const COUNTY = countyNumber('40');
export const PER_YOUTH = 8;

type Step =
  | { type: 'kontaktforsok'; kanal: string; besvart: false }
  | { type: 'kontakt'; via: 'UNGDOM' }
  | Status;
type Status = { type: 'status'; kode: string; viaOT?: 'JA'; enhet: string };

const IN_WORK: Status = { type: 'status', kode: 'OTAR', viaOT: 'JA', enhet: '40201' };
const FOLLOWED: Status = { type: 'status', kode: 'OTOV', enhet: '40201' };
const YEAR: readonly Step[] = [
  { type: 'kontaktforsok', kanal: 'BREV', besvart: false },
  { type: 'kontaktforsok', kanal: 'SMS', besvart: false },
  { type: 'kontakt', via: 'UNGDOM' },
  FOLLOWED,
  { type: 'kontaktforsok', kanal: 'TELEFON', besvart: false },
  IN_WORK,
  FOLLOWED,
];

export interface LoadRecord {
  topic: string;
  /** Which youth, from 0: decides the partition, so that a youth's records stay in order. */
  youth: number;
  value: Buffer;
}

/** Distinct synthetic numbers (month + 80). */
export function identityNumbers(count: number): string[] {
  const numbers: string[] = [];
  for (let day = 0; numbers.length < count; day += 1) {
    const born = Temporal.PlainDate.from('2003-01-01').add({ days: day }).toString();
    for (let individual = 500; individual < 1_000 && numbers.length < count; individual += 1) {
      const number = tenorNumber(born, individual);
      if (number !== undefined) numbers.push(number);
    }
  }
  return numbers;
}

export function dropout(youth: number, number: string): LoadRecord {
  return record('school-dropout', youth, {
    id: `40014-${youth}`,
    type: 'avbrudd',
    fodselsnummer: number,
    fodselsdato: '2008-03-14',
    skolenummer: '40014',
    avbruddsdato: '2026-10-06',
    avbruddsarsak: 'FV',
  });
}

/** Step 1–7 of a year; `round` keeps ids and dates of repeated years apart. Dates must have come: a status of tomorrow
 *  is refused. */
export function followUp(youth: number, number: string, step: number, round = 0): LoadRecord {
  return recordOf(youth, number, YEAR[step - 1] ?? FOLLOWED, `${round}-${step}`, step + round);
}

/** A status that is another than the youth's last, whatever that was. */
export function statusChange(youth: number, number: string, turn: number): LoadRecord {
  return recordOf(youth, number, turn % 2 === 0 ? IN_WORK : FOLLOWED, `s-${turn}`, LATER + turn);
}

/** Days after the last date of the load. */
const LATER = 20;

function recordOf(youth: number, number: string, step: Step, id: string, day: number): LoadRecord {
  const head = { id: `ot-${id}-${youth}`, kilde: 'ot:40201', fodselsnummer: number, dato: dateOf(day) };
  return record('ot-adviser', youth, { ...head, ...step });
}

function record(feed: 'school-dropout' | 'ot-adviser', youth: number, value: object): LoadRecord {
  return { topic: feedTopic(ORG, feed), youth, value: Buffer.from(JSON.stringify(value)) };
}

function dateOf(step: number): string {
  return Temporal.PlainDate.from('2026-10-06').add({ days: step }).toString();
}
