import { describe, expect, it } from 'vitest';
import type { OtCode, OtList, Succession } from '../../../src/core/codelists/otCode.ts';
import { lookupIn } from '../../../src/core/codelists/otLookup.ts';
import { lookupStatus, OT_LISTS } from '../../../src/core/codelists/otStatus.ts';
import { vocabularyOf } from '../../../src/core/codelists/otVocabulary.ts';

// A list of the future, as rows and nothing else: two codes are made one, one is split, one is renamed, one is passive.

const ID = 'OT-2027-07';
const today = OT_LISTS.find((list) => list.id === 'OT-2016-07');
if (today === undefined) throw new Error('the list of 2016 is gone');

const entry = (code: string, group: number, targetGroup: boolean, passive = false): OtCode => ({
  list: ID,
  number: `${group}.1`,
  code,
  text: `Kode ${code}`,
  group,
  targetGroup,
  viaOtQuestion: false,
  passive,
  revisions: [],
});

const NEW_CODES = [
  ...today.codes
    .filter(({ code }) => !['OTIF', 'OTOA', 'OTKO', 'OTMI'].includes(code))
    .map((each) => ({ ...each, list: ID })),
  entry('OTKU', 4, true),
  entry('OTFT', 3, true),
  entry('OTNT', 3, true),
  entry('OTMI', 5, false),
  entry('OTGA', 4, true, true),
];

const CHANGED: Record<string, Partial<Succession>> = {
  OTIF: { to: 'OTKU', type: 'renamed' },
  OTOA: { to: 'OTFT', type: 'split', alternatives: ['OTNT'], decides: 'Hvem betaler?' },
  OTKO: { to: 'OTNT', type: 'merged', alternatives: ['OTFT'], decides: 'Hvem betaler?' },
  // Said to be exact, but the new list has it on the other side of the line.
  OTMI: { to: 'OTMI', type: 'exact' },
};

const NEXT: OtList = {
  id: ID,
  from: '2027-07-01',
  to: null,
  source: 'test',
  known: true,
  revisions: [],
  codes: NEW_CODES,
  groups: [],
  aliases: [{ text: 'KURS', code: 'OTKU', viaOt: null }],
  successions: today.codes.map(({ code }) => ({
    from: code,
    to: code,
    type: 'exact',
    alternatives: [],
    decides: null,
    ...CHANGED[code],
  })),
};

const lists = [...OT_LISTS.map((list) => (list === today ? { ...list, to: '2027-06-30' } : list)), NEXT];
const vocabulary = vocabularyOf(lists);
const activations = { [ID]: '2027-08-10' };
const read = (raw: string, on: string) => lookupIn(vocabulary, raw, on, activations);
const ambiguous = { ok: false, reason: 'AMBIGUOUS_CODE' };
const unknown = { ok: false, reason: 'UNKNOWN_CODE' };

