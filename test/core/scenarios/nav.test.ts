import { describe, expect, it } from 'vitest';
import { consent, navAnswer, started, story } from '../../harness/story.ts';

const born = '2007-11-02';
const OFFICE = '4601';

/** P02 with both consents from October. */
function consenting() {
  const p02 = story({ born, county: '46' });
  p02.when(
    '2026-10-01T08:00:00Z',
    { kind: 'NotApplied', schoolYear: '2026-27' },
    { effective: '2026-03-15' },
  );
  p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  return p02;
}

const answerOf = (month: string, version = 1) => ({
  source: 'nav',
  id: `${month}:1`,
  version,
  effective: `${month}-01`,
});

describe('N01 a month with both consents', () => {
  it('N01 gives one alert with the office and no status (R06)', () => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    p02.when('2026-10-01T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-10T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(p02.alert('KJENT_HOS_NAV')).toMatchObject({ office: OFFICE, rule: 'R48', category: 'alert' });
    expect(p02.registrations()).toEqual(['IKKE_SOKT OTUK 2026-27']);
  });

  it.each(['NEI', 'IKKE_SVART'] as const)('N01 %s raises no alert', (answer) => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-10T08:00:00Z', navAnswer('2026-11', answer, null), answerOf('2026-11'));
    expect(p02.open()).toEqual([]);
  });
});

describe('N02 consent withdrawn', () => {
  function withdrawn() {
    const p02 = story({ born: '2006-11-02', county: '46' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-02T13:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-11-02T13:00:00.000Z'));
    return p02;
  }

  it('N02 before the answer: nothing of it is kept, and the refusal names the side and its state', () => {
    const p02 = withdrawn();
    const events = p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(events).toContainEqual({
      type: 'WithheldForConsent',
      batch: 'B-2026-11',
      side: 'A',
      state: 'TRUKKET',
      rule: 'R48',
    });
    expect(JSON.stringify([events, p02.youth(), p02.messages()])).not.toContain(OFFICE);
    expect(p02.open()).toEqual([]);
    expect(p02.messages()).toEqual([]);
  });

  it('N02 a consent given afterwards does not bring the answer back', () => {
    const p02 = withdrawn();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    p02.when('2026-11-04T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-11-04T08:00:00.000Z'));
    expect(p02.when('2026-11-05T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'))).toEqual(
      [],
    );
    expect(p02.open()).toEqual([]);
  });

  it('N02 after the alert: the alert is withdrawn and the answer erased, with no office in the withdrawal', () => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-02T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    const events = p02.when(
      '2026-11-03T08:00:00Z',
      consent('B', 'UNGDOM', 'TRUKKET', '2026-11-03T08:00:00.000Z'),
    );
    expect(p02.open()).toEqual([]);
    expect(JSON.stringify([events, p02.youth(), p02.messages().at(-1)])).not.toContain(OFFICE);
    expect(p02.messages().at(-1)?.value).toMatchObject({ state: 'TRUKKET', rule: 'R48' });
  });

  it('N08 a consent that runs out withdraws the alert when its time has come', () => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    const until = '2026-12-01T00:00:00.000Z';
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z', until));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-02T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(p02.youth().due).toBe(until);
    const events = p02.wait(until);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'WithheldForConsent', side: 'A', state: 'UTLOPT' }),
    );
    expect(p02.open()).toEqual([]);
  });
});

describe('N03 the list is delivered twice', () => {
  it('N03 the same answer in a second delivery raises nothing; a changed one gives one update', () => {
    const p02 = consenting();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(p02.when('2026-11-04T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'))).toEqual(
      [],
    );
    const again = p02.when(
      '2026-11-04T08:00:00Z',
      navAnswer('2026-11', 'JA', OFFICE, 'b'),
      answerOf('2026-11', 2),
    );
    expect(again.map(({ type }) => type)).toEqual(['FactRecorded']);
    const changed = p02.when(
      '2026-11-05T08:00:00Z',
      navAnswer('2026-11', 'NEI', null, 'c'),
      answerOf('2026-11', 3),
    );
    expect(changed.map(({ type }) => type)).toEqual(['FactRecorded', 'AlertWithdrawn']);
    expect(p02.raised('KJENT_HOS_NAV')).toBe(1);
  });
});

