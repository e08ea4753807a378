import { describe, expect, test } from 'vitest';
import { AGREED, followUp, jobSeeker, participation, programme, uuid } from '../harness/navRegisters.ts';
import { person } from '../harness/persons.ts';
import { adapterOf } from './fixtures.ts';

const P02 = person('P02');

describe('the key of a record of NAV’s registers', () => {
  test.each([
    ['nav-deltaker', participation(P02), `deltaker:${uuid(P02, 1)}`],
    ['nav-oppfolging', followUp(P02), `oppfolging:${uuid(P02, 2)}`],
    ['nav-arbeidssoker', jobSeeker(P02), `arbeidssoker:${uuid(P02, 3)}`],
    ['nav-ungdomsprogram', programme(P02), `ungdomsprogram:${uuid(P02, 4)}`],
  ] as const)('of %s is what it is about, and the same for all its versions', (feed, record, key) => {
    const { register } = adapterOf(feed);
    expect(register?.keyOf(record)).toBe(key);
    expect(register?.keyOf({ ...record, endretTidspunkt: AGREED })).toBe(key);
  });

  test.each([null, 'x', [], {}, { id: 7 }, { id: P02.fodselsnummer }])('%j has none', (value) => {
    expect(adapterOf('nav-deltaker').register?.keyOf(value)).toBeNull();
  });
});
