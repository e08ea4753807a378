import { hash } from 'node:crypto';
import type { IsoInstant } from '../../core/time/date.ts';

// Three months of the exchange with NAV, as they can go: answered whole, in part and waiting for the rest, and held because
// of an answer about a person NAV was not asked about. No document gives figures; who is in a list follows from the consents.

export interface NavMonth {
  month: string;
  /** When the county has the list made, and when NAV fetches and answers it. */
  extracted: IsoInstant;
  answered: IsoInstant;
  goes: 'whole' | 'in-part' | 'with-stranger';
}

export const NAV_MONTHS: readonly NavMonth[] = [
  {
    ...{ month: '2021-03', goes: 'whole' },
    ...{ extracted: '2021-03-01T08:00:00.000Z', answered: '2021-03-04T12:00:00.000Z' },
  },
  // Some take their consent back after the extract: they are withdrawn before NAV fetches.
  {
    ...{ month: '2021-04', goes: 'in-part' },
    ...{ extracted: '2021-04-06T06:00:00.000Z', answered: '2021-04-15T11:00:00.000Z' },
  },
  {
    ...{ month: '2021-05', goes: 'with-stranger' },
    ...{ extracted: '2021-05-04T06:00:00.000Z', answered: '2021-05-07T11:00:00.000Z' },
  },
];

/** A row of the list, as NAV has fetched it. */
export interface FetchedRow {
  matchId: string;
  fodselsnummer: string;
}

/** A record of the feed `nav-match`, and its person; null where NAV names none that the county knows. */
export interface NavRecord {
  fodselsnummer: string | null;
  value: Record<string, unknown>;
}

const OFFICES = ['0704', '0706', '0709', '0805', '0806', '0815'] as const;
/** Has the form of a match id, and is in no list. */
const STRANGER = 'pw_fremmedfremmedfremmedfremm';
/** Of a delivery in part so little is sent that it lacks rows even when it is sent again. */
const ONE_IN = 3;

/** NAV's delivery, manifest first. What is answered about a youth follows from the number: the same whenever it is played. */
export function deliveryOf({ month: maaned, goes }: NavMonth, rows: readonly FetchedRow[]): NavRecord[] {
  const batchId = `B-${maaned}`;
  const inOrder = rows.toSorted((one, other) => (one.fodselsnummer < other.fodselsnummer ? -1 : 1));
  const answers = inOrder.map(({ matchId: id, fodselsnummer }): NavRecord => {
    return { fodselsnummer, value: { type: 'svar', batchId, maaned, id, ...answerAbout(fodselsnummer) } };
  });
  if (goes === 'with-stranger')
    answers.push({
      fodselsnummer: null,
      value: { type: 'svar', batchId, maaned, id: STRANGER, registrert: 'JA', kontor: OFFICES[0] },
    });
  const sent = goes === 'in-part' ? answers.filter((_, at) => at % ONE_IN === 0) : answers;
  const manifest = { type: 'manifest', batchId, maaned, antall: answers.length };
  return [{ fodselsnummer: null, value: manifest }, ...sent];
}

/** Six of ten are registered, one in ten is not answered about. */
function answerAbout(fodselsnummer: string): Record<string, unknown> {
  const [drawn = 0, office = 0] = hash('sha256', fodselsnummer, 'buffer');
  const of = drawn % 10;
  if (of >= 6) return { registrert: of < 9 ? 'NEI' : 'IKKE_SVART' };
  return { registrert: 'JA', kontor: OFFICES[office % OFFICES.length] };
}
