import { describe, expect, test } from 'vitest';
import { isUnnamed, oldRowKey, rowKeyIn, unnamedId } from '../../../src/core/youth/unnamedRow.ts';
import type { Fact } from '../../../src/core/youth/youthEvent.ts';

/** Only what names a row. */
const row = (source: string, kind: string, more: Record<string, unknown> = {}): Fact =>
  ({ id: 'innhold-abc', source, kind, effective: '2026-10-06', ...more }) as unknown as Fact;
const year = { schoolYear: '2026-27' };
const school = { institution: '40014' };

describe('a row that was named by its content', () => {
  test.each<[string, Fact, string | null]>([
    ['a dropout of a school', row('40014', 'Left', school), 'uten-id:avbrudd:2026-27:'],
    ['a no-show of a school', row('40014', 'NoShow', { ...year, ...school }), 'uten-id:avbrudd:2026-27:'],
    ['a no to a place at a school', row('40014', 'PlaceDeclined', year), 'uten-id:avbrudd:2026-27:'],
    ['a start at a school', row('40014', 'Started', school), 'uten-id:oppstart:2026-27:'],
    ['a pupil at risk', row('40014', 'AtRisk', school), 'uten-id:fare-for-avbrudd:2026-27:'],
    ['a pupil without plans', row('40014', 'WithoutPlans', year), 'uten-id:uten-planer:2026-27:'],
    ['a status of an adviser', row('ot:40201', 'Decided'), null],
    ['a non-applicant of VIGO', row('vigo', 'NotApplied', year), 'uten-id:ikkesoker:2026-27:'],
    ['a no of VIGO', row('vigo', 'PlaceDeclined', { ...year, code: null }), 'uten-id:neisvar:2026-27:'],
    [
      'a no with a code, which schools alone give',
      row('vigo', 'PlaceDeclined', { ...year, code: 'TN' }),
      null,
    ],
    [
      'a no-show of VIGO, school by school',
      row('vigo', 'NoShow', { ...year, ...school }),
      'uten-id:ikkemott:2026-27:40014',
    ],
    [
      'a no-show of VIGO at no school',
      row('vigo', 'NoShow', { ...year, institution: null }),
      'uten-id:ikkemott:2026-27:',
    ],
    ['an early leaver of VIGO', row('vigo', 'Left', school), 'uten-id:tidligslutter:2026-27:40014'],
    ['a place of VIGO', row('vigo', 'Started', school), 'uten-id:plass:2026-27:40014'],
    ['a wish, of which a youth has several', row('vigo', 'Wish', year), null],
  ])('%s', (_what, fact, key) => {
    expect(oldRowKey(fact)).toBe(key);
  });

  test('a row with an id of its source is named by nothing else', () => {
    expect(oldRowKey({ ...row('vigo', 'NotApplied', year), id: 'elevforhold-8813' })).toBeNull();
  });
});

test('an id without the person says what the row is about; an id of the source says nothing', () => {
  const id = unnamedId({ type: 'avbrudd', schoolYear: '2026-27', school: '' }, 'pseudonym');
  expect(isUnnamed(id)).toBe(true);
  expect(rowKeyIn(id)).toBe('uten-id:avbrudd:2026-27:');
  expect(rowKeyIn('elevforhold-8813')).toBeNull();
});
