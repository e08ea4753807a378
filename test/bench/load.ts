import { feedTopic } from '../../src/core/topic.ts';
import { tenorNumber } from '../../src/sample/identity.ts';

// The load: 8 records a youth over 2 feeds, as a county's year goes: a dropout, a contact, then six statuses.
// Every one but the contact publishes a status, the dropout also an alert; group changes go out redacted as well.

export const ORG = 'benkfylke-no';
export const COUNTY = '40';
export const PER_YOUTH = 8;

const CODES: readonly { kode: string; viaOT?: 'JA' }[] = [
  { kode: 'OTOV' },
  { kode: 'OTAR', viaOT: 'JA' },
  { kode: 'OTOV' },
  { kode: 'OTEV', viaOT: 'JA' },
  { kode: 'OTOA' },
  { kode: 'OTOV' },
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

/** Step 1 is the contact, steps 2–7 the statuses; `round` keeps the ids of repeated loads apart. */
export function followUp(youth: number, number: string, step: number, round = 0): LoadRecord {
  const head = {
    id: `ot-${round}-${step}-${youth}`,
    kilde: 'ot:40201',
    fodselsnummer: number,
    dato: dateOf(step + round),
  };
  if (step === 1) return record('ot-adviser', youth, { ...head, type: 'kontakt', via: 'UNGDOM' });
  return record('ot-adviser', youth, {
    ...head,
    type: 'status',
    enhet: '40201',
    ...CODES[(step - 2) % CODES.length],
  });
}

function record(feed: 'school-dropout' | 'ot-adviser', youth: number, value: object): LoadRecord {
  return { topic: feedTopic(ORG, feed), youth, value: Buffer.from(JSON.stringify(value)) };
}

function dateOf(step: number): string {
  return Temporal.PlainDate.from('2026-10-06').add({ days: step }).toString();
}
