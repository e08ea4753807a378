import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { owningCountyOn } from '../../../src/core/derive/county/owningCounty.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { contact, left, type Story, status, story } from '../../harness/story.ts';

const lives = (municipality: string): FactBody => ({ kind: 'Residence', municipality });
const NEW_YEAR = '2023-12-31T23:00:00.000Z';

const rows = (youth: Story) =>
  youth
    .youth()
    .registrations.map(
      ({ county, schoolYear, status: { code }, owner }) => `${county} ${schoolYear} ${code} ${owner}`,
    );

/** Dropped out in Vestfold og Telemark, contacted, OTOV; lives in the municipality. */
function in38(municipality: string | null): Story {
  const youth = story({ county: '38' });
  if (municipality !== null)
    youth.when('2023-08-20T08:00:00Z', lives(municipality), { effective: '2020-01-01' });
  youth.when('2023-10-02T08:00:00Z', left('38014', 'FV'));
  youth.when('2023-10-03T08:00:00Z', contact);
  youth.when('2023-10-04T08:00:00Z', status('2023-24', 'OTOV', { unit: '38201' }));
  return youth;
}

describe('O07 a county that is split has moved no youth', () => {
  test.each([
    ['3803', '39'],
    ['3807', '40'],
  ])('who lives in %s belongs to %s from New Year, in Norwegian time', (municipality, county) => {
    const youth = in38(municipality);
    youth.wait('2023-12-31T22:59:59.999Z');
    expect(rows(youth)).toEqual(['38 2023-24 OTOV 38201']);
    youth.wait(NEW_YEAR);
    expect(rows(youth)).toEqual([`${county} 2023-24 OTOV 38201`]);
  });

  test('no alert is raised or withdrawn, no OTFA_IM is proposed, and open alerts keep their ids', () => {
    const youth = in38('3807');
    youth.wait('2023-12-31T12:00:00Z');
    const before = youth.youth().alerts;
    expect(before.map(({ kind }) => kind)).toContain('NY_TILMELDING');
    const sent = youth.messages().length;
    const events = youth.wait(NEW_YEAR);
    expect(events.map(({ type }) => type)).not.toContain('AlertRaised');
    expect(events.map(({ type }) => type)).not.toContain('AlertWithdrawn');
    expect(youth.youth().alerts).toEqual(before.map((alert) => ({ ...alert, county: '40' })));
    for (const { topic, value } of youth.messages().slice(sent)) {
      if (topic === 'alert') expect(value.state).toBe('ENDRET');
      if (topic === 'status') expect(value.rule === 'Q15' || value.state === 'GJELDENDE').toBe(true);
    }
  });

  test('the old row is closed with the reason, the new one opens with the status it had', () => {
    const events = (() => {
      const youth = in38('3807');
      youth.wait('2023-12-31T12:00:00Z');
      return youth.wait(NEW_YEAR);
    })();
    expect(events).toContainEqual({
      type: 'TilmeldingAnnulled',
      schoolYear: '2023-24',
      county: '38',
      rule: 'Q15',
    });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'TilmeldingOpened',
        county: '40',
        rule: 'Q15',
        tilmeldingskode: 'AVBRUTT',
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'StatusSet',
        county: '40',
        status: expect.objectContaining({ code: 'OTOV' }),
      }),
    );
  });

  test('a finished school year keeps the number it was reported with', () => {
    const youth = story({ county: '38' });
    youth.when('2020-10-02T08:00:00Z', lives('3807'), { effective: '2020-01-01' });
    youth.when('2020-10-02T09:00:00Z', left('38014', 'FV'));
    youth.wait('2024-06-01T08:00:00Z');
    expect(rows(youth)).toEqual(['38 2020-21 OTUK 38200']);
    expect(owningCountyOn(youth.youth().facts, '2020-11-15')).toBe('38');
    expect(owningCountyOn(youth.youth().facts, '2024-06-01')).toBe('40');
  });

  test('what is dated 2023 under 38 and comes in 2024 finds its place', () => {
    const youth = story({ county: '38' });
    youth.when('2024-01-20T08:00:00Z', lives('3807'), { effective: '2020-01-01' });
    youth.when('2024-02-01T08:00:00Z', left('38014', 'FV'), { effective: '2023-11-30' });
    youth.when('2024-02-02T08:00:00Z', contact, { effective: '2023-12-10', county: '40' });
    youth.when('2024-02-03T08:00:00Z', status('2023-24', 'OTOV'), { county: '40' });
    expect(rows(youth)).toEqual(['40 2023-24 OTOV 38200']);
    expect(youth.raised('NY_TILMELDING')).toBe(1);
  });

  test('a late report under the old number raises no second alert where the new number already has one', () => {
    const youth = story({ county: '40' });
    youth.when('2023-08-20T08:00:00Z', lives('3807'), { effective: '2020-01-01' });
    youth.when('2024-01-10T08:00:00Z', left('40014', 'FV'), { county: '40' });
    youth.when(
      '2024-01-20T08:00:00Z',
      { kind: 'NotApplied', schoolYear: '2023-24' },
      {
        county: '38',
        effective: '2023-09-01',
      },
    );
    expect(youth.raised('NY_TILMELDING')).toBe(1);
    expect(youth.events().some(({ type }) => type === 'AlertWithdrawn')).toBe(false);
  });

  test('without a municipality a human is asked and nothing is guessed; the answer moves it silently', () => {
    const youth = in38(null);
    youth.wait(NEW_YEAR);
    expect(rows(youth)).toEqual(['38 2023-24 OTOV 38201']);
    expect(youth.alert('KOMMUNE_MANGLER')).toMatchObject({ category: 'review', rule: 'Q15', county: '38' });
    const raised = youth.raised('NY_TILMELDING');
    youth.when('2024-01-15T08:00:00Z', lives('3803'), { effective: '2022-05-01' });
    expect(rows(youth)).toEqual(['39 2023-24 OTOV 38201']);
    expect(youth.open()).not.toContain('KOMMUNE_MANGLER');
    expect(youth.raised('NY_TILMELDING')).toBe(raised);
  });

  test('a residence that only began after the split says nothing about New Year, and is no move either', () => {
    const youth = in38(null);
    youth.when('2024-02-15T08:00:00Z', lives('4003'), { effective: '2024-02-01' });
    expect(youth.open()).toContain('KOMMUNE_MANGLER');
    expect(youth.open()).not.toContain('OVERLEVERING');
  });

  test('who had moved out of the county before is re-keyed by where they lived in it, and is still moved', () => {
    const youth = in38('3807');
    youth.when('2023-11-02T08:00:00Z', lives('0301'), { effective: '2023-11-01' });
    expect(youth.alert('OVERLEVERING')).toMatchObject({ county: '38', toCounty: '03' });
    const { id } = youth.alert('OVERLEVERING');
    youth.wait(NEW_YEAR);
    expect(rows(youth)).toEqual(['40 2023-24 OTOV 38201']);
    expect(youth.alert('OVERLEVERING')).toMatchObject({ id, county: '40', toCounty: '03' });
  });

  test('a new municipality number of New Year itself is no move', () => {
    const youth = in38('3807');
    youth.when('2024-01-02T08:00:00Z', lives('4003'), { effective: '2024-01-01' });
    expect(rows(youth)).toEqual(['40 2023-24 OTOV 38201']);
    expect(youth.open()).not.toContain('OVERLEVERING');
  });

  test('moving from one half to the other after the split is a move', () => {
    const youth = in38('3807');
    youth.when('2024-03-02T08:00:00Z', lives('3905'), { effective: '2024-03-01' });
    expect(rows(youth)).toEqual(['40 2023-24 OTOV 38201']);
    expect(youth.alert('OVERLEVERING')).toMatchObject({ county: '40', toCounty: '39' });
  });

  test('a registration for the coming year follows too', () => {
    const youth = in38('3803');
    youth.when('2023-11-20T08:00:00Z', status('2024-25', 'OTUK'));
    youth.wait(NEW_YEAR);
    expect(rows(youth)).toEqual(['39 2023-24 OTOV 38201', '39 2024-25 OTUK 38201']);
  });
});

