import { describe, expect, it } from 'vitest';
import { consent, left, story } from '../../harness/story.ts';

describe('N06 the youth is asked at 18', () => {
  function byGuardian(born: string, sides: readonly ('A' | 'B')[]) {
    const youth = story({ born });
    for (const side of sides)
      youth.when('2026-01-02T08:00:00Z', consent(side, 'FORESATT', 'SAMTYKKET', '2026-01-02T08:00:00.000Z'));
    return youth;
  }

  it('N06 one request, whether one side or both have lapsed, and none before the day', () => {
    for (const sides of [['A'], ['A', 'B']] as const) {
      const p01 = byGuardian('2009-03-14', sides);
      p01.wait('2027-03-13T22:59:59Z');
      expect(p01.open()).toEqual([]);
      p01.wait('2027-03-13T23:00:00Z');
      expect(p01.alert('NYTT_SAMTYKKE')).toMatchObject({
        rule: 'Q7',
        category: 'alert',
        minor: 'NEI',
        effective: '2027-03-14',
      });
      expect(p01.raised('NYTT_SAMTYKKE')).toBe(1);
    }
  });

  it.each(['SAMTYKKET', 'IKKE_SAMTYKKET', 'VENTER_PAA_SVAR'] as const)(
    'N06 the youth’s own %s on both sides answers it',
    (state) => {
      const p01 = byGuardian('2009-03-14', ['A', 'B']);
      p01.wait('2027-03-14T00:00:00Z');
      p01.when('2027-03-20T08:00:00Z', consent('A', 'UNGDOM', state, '2027-03-20T08:00:00.000Z'));
      expect(p01.open()).toEqual(['NYTT_SAMTYKKE']);
      p01.when('2027-03-20T08:01:00Z', consent('B', 'UNGDOM', state, '2027-03-20T08:00:00.000Z'));
      expect(p01.open()).toEqual([]);
    },
  );

  it('N06 no request when the guardian had said no, withdrawn it or let it run out, or the youth had said yes as well', () => {
    const refused = story({ born: '2009-03-14' });
    refused.when(
      '2026-01-02T08:00:00Z',
      consent('A', 'FORESATT', 'IKKE_SAMTYKKET', '2026-01-02T08:00:00.000Z'),
    );
    const withdrawn = byGuardian('2009-03-14', ['A']);
    withdrawn.when('2026-06-02T08:00:00Z', consent('A', 'FORESATT', 'TRUKKET', '2026-06-02T08:00:00.000Z'));
    const ranOut = story({ born: '2009-03-14' });
    ranOut.when(
      '2026-01-02T08:00:00Z',
      consent('A', 'FORESATT', 'SAMTYKKET', '2026-01-02T08:00:00.000Z', '2027-01-01T00:00:00.000Z'),
    );
    const both = byGuardian('2009-03-14', ['A']);
    both.when('2026-01-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-01-02T08:00:00.000Z'));
    for (const youth of [refused, withdrawn, ranOut, both]) {
      youth.wait('2028-01-01T00:00:00Z');
      expect(youth.raised('NYTT_SAMTYKKE')).toBe(0);
    }
  });

  it('Y04 born 29 February the youth is asked on 1 March, when the own word is enough', () => {
    const p04 = byGuardian('2008-02-29', ['A', 'B']);
    p04.wait('2026-02-28T22:59:59Z');
    expect(p04.open()).toEqual([]);
    p04.wait('2026-02-28T23:00:00Z');
    expect(p04.open()).toEqual(['NYTT_SAMTYKKE']);
  });

  it('N06 from the birthday no open alert says any longer that the guardian is to be informed', () => {
    const p01 = story({ born: '2009-03-14' });
    p01.when('2027-03-10T08:00:00Z', left('40014', 'FV'), { effective: '2027-03-09' });
    expect(p01.alert('NY_TILMELDING').minor).toBe('JA');
    const events = p01.wait('2027-03-13T23:00:00Z');
    expect(events.map(({ type }) => type)).toContain('AlertChanged');
    expect(p01.alert('NY_TILMELDING').minor).toBe('NEI');
  });

  it('N06 consent at 15 is another decision than informing the guardian until 18', () => {
    const consentAge = [{ from: '0000-01-01', age: 15 }];
    const p01 = story({ born: '2011-03-14', policy: { consentAge } });
    for (const side of ['A', 'B'] as const)
      p01.when('2026-01-02T08:00:00Z', consent(side, 'FORESATT', 'SAMTYKKET', '2026-01-02T08:00:00.000Z'));
    p01.wait('2026-03-13T23:00:00Z');
    expect(p01.alert('NYTT_SAMTYKKE')).toMatchObject({ effective: '2026-03-14', minor: 'JA' });
  });
});
