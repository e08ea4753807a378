import { expect, test } from 'vitest';
import type { ListEnvelope } from '../../src/core/feedAdapter.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';
import { adapterOf } from './fixtures.ts';

const NUMBER = '14830989960';
const WRONG = '14830989961';
const CONTEXT = {
  county: countyNumber('40'),
  environment: 'test',
  activations: {},
  pseudonym,
  nameTag,
  askedRef,
} as const;

type Read = (number: unknown) => { person: string | null; written: string | null; run: string | undefined };

const ROWS: [string, Read][] = [
  ['laktiv', (fnr) => read('apprenticeship', 'laktiv', { elev: { fnr }, bnr: '12', start: '15.08.2025' })],
  ['ot', (fnr) => read('ot-adviser', 'ot', { person: { fnr }, otData: { aktivitetskode: 'V07' } })],
  [
    'private-school',
    (fodselsnummer) =>
      read('private-school', 'private-school:40301', {
        ...{ type: 'elev', skolenummer: '40301', dato: '2026-10-01', startdato: 'snart', fodselsnummer },
      }),
  ],
  [
    'nav',
    (fodselsnummer) =>
      read('nav-match', null, {
        ...{ type: 'svar', batchId: 'B-2026-10', maaned: '2026-10', id: 'm-1', fodselsnummer },
        registrert: 'KANSKJE',
      }),
  ],
];

function read(feed: Parameters<typeof adapterOf>[0], list: ListEnvelope['list'] | null, value: object) {
  const envelope = list === null ? null : { list, run: 'r', type: 'FULL' as const, total: 1 };
  const verdict = adapterOf(feed).read({ value, received: '2026-10-07T07:12:00.000Z', envelope }, CONTEXT);
  if (verdict.kind !== 'malformed') throw new Error(verdict.kind);
  const { person = null, written = null, envelope: own } = verdict.row ?? {};
  const number = person !== null && 'fodselsnummer' in person ? person.fodselsnummer : null;
  return { person: number?.reveal() ?? null, written: written?.reveal() ?? null, run: own?.run };
}

test.each(ROWS)('%s: a row with a field that cannot be used still says whom it is about', (list, row) => {
  const run = list === 'nav' ? 'B-2026-10' : undefined;
  expect(row(NUMBER)).toEqual({ person: NUMBER, written: null, run });
});

test.each(ROWS)('%s: of a number that cannot be read what was written is kept apart', (_list, row) => {
  expect(row(WRONG)).toMatchObject({ person: null, written: WRONG });
  expect(row(undefined)).toMatchObject({ person: null, written: null });
});

test.each(['laktiv', 'ot'] as const)('%s: a document without persons is the list’s manifest', (list) => {
  const [feed, rows] =
    list === 'ot' ? (['ot-adviser', 'otungdommer'] as const) : (['apprenticeship', 'kontrakter'] as const);
  const envelope = { list, run: 'r', type: 'FULL' as const, total: 0 };
  const value = { errorMessage: '', antall: 0, [rows]: [] };
  const received = '2026-10-07T07:12:00.000Z';
  expect(adapterOf(feed).read({ value, received, envelope }, CONTEXT)).toEqual({
    kind: 'manifest',
    envelope,
  });
  const other = { ...envelope, total: 3 };
  expect(adapterOf(feed).read({ value, received, envelope: other }, CONTEXT).kind).toBe('malformed');
});
