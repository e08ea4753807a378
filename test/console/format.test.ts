import { describe, expect, test } from 'vitest';
import { formatOf } from '../../src/console/format.ts';
import type { IsoDate, IsoInstant } from '../../src/core/time/date.ts';

const [nb, nn] = [formatOf('nb'), formatOf('nn')];
const NOW = '2026-10-07T07:12:00.000Z' as IsoInstant;
const at = (text: string) => `2026-${text}.000Z` as IsoInstant;

test('dates and figures are as Språkrådet writes them', () => {
  expect(nb.longDate('2026-10-07' as IsoDate)).toBe('7. oktober 2026');
  expect(nb.month('2026-10')).toBe('oktober 2026');
  expect(nn.date('2026-10-07' as IsoDate)).toBe('07.10.2026');
  expect(nb.moment(NOW)).toBe('07.10.2026 kl. 09.12');
  expect(nb.number(10_000)).toBe('10\u00a0000');
});

describe('time from now', () => {
  test.each([
    ['10-07T07:11:30', 'nå', 'no'],
    ['10-07T07:11:00', 'for ett minutt siden', 'for eitt minutt sidan'],
    ['10-07T06:13:00', 'for 59 minutter siden', 'for 59 minutt sidan'],
    ['10-07T05:12:00', 'for 2 timer siden', 'for 2 timar sidan'],
    ['10-06T08:00:00', 'for 23 timer siden', 'for 23 timar sidan'],
    ['10-06T07:00:00', 'for en dag siden', 'for ein dag sidan'],
    ['10-04T23:30:00', 'for 2 dager siden', 'for 2 dagar sidan'],
    ['10-14T07:12:00', 'om 7 dager', 'om 7 dagar'],
    ['12-08T07:12:00', 'om 2 måneder', 'om 2 månader'],
  ])('%s', (moment, bokmal, nynorsk) => {
    expect(nb.relative(at(moment), NOW)).toBe(bokmal);
    expect(nn.relative(at(moment), NOW)).toBe(nynorsk);
  });

  test('years', () => {
    expect(nb.relative('2024-10-01T07:00:00.000Z' as IsoInstant, NOW)).toBe('for 2 år siden');
  });
});
