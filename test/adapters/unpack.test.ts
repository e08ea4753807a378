import { describe, expect, test } from 'vitest';
import { adapterOf, fixturesOf } from './fixtures.ts';

const RUN = 'vigo-laktiv-15-2026-10-06T00:05:00.000Z';
const contract = fixturesOf('apprenticeship').get('aktiv-kontrakt')?.value;
const youth = fixturesOf('ot-adviser').get('registerrad')?.value;

const LISTS = [
  { feed: 'apprenticeship', list: 'laktiv', field: 'kontrakter', row: contract },
  { feed: 'ot-adviser', list: 'ot', field: 'otungdommer', row: youth },
] as const;

describe.each(LISTS)('the list $list', ({ feed, list, field, row }) => {
  const adapter = adapterOf(feed);
  const unpack = (document: unknown) => adapter.unpack?.(document, RUN);

  test('a whole answer becomes rows under one envelope', () => {
    expect(unpack({ errorMessage: null, antall: 2, [field]: [row, row] })).toEqual({
      kind: 'rows',
      rows: [row, row],
      envelope: { list, run: RUN, type: 'FULL', total: 2 },
    });
  });

  test('an empty answer without an error is an empty list, for the caller to judge', () => {
    expect(unpack({ antall: 0, [field]: [] })).toEqual({
      kind: 'rows',
      rows: [],
      envelope: { list, run: RUN, type: 'FULL', total: 0 },
    });
  });

  test.each([
    [
      'an error message with an empty list (E02)',
      { errorMessage: 'ORA-01017 14830989960', antall: 0, [field]: [] },
      'errorMessage',
    ],
    [
      'an error message with a part of the list',
      { errorMessage: 'tidsavbrudd', antall: 1, [field]: [row] },
      'errorMessage',
    ],
    ['fewer rows than counted (F03)', { errorMessage: '', antall: 3, [field]: [row, row] }, 'antall'],
    ['more rows than counted', { antall: 1, [field]: [row, row] }, 'antall'],
    ['a count that is text', { antall: '1', [field]: [row] }, 'antall'],
    ['no count', { [field]: [row] }, 'antall'],
    ['no rows', { antall: 1 }, field],
    ['rows that are no list', { antall: 1, [field]: { 0: row } }, field],
  ])('%s is refused whole', (_title, document, blamed) => {
    const unpacked = unpack(document);
    expect(unpacked).toMatchObject({
      kind: 'malformed',
      problems: [{ code: 'INCOMPLETE_LIST', field: blamed }],
    });
    expect(JSON.stringify(unpacked)).not.toContain('ORA');
  });

  test.each([['<html>502</html>'], [null], [[row]], [row], [{ type: 'annullering', id: 'a' }], [7]])(
    'a value that is no list document is left to the reader of records',
    (value) => {
      expect(unpack(value)).toBeUndefined();
    },
  );
});