describe('O07 counties that are joined', () => {
  test('need no municipality where there is one successor', () => {
    const youth = story({ county: '09' });
    youth.when('2019-10-02T08:00:00Z', left('09014', 'FV'));
    youth.wait('2020-01-01T08:00:00Z');
    expect(rows(youth)).toEqual(['42 2019-20 OTUK 09200']);
    expect(youth.raised('NY_TILMELDING')).toBe(1);
  });

  test('a county that goes on keeps its youths, save those whose municipality went elsewhere', () => {
    const stays = story({ county: '15' });
    stays.when('2019-10-02T08:00:00Z', left('15014', 'FV'));
    const goes = story({ county: '15' });
    goes.when('2019-09-01T08:00:00Z', lives('1571'), { effective: '2015-01-01' });
    goes.when('2019-10-02T08:00:00Z', left('15014', 'FV'));
    for (const youth of [stays, goes]) youth.wait('2020-01-01T08:00:00Z');
    expect(rows(stays)).toEqual(['15 2019-20 OTUK 15200']);
    expect(rows(goes)).toEqual(['50 2019-20 OTUK 15200']);
    for (const youth of [stays, goes]) {
      expect(youth.raised('NY_TILMELDING')).toBe(1);
      expect(youth.open()).not.toContain('KOMMUNE_MANGLER');
    }
  });
});

