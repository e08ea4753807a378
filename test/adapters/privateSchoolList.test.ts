import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { pseudonym } from '../harness/pseudonym.ts';
import { adapterOf } from './fixtures.ts';

const RUN = '0b6e-5d3a';
const adapter = adapterOf('private-school');
const PUPIL = { fodselsnummer: '12880877605', startdato: '2026-08-17' };
const OTHER = { fodselsnummer: '02910788054', startdato: '2026-08-17' };
const LIST = { skole: '46301', dato: '2026-09-18', antall: 2, elever: [PUPIL, OTHER] };
const unpack = (document: unknown) => adapter.unpack?.(document, RUN);

describe('the list of a private school', () => {
  test('becomes rows that each say their school and date, under an envelope of that school', () => {
    expect(unpack(LIST)).toEqual({
      kind: 'rows',
      rows: [PUPIL, OTHER].map((pupil) => ({
        type: 'elev',
        skolenummer: '46301',
        dato: '2026-09-18',
        ...pupil,
      })),
      envelope: {
        list: 'private-school:46301',
        run: 'skoleliste-46301-0b6e-5d3a',
        type: 'FULL',
        total: 2,
      },
    });
  });

  test('says in its id that the school has confirmed that it may be shorter', () => {
    expect(unpack({ ...LIST, bekreftetKortere: true })).toMatchObject({
      envelope: { run: 'skoleliste-46301-0b6e-5d3a-bekreftet' },
    });
  });

  test('C4 has as many rows as it has pupils, one who is listed twice too', () => {
    const twice = unpack({ ...LIST, antall: 3, elever: [PUPIL, OTHER, { ...PUPIL }] });
    expect(twice).toMatchObject({ envelope: { total: 3 } });
    if (twice?.kind !== 'rows') throw new Error('no rows');
    const { envelope } = twice;
    const context = {
      county: countyNumber('46'),
      environment: 'test',
      activations: {},
      pseudonym,
      nameTag: (name: string) => `n-${name}`,
      askedRef: () => undefined,
    } as const;
    const keys = twice.rows.map((value) => {
      const verdict = adapter.read({ value, received: '2026-09-18T08:00:00.000Z', envelope }, context);
      return verdict.kind === 'listed' ? verdict.rowKey : null;
    });
    expect(new Set(keys).size).toBe(2);
  });

  test('leaves what is no pupil to the reader of rows', () => {
    expect(unpack({ ...LIST, elever: [PUPIL, 7] })).toMatchObject({ rows: [{ type: 'elev' }, 7] });
  });

  test.each([
    ['fewer pupils than counted', { ...LIST, antall: 3 }, 'antall'],
    ['a count that is text', { ...LIST, antall: '2' }, 'antall'],
    ['no count', { ...LIST, antall: undefined }, 'antall'],
    ['no pupils', { ...LIST, elever: undefined }, 'elever'],
    ['pupils that are no list', { ...LIST, elever: { 0: PUPIL } }, 'elever'],
    ['no school', { ...LIST, skole: '' }, 'skole'],
    ['no date', { ...LIST, dato: '18/9' }, 'dato'],
    ['an unknown field', { ...LIST, rektor: 'x' }, 'rektor'],
  ])('with %s is refused whole', (_title, document, field) => {
    expect(unpack(document)).toMatchObject({ kind: 'malformed', problems: [{ field }] });
  });

  test.each([[null], [[PUPIL]], [{ type: 'elev', ...PUPIL }], [{ type: 'manifest', antall: 2 }], ['x']])(
    'is not any other value',
    (value) => {
      expect(unpack(value)).toBeUndefined();
    },
  );
});

test('a list that is sent again the same afternoon corrects the first', () => {
  const context = {
    county: countyNumber('46'),
    environment: 'test',
    activations: {},
    pseudonym: () => 'p',
    nameTag: () => 'n',
    askedRef: () => undefined,
  } as const;
  const value = { type: 'elev', skolenummer: '46301', dato: '2026-09-18', ...PUPIL };
  const [first, second] = ['2026-09-18T08:00:00.000Z', '2026-09-18T12:00:00.000Z'].map((received) => {
    const verdict = adapter.read({ value, received, envelope: null }, context);
    if (verdict.kind !== 'event') throw new Error(verdict.kind);
    return verdict.event;
  });
  expect(second?.id).toBe(first?.id);
  expect(second?.version).toBeGreaterThan(first?.version ?? 0);
  expect(second?.version).toBeLessThan(2 ** 31);
});
