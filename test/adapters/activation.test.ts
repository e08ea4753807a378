import { expect, test } from 'vitest';
import { otAdviser } from '../../adapters/ot-adviser/index.ts';
import type { AdapterContext } from '../../src/core/feedAdapter.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';

// U04: a list holds from its first day, and the register takes it into use some weeks later.

const ACTIVATED = { 'OT-2016-07': '2016-08-15' };

function read(kode: string, dato: string, activations: AdapterContext['activations']) {
  const value = {
    id: 's-1',
    type: 'status',
    kilde: 'ot:40201',
    fodselsnummer: '14830989960',
    dato,
    kode,
  };
  const received = '2016-08-17T08:00:00.000Z';
  const context = {
    county: countyNumber('07'),
    environment: 'test' as const,
    activations,
    pseudonym,
    nameTag,
    askedRef,
  };
  const verdict = otAdviser.read({ value, received, envelope: null }, context);
  if (verdict.kind === 'event' && verdict.event.kind === 'AdviserStatus')
    return `${verdict.event.code} ${verdict.event.list}`;
  return verdict.kind === 'malformed' ? verdict.problems.map(({ code }) => code).join() : verdict.kind;
}

test('U04 an old code is translated until the register has the new list, where the translation is exact', () => {
  expect(read('OTIK', '2016-07-05', ACTIVATED)).toBe('OTIF OT-2016-07');
  expect(read('OTIK', '2016-07-05', {})).toBe('UNKNOWN_CODE');
  expect(read('OTIK', '2016-08-16', ACTIVATED)).toBe('UNKNOWN_CODE');
});

test('U04 an old code that could mean two things is quarantined', () => {
  expect(read('OTHL', '2016-07-05', ACTIVATED)).toMatch(/CODE/);
});

test('U04 a status from before the first day is read by the old list', () => {
  expect(read('OTIK', '2011-05-02', ACTIVATED)).toBe('OTIK OT-2011-01');
});
