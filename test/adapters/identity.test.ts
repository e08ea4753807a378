import { describe, expect, test } from 'vitest';
import type { AdapterContext } from '../../src/core/feedAdapter.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import type { StatusEvent } from '../../src/core/youth/statusEvent.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';
import { adapterOf, fixturesOf } from './fixtures.ts';

// What makes two records the same event, and what keeps two apart: too wide loses youths, too narrow alerts twice.

const CONTEXT: AdapterContext = {
  county: countyNumber('40'),
  environment: 'test',
  activations: {},
  pseudonym,
  nameTag,
  askedRef,
};
const school = adapterOf('school-dropout');
const ROW = {
  type: 'avbrudd',
  fodselsnummer: '14830989960',
  skolenummer: '40014',
  avbruddsdato: '2026-09-07',
  avbruddsarsak: 'IM',
};

function eventOf(
  value: unknown,
  received = '2026-10-07T07:12:30.000Z',
  feed = school,
  envelope = null,
): StatusEvent {
  const verdict = feed.read({ value, received, envelope }, CONTEXT);
  if (verdict.kind !== 'event' && verdict.kind !== 'listed') throw new Error(JSON.stringify(verdict));
  return verdict.event;
}

describe('a row without an id', () => {
  test('is the same event when it is repeated (S11)', () => {
    expect(eventOf({ ...ROW }).id).toBe(eventOf(ROW).id);
  });

  test('is the same event in another field order, with empty fields, and sent again another day', () => {
    const reordered = Object.fromEntries(Object.entries(ROW).reverse());
    expect(
      eventOf({ ...reordered, meldt: '2026-10-06T08:00:00Z', fodselsdato: '', moteHoldt: null }).id,
    ).toBe(eventOf(ROW).id);
  });

  test.each([
    ['another youth', { fodselsnummer: '21860876016' }],
    ['another school year', { avbruddsdato: '2025-09-07' }],
    ['another type', { type: 'oppstart', startdato: '2026-09-07', avbruddsdato: null, avbruddsarsak: null }],
  ])('is another event for %s', (_title, change) => {
    const { avbruddsdato, avbruddsarsak, ...row } = { ...ROW, ...change };
    const rest = { ...(avbruddsdato && { avbruddsdato }), ...(avbruddsarsak && { avbruddsarsak }) };
    expect(eventOf({ ...row, ...rest }).id).not.toBe(eventOf(ROW).id);
  });

  test.each([
    ['date', { avbruddsdato: '2026-09-08' }],
    ['reason', { avbruddsarsak: 'TN' }],
  ])(
    'is the same event with another %s, and a later version of it when it comes later (A11)',
    (_title, change) => {
      const [first, later] = [eventOf(ROW), eventOf({ ...ROW, ...change }, '2026-10-08T07:12:30.000Z')];
      expect([later.source, later.id]).toEqual([first.source, first.id]);
      expect(later.version).toBeGreaterThan(first.version);
    },
  );

  test('two youths at one school on one day are two events, also with digits swapped between fields', () => {
    const ids = ['14830989960', '21860876016', '21860875818', '11870873311'].map(
      (fodselsnummer) => eventOf({ ...ROW, fodselsnummer }).id,
    );
    expect(new Set(ids).size).toBe(4);
  });
});

describe('an id of the source', () => {
  test('may be a UUID, also one that is mostly digits', () => {
    const id = 'a0000000-0000-4000-8000-f14830989960';
    expect(eventOf({ ...ROW, id }).id).toBe(id);
  });

  test.each(['14830989960', 'elev:14830989960', 'nr14830989960'])(
    'may not be or hold an identity number',
    (id) => {
      const verdict = school.read(
        { value: { ...ROW, id }, received: '2026-10-07T07:12:30.000Z', envelope: null },
        CONTEXT,
      );
      expect(verdict).toMatchObject({
        kind: 'malformed',
        problems: [{ code: 'INVALID_VALUE', field: 'id' }],
      });
    },
  );
});

describe('a row of a nightly list', () => {
  const envelope = { list: 'ot', run: 'r', type: 'FULL', total: 1 } as const;
  const ot = adapterOf('ot-adviser');
  const row = fixturesOf('ot-adviser').get('registerrad')?.value;
  const on = (received: string): StatusEvent => {
    const verdict = ot.read({ value: row, received, envelope }, CONTEXT);
    if (verdict.kind !== 'listed') throw new Error(JSON.stringify(verdict));
    return verdict.event;
  };

  test('is a higher version of the same fact the next night, and a repeat the same day', () => {
    const [first, again, next] = [
      on('2026-10-06T00:05:00.000Z'),
      on('2026-10-06T09:00:00.000Z'),
      on('2026-10-07T00:05:00.000Z'),
    ];
    expect(again).toEqual(first);
    expect(next.id).toBe(first.id);
    expect(next.version).toBeGreaterThan(first.version);
  });

  test('belongs to the day in Oslo', () => {
    expect(on('2026-10-06T22:30:00.000Z').effective).toBe('2026-10-07');
  });
});

describe('a NAV answer', () => {
  const nav = adapterOf('nav-match');
  const answer = (batchId: string, registrert: string) =>
    eventOf(
      { type: 'svar', batchId, maaned: '2026-11', id: 'm-001', fodselsnummer: '02910788054', registrert },
      undefined,
      nav,
    );

  test('is the same event when its batch comes twice (N03)', () => {
    expect(answer('B-2026-11', 'JA')).toEqual(answer('B-2026-11', 'JA'));
  });

  test('is a higher version of the same fact in a later delivery of the month (N03)', () => {
    const [first, later] = [answer('B-2026-11', 'JA'), answer('B-2026-11b', 'NEI')];
    expect([first.id, first.version, later.version]).toEqual([later.id, 1, 2]);
  });
});

describe('a consent', () => {
  const consent = adapterOf('consent');
  const value = fixturesOf('consent').get('samtykke')?.value as Record<string, unknown>;

  test('is the same event when it is sent twice', () => {
    expect(eventOf({ ...value }, undefined, consent)).toEqual(eventOf(value, undefined, consent));
  });

  test('and its opposite of the same moment are two events: a tie must reach the core', () => {
    const opposite = eventOf({ ...value, tilstand: 'IKKE_SAMTYKKET' }, undefined, consent);
    expect(opposite.id).not.toBe(eventOf(value, undefined, consent).id);
  });

  test('of two persons at the same moment are two events', () => {
    const other = eventOf({ ...value, fodselsnummer: '14830989960' }, undefined, consent);
    expect(other.id).not.toBe(eventOf(value, undefined, consent).id);
  });
});