const DAYS = ['2023-09-10', '2023-10-20', '2023-11-15', '2024-01-01', '2024-02-10', '2024-05-05'];
const row = fc.record({
  body: fc.constantFrom<FactBody>(
    left('38014', 'FV'),
    contact,
    status('2023-24', 'OTOV'),
    status('2024-25', 'OTUK'),
    lives('3803'),
    lives('3807'),
    lives('4003'),
    lives('0301'),
    { kind: 'Emigrated' },
    { kind: 'Handover', toCounty: countyNumber('03'), answer: 'GODTATT', unit: null },
    { kind: 'NotApplied', schoolYear: '2023-24' },
    { kind: 'RegisterSeen', code: 'OTUK', list: 'OT-2016-07', unit: null },
  ),
  effective: fc.constantFrom(...DAYS),
  received: fc.constantFrom(...DAYS),
  county: fc.constantFrom('38', '38', '40'),
});

/** The same records in two orders. */
const twoOrders = fc.array(row, { minLength: 1, maxLength: 8 }).chain((rows) => {
  const records = rows.map(({ received, ...provenance }, n) => ({
    ...provenance,
    id: `${provenance.body.kind}-${n}`,
    moment: `${received}T08:0${n}:00Z`,
  }));
  const all = { minLength: records.length };
  return fc.tuple(fc.shuffledSubarray(records, all), fc.shuffledSubarray(records, all));
});

describe('O07 any order of arrival', () => {
  test('ends in the same youth, with one owning county on every date', () => {
    fc.assert(
      fc.property(twoOrders, (orders) => {
        const [one, other] = orders.map((records) => {
          const youth = story({ county: '38' });
          for (const { moment, body, ...provenance } of records) youth.when(moment, body, provenance);
          youth.wait('2024-12-01T08:00:00Z');
          return youth.youth();
        });
        expect(other).toEqual(one);
        const facts = one?.facts ?? [];
        const earliest = facts.map(({ effective }) => effective).sort()[0] ?? '';
        for (const date of DAYS) expect(owningCountyOn(facts, date) === null).toBe(date < earliest);
      }),
      runs(500),
    );
  });
});