describe('N06 turning 18 between', () => {
  function guardianConsented() {
    const p01 = story({ born: '2009-03-14' });
    for (const side of ['A', 'B'] as const) {
      p01.when('2027-01-02T08:00:00Z', consent(side, 'FORESATT', 'SAMTYKKET', '2027-01-02T08:00:00.000Z'));
    }
    return p01;
  }

  it('N06 the guardian’s consent holds the day before, and not at an answer after the birthday', () => {
    const before = guardianConsented();
    before.when('2027-03-13T12:00:00Z', navAnswer('2027-03', 'JA', OFFICE), answerOf('2027-03'));
    expect(before.open()).toEqual(['KJENT_HOS_NAV']);
    const after = guardianConsented();
    after.when('2027-03-15T12:00:00Z', navAnswer('2027-03', 'JA', OFFICE), answerOf('2027-03'));
    expect(after.open()).toEqual(['NYTT_SAMTYKKE']);
  });

  it('N06 the birthday itself withdraws the alert, at midnight in Oslo', () => {
    const p01 = guardianConsented();
    p01.when('2027-03-13T12:00:00Z', navAnswer('2027-03', 'JA', OFFICE), answerOf('2027-03'));
    expect(p01.youth().due).toBe('2027-03-13T23:00:00.000Z');
    p01.wait('2027-03-13T23:00:00.000Z');
    expect(p01.open()).toEqual(['NYTT_SAMTYKKE']);
  });
});

describe('N07 two sides, and no', () => {
  it.each([
    ['SAMTYKKET', 'SAMTYKKET', ['KJENT_HOS_NAV']],
    ['SAMTYKKET', 'IKKE_SAMTYKKET', []],
    ['IKKE_SAMTYKKET', 'SAMTYKKET', []],
    ['VENTER_PAA_SVAR', 'SAMTYKKET', []],
  ] as const)('N07 A %s and B %s publish %j', (a, b, open) => {
    const p02 = story({ born: '2006-11-02' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', a, '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-02T08:01:00Z', consent('B', 'UNGDOM', b, '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-02T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(p02.open()).toEqual(open);
  });

  it('N07 a guardian’s yes does not outweigh a youth’s no', () => {
    const p01 = story({ born: '2009-03-14' });
    for (const side of ['A', 'B'] as const) {
      p01.when('2026-10-02T08:00:00Z', consent(side, 'FORESATT', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
      p01.when('2026-10-02T08:00:00Z', consent(side, 'UNGDOM', 'IKKE_SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    }
    p01.when('2026-11-02T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    expect(p01.open()).toEqual([]);
  });

  it('N07 a «no» cannot be withdrawn: ignored, and reviewed', () => {
    const p02 = story({ born: '2006-11-02' });
    p02.when('2026-10-02T08:00:00Z', consent('A', 'UNGDOM', 'IKKE_SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-10-03T08:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-10-03T08:00:00.000Z'));
    expect(p02.open()).toEqual(['UGYLDIG_SAMTYKKEENDRING']);
  });
});

describe('N09 an old month late; a match is no status', () => {
  it('N09 October after November is kept, overwrites nothing and raises no alert', () => {
    const p02 = consenting();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    const late = p02.when('2026-11-04T08:00:00Z', navAnswer('2026-10', 'JA', '4602'), answerOf('2026-10'));
    expect(late.map(({ type }) => type)).toEqual(['FactRecorded']);
    expect(p02.alert('KJENT_HOS_NAV').office).toBe(OFFICE);
  });

  it('N09 October’s same answer after November’s does not date the alert back', () => {
    const p02 = consenting();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    const late = p02.when('2026-11-04T08:00:00Z', navAnswer('2026-10', 'JA', OFFICE), answerOf('2026-10'));
    expect(late.map(({ type }) => type)).toEqual(['FactRecorded']);
  });

  it('N09 of two months at the same moment the newer alone counts, whichever comes first', () => {
    const moment = '2026-11-04T08:00:00Z';
    const said = [
      ['2026-11', 'NEI', null],
      ['2026-10', 'JA', OFFICE],
    ] as const;
    for (const order of [said, said.toReversed()]) {
      const p02 = consenting();
      for (const [month, answer, office] of order)
        p02.when(moment, navAnswer(month, answer, office), answerOf(month));
      expect(p02.open()).not.toContain('KJENT_HOS_NAV');
    }
    // Nothing is known of the newer month: the older one says nothing of it.
    const silent = consenting();
    silent.when(moment, navAnswer('2026-11', 'IKKE_SVART', null), answerOf('2026-11'));
    silent.when(moment, navAnswer('2026-10', 'JA', OFFICE), answerOf('2026-10'));
    expect(silent.open()).not.toContain('KJENT_HOS_NAV');
  });

  it('N09 the same answer next month is no news', () => {
    const p02 = consenting();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    const next = p02.when('2026-12-03T08:00:00Z', navAnswer('2026-12', 'JA', OFFICE), answerOf('2026-12'));
    expect(next.map(({ type }) => type)).toEqual(['FactRecorded']);
  });

  it('R06 no fact but an adviser’s sets a status', () => {
    const p02 = consenting();
    p02.when('2026-11-03T08:00:00Z', navAnswer('2026-11', 'JA', OFFICE), answerOf('2026-11'));
    p02.when('2026-11-04T08:00:00Z', started('46012'));
    expect(p02.registrations()).toEqual(['IKKE_SOKT OTUK 2026-27']);
  });
});