describe('U04 a code list changes while events are under way', () => {
  it('U04 an event from before the new list is read by the old one, whenever it arrives', () => {
    expect(read('OTIF', '2027-06-28')).toMatchObject({
      code: 'OTIF',
      list: 'OT-2016-07',
      translatedFrom: null,
    });
    expect(read('OTKU', '2027-06-28')).toEqual(unknown);
  });

  it('U04 until the register takes the new list into use, an old code with one successor is translated', () => {
    expect(read('OTIF', '2027-07-02')).toMatchObject({
      ok: true,
      code: 'OTKU',
      list: ID,
      group: 4,
      targetGroup: true,
      translatedFrom: { list: 'OT-2016-07', code: 'OTIF' },
    });
    expect(read('OTIF', '2027-08-09')).toMatchObject({ code: 'OTKU' });
    expect(read('OTUK', '2027-07-02')).toMatchObject({
      code: 'OTUK',
      list: ID,
      translatedFrom: { list: 'OT-2016-07', code: 'OTUK' },
    });
  });

  it('U04 an old code with several successors goes to quarantine', () => {
    for (const code of ['OTOA', 'OTKO']) expect(read(code, '2027-07-02')).toEqual(ambiguous);
  });

  it('U04 a translation never moves a person across the target-group line', () => {
    expect(read('OTMI', '2027-07-02')).toEqual(ambiguous);
    for (const { code, targetGroup } of today.codes) {
      const found = read(code, '2027-07-02');
      if (found.ok) expect(found.targetGroup, code).toBe(targetGroup);
    }
  });

  it('U04 a new code is read by the new list from its first day, before it is activated', () => {
    expect(read('OTFT', '2027-07-01')).toMatchObject({ code: 'OTFT', list: ID, translatedFrom: null });
    expect(read('kurs', '2027-07-01')).toMatchObject({ code: 'OTKU', translatedFrom: null });
  });

  it('U04 from the activation on an old code is no code', () => {
    expect(read('OTIF', '2027-08-10')).toEqual(unknown);
    expect(read('OTOA', '2027-08-10')).toEqual(unknown);
    expect(read('OTMI', '2027-08-10')).toMatchObject({ code: 'OTMI', targetGroup: false });
  });

  it('U04 a list without a date of activation is in use from its first day', () => {
    expect(lookupIn(vocabulary, 'OTIF', '2027-07-02', {})).toEqual(unknown);
    expect(lookupIn(vocabulary, 'OTMI', '2027-07-02', {})).toMatchObject({ list: ID, targetGroup: false });
  });

  it('U04 what the spelling says of viaOT is kept in a translation', () => {
    expect(read('OTAR via', '2027-07-02')).toMatchObject({ code: 'OTAR', viaOt: 'JA', list: ID });
    expect(read('OTAR-IM', '2027-07-02')).toMatchObject({ code: 'OTAR_IM', viaOt: 'NEI', list: ID });
    expect(read('ELEV', '2027-07-02')).toEqual(ambiguous);
  });

  it('U04 a passive code is readable, and says that it is not to be chosen', () => {
    expect(read('OTGA', '2027-09-01')).toMatchObject({ ok: true, code: 'OTGA', passive: true });
    expect(read('OTUK', '2027-09-01')).toMatchObject({ passive: false });
  });
});

describe('the list of 2016, taken into use in August', () => {
  const inUse = { 'OT-2016-07': '2016-08-15' };

  it('C11 in July 2016 a code of 2011 is read as its only successor, or not at all', () => {
    expect(lookupStatus('OTIK', '2016-07-20', inUse)).toMatchObject({
      code: 'OTIF',
      list: 'OT-2016-07',
      translatedFrom: { list: 'OT-2011-09', code: 'OTIK' },
    });
    for (const code of ['OTHL', 'OTAR', 'OTVF', 'OTFA', 'OTVE']) {
      expect(lookupStatus(code, '2016-07-20', inUse), code).toEqual(ambiguous);
    }
    expect(lookupStatus('OTIK', '2016-08-15', inUse)).toEqual(unknown);
  });

  it('C11 a code that only the new list has is the new one', () => {
    expect(lookupStatus('OTKO', '2016-07-20', inUse)).toMatchObject({ code: 'OTKO', translatedFrom: null });
    expect(lookupStatus('OTAR_IM', '2016-07-20', inUse)).toMatchObject({
      code: 'OTAR_IM',
      viaOt: 'NEI',
      flagged: false,
    });
  });
});

describe('a list with a mistake in it', () => {
  it.each([
    ['does not begin after the one before', { from: '2016-07-01' }, /does not begin after OT-2016-07/],
    [
      'leaves an old code without a successor',
      { successions: NEXT.successions.slice(1) },
      /no successor of OTUK/,
    ],
    ['names a successor that is not in it', { codes: NEW_CODES.slice(0, -2) }, /unknown successor OTMI/],
    [
      'spells a code that is not in it',
      { aliases: [{ text: 'X', code: 'OTXX', viaOt: null }] },
      /OTXX is not a code/,
    ],
    [
      'puts a code on no side of the line',
      { codes: NEW_CODES.map((each) => ({ ...each, targetGroup: null })) },
      /no side of the target group/,
    ],
  ])('is refused when it %s', (_, slip, message) => {
    expect(() => vocabularyOf([...OT_LISTS, { ...NEXT, ...slip }])).toThrow(message);
  });

  it('before the first list nothing is a code', () => {
    const later = vocabularyOf([{ ...NEXT, successions: [] }]);
    expect(lookupIn(later, 'OTUK', '2027-06-30', {})).toEqual(unknown);
  });
});
