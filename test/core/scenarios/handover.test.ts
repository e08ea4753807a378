import { describe, expect, test } from 'vitest';
import { owningCountyOn } from '../../../src/core/derive/county/owningCounty.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { addDays } from '../../../src/core/time/date.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, type Story, status, story } from '../../harness/story.ts';

const lives = (municipality: string): FactBody => ({ kind: 'Residence', municipality });
const answer = (toCounty: string, said: 'GODTATT' | 'AVVIST', unit: string | null = null): FactBody => ({
  kind: 'Handover',
  toCounty: countyNumber(toCounty),
  answer: said,
  unit,
});

/** P12 with OTOV in Vestfold, living in Telemark since 5 November. */
function moved(): Story {
  const p12 = story({ born: '2006-10-30', county: '39' });
  p12.when('2026-09-10T08:00:00Z', left('39014', 'FV'));
  p12.when('2026-09-14T08:00:00Z', contact);
  p12.when('2026-09-15T08:00:00Z', status('2026-27', 'OTOV', { unit: '39201' }));
  p12.when('2026-11-06T05:00:00Z', lives('4001'), { effective: '2026-11-05' });
  return p12;
}

const rows = (p12: Story) =>
  p12
    .youth()
    .registrations.map(
      ({ county, schoolYear, tilmeldingskode, status: { code }, owner }) =>
        `${county} ${schoolYear} ${tilmeldingskode} ${code} ${owner}`,
    );

describe('O06, U03 handover to another county', () => {
  test('the new county’s yes opens its registration at OTUK, and the old one keeps its status', () => {
    const p12 = moved();
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT', '40201'), { effective: '2027-02-15' });
    expect(rows(p12)).toEqual(['39 2026-27 AVBRUTT OTOV 39201', '40 2026-27 ANDRE_GRUNNER OTUK 40201']);
    expect(p12.open()).not.toContain('OVERLEVERING');
    expect(p12.alert('STATUS_FORSLAG')).toMatchObject({ county: '39', proposed: ['OTFA_IM'] });
  });

  test('the old county’s people are not alerted about the new county’s registration', () => {
    const p12 = moved();
    const before = p12.raised('NY_TILMELDING');
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15' });
    expect(p12.raised('NY_TILMELDING')).toBe(before);
    expect(p12.youth().alerts.map(({ county }) => county)).not.toContain('40');
  });

  test('the new county itself gets a new registration with an owner', () => {
    const p12 = story({ county: '40' });
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15' });
    expect(rows(p12)).toEqual(['40 2026-27 ANDRE_GRUNNER OTUK 40200']);
    expect(p12.open()).toEqual(['NY_TILMELDING']);
  });

  test('without a unit the new county’s own one answers, never the old county’s', () => {
    const p12 = moved();
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15' });
    expect(rows(p12)[1]).toMatch(/ 40200$/);
  });

  test('a no is a review; the old county stays responsible until the new county says yes', () => {
    const p12 = moved();
    p12.when('2026-12-01T08:00:00Z', answer('40', 'AVVIST'), { effective: '2026-12-01' });
    expect(p12.alert('OVERLEVERING')).toMatchObject({ category: 'review', toCounty: '40', owner: '39201' });
    expect(rows(p12)).toEqual(['39 2026-27 AVBRUTT OTOV 39201']);
    expect(owningCountyOn(p12.youth().facts, '2026-12-31')).toBe('39');
    p12.when('2027-01-10T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-01-10' });
    expect(p12.open()).not.toContain('OVERLEVERING');
    expect(owningCountyOn(p12.youth().facts, '2027-01-10')).toBe('40');
  });

  test('R50 every date from the first has exactly one owning county, and the change is on the day of the yes', () => {
    const p12 = moved();
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15' });
    const { facts } = p12.youth();
    expect(owningCountyOn(facts, '2026-09-09')).toBeNull();
    for (let date = '2026-09-10'; date <= '2027-07-31'; date = addDays(date, 1)) {
      expect(owningCountyOn(facts, date)).toBe(date < '2027-02-15' ? '39' : '40');
    }
  });

  test('who comes back stays the new county’s until the old one has said yes', () => {
    const p12 = moved();
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15' });
    p12.when('2027-04-02T05:00:00Z', lives('3907'), { effective: '2027-04-01' });
    expect(owningCountyOn(p12.youth().facts, '2027-04-10')).toBe('40');
    p12.when('2027-04-20T08:00:00Z', answer('39', 'GODTATT'), { effective: '2027-04-20' });
    expect(owningCountyOn(p12.youth().facts, '2027-04-20')).toBe('39');
  });

  test('a yes that is taken back is no yes', () => {
    const p12 = moved();
    p12.when('2027-02-15T08:00:00Z', answer('40', 'GODTATT'), { effective: '2027-02-15', id: 'ja-1' });
    p12.when('2027-02-16T08:00:00Z', { kind: 'Annulled', annuls: 'ja-1' }, { feed: 'ot-adviser' });
    expect(rows(p12)).toEqual(['39 2026-27 AVBRUTT OTOV 39201']);
    expect(p12.open()).toContain('OVERLEVERING');
    expect(owningCountyOn(p12.youth().facts, '2027-03-01')).toBe('39');
  });
});
