import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy, type Policy } from '../../../src/core/policy.ts';
import { referenceDates } from '../../../src/core/report/report.ts';
import { addDays } from '../../../src/core/time/date.ts';
import { firstDayOf, schoolYearStarting, yearAfter, yearBefore } from '../../../src/core/time/schoolYear.ts';
import { WHEEL_KINDS } from '../../../src/core/wheel/entry.ts';
import { isoWeekOf, mondayOfWeek, weekLabel } from '../../../src/core/wheel/isoWeek.ts';
import { WHEEL, wheelDate, wheelFor } from '../../../src/core/wheel/wheel.ts';
import { WHEEL_IDS, type WheelId } from '../../../src/core/wheel/wheelId.ts';
import { WORKLIST_IDS } from '../../../src/core/worklist/worklistId.ts';

const POLICY = defaultPolicy(countyNumber('40'));

function at(id: WheelId, schoolYear: string, policy: Policy = POLICY) {
  const date = wheelDate(id, schoolYear, policy);
  if (date === undefined) throw new Error(`${id} does not come round in ${schoolYear}`);
  return date;
}

const span = (id: WheelId, schoolYear: string) => {
  const { from, to, weekLabel: label } = at(id, schoolYear);
  return `${from} ${to} ${label}`;
};

describe('the wheel is data', () => {
  it('has each of the thirty-three once, in order, with what, who and a source', () => {
    expect(WHEEL.map(({ id }) => id)).toEqual([...WHEEL_IDS]);
    expect(WHEEL).toHaveLength(33);
    for (const { what, who, kind } of WHEEL) {
      expect(what).toMatch(/^\p{Lu}.*\.$/u);
      expect(who).not.toBe('');
      expect(WHEEL_KINDS).toContain(kind);
    }
  });

  it('names the list or letter that an entry of that kind yields', () => {
    for (const { id, kind, worklist, letter } of WHEEL) {
      if (kind === 'worklist') expect(WORKLIST_IDS, id).toContain(worklist);
      if (kind === 'letter' || kind === 'reminder-letter') expect(letter, id).not.toBeNull();
    }
    for (const kind of WHEEL_KINDS)
      expect(
        WHEEL.some((entry) => entry.kind === kind),
        kind,
      ).toBe(true);
  });
});

describe('I06 the wheel in a year with 53 weeks', () => {
  it('I06 the June reference date is 15 June, which in 2026 lies in week 25 and not in the document’s 24', () => {
    const { reference, documentWeek } = at('W19', '2025-26');
    expect(reference).toEqual({ date: '2026-06-15', weekLabel: 'uke 25', reportRun: '2026-06-08' });
    expect(documentWeek).toBe('24');
    expect(span('W19', '2025-26')).toBe('2026-06-15 2026-06-21 uke 25');
  });

  it('I06 the February reference date is 15 February although the document says week 8', () => {
    const { reference, documentWeek, weekLabel: label } = at('W04', '2026-27');
    expect(reference).toMatchObject({ date: '2027-02-15', weekLabel: 'uke 7' });
    expect([documentWeek, label]).toEqual(['8', 'uke 8']);
  });

  it('I06 a county moves the work of one school year, and no reference date with it', () => {
    const move = { schoolYear: '2026-27', from: '2026-10-05', to: '2026-10-09' };
    const policy: Policy = {
      ...POLICY,
      wheel: [
        { id: 'W24', ...move },
        { id: 'W28', schoolYear: '2026-27', from: '2026-11-09', to: '2026-11-13' },
        { id: 'W26', schoolYear: '2026-27', from: '2026-10-12', to: '2026-11-04' },
      ],
    };
    expect(at('W24', '2026-27', policy)).toMatchObject({
      ...at('W24', '2026-27'),
      ...move0(move),
      moved: true,
    });
    expect(at('W24', '2027-28', policy)).toEqual(at('W24', '2027-28'));
    expect(at('W28', '2026-27', policy)).toMatchObject({
      from: '2026-11-09',
      reference: { date: '2026-11-15' },
    });
    expect(at('W26', '2026-27', policy).deadline).toBe('2026-11-04');
  });

  const move0 = ({ from, to }: { from: string; to: string }) => ({
    from,
    to,
    weekLabel: weekLabel(from, to),
  });

  it('I06 each moved date of a monthly entry replaces the computed ones', () => {
    const schoolYear = '2026-27';
    const policy: Policy = {
      ...POLICY,
      wheel: ['2026-09-03', '2026-12-03'].map((day) => ({ id: 'W32', schoolYear, from: day, to: day })),
    };
    const dates = wheelFor(schoolYear, policy).filter(({ id }) => id === 'W32');
    expect(dates.map(({ from }) => from)).toEqual(['2026-09-03', '2026-12-03']);
  });
});

describe('the dates of the documents', () => {
  it('in 2025-26 and 2026-27 are those computed in the domain reference', () => {
    expect(span('W10', '2025-26')).toBe('2026-04-20 2026-04-26 uke 17');
    expect(span('W11', '2025-26')).toBe('2026-04-27 2026-05-03 uke 18');
    expect(span('W21', '2026-27')).toBe('2026-08-31 2026-09-13 uke 36–37');
    expect(span('W22', '2026-27')).toBe('2026-09-07 2026-09-13 uke 37');
    expect(span('W23', '2026-27')).toBe('2026-09-14 2026-09-20 uke 38');
    expect(span('W24', '2026-27')).toBe('2026-09-21 2026-09-27 uke 39');
    expect(span('W25', '2026-27')).toBe('2026-10-05 2026-10-11 uke 41');
    expect(span('W27', '2026-27')).toBe('2026-11-02 2026-11-08 uke 45');
    expect(span('W28', '2026-27')).toBe('2026-11-09 2026-11-15 uke 46');
    expect(span('W03', '2026-27')).toBe('2027-02-15 2027-02-21 uke 7');
    expect(span('W11', '2026-27')).toBe('2027-05-03 2027-05-09 uke 18');
    expect(span('W16', '2026-27')).toBe('2027-06-07 2027-06-13 uke 23');
  });

  it('«before» ends the day before, also before 1 March of a leap year', () => {
    expect(at('W01', '2026-27').deadline).toBe('2027-01-31');
    expect(at('W02', '2026-27')).toMatchObject({ from: '2027-01-01', to: '2027-02-06' });
    expect(at('W05', '2027-28').deadline).toBe('2028-02-29');
    expect(at('W05', '2026-27').deadline).toBe('2027-02-28');
    // Week 23 of 2027 begins on the day it was to be done before.
    expect(at('W18', '2026-27')).toMatchObject({ to: '2027-06-06', weekLabel: 'uke 22' });
  });

  it('those who do not answer are called through 15 August, after the school year has ended', () => {
    expect(at('W15', '2025-26')).toMatchObject({
      from: '2026-05-18',
      deadline: '2026-08-15',
      about: '2026-27',
    });
  });

  it('lower secondary schools are asked by 1 April, and the meeting is held by 1 June', () => {
    expect(at('W08', '2026-27')).toMatchObject({
      deadline: '2027-04-01',
      alsoBy: { what: 'Avklaringsmøte', date: '2027-06-01' },
      worklist: 'without-plans',
    });
  });

  it('the agreement with NAV is renewed every third year from 2017', () => {
    const years = [2014, 2015, 2016, 2017, 2018, 2019, 2022, 2025].map(schoolYearStarting);
    expect(years.filter((year) => wheelDate('W33', year, POLICY) !== undefined)).toEqual([
      '2016-17',
      '2019-20',
      '2022-23',
      '2025-26',
    ]);
  });

  it('lists go to NAV in each of the twelve months', () => {
    const months = wheelFor('2026-27', POLICY).filter(({ id }) => id === 'W32');
    expect(months.map(({ from, to }) => `${from} ${to.slice(8)}`)).toEqual([
      '2026-08-01 31',
      '2026-09-01 30',
      '2026-10-01 31',
      '2026-11-01 30',
      '2026-12-01 31',
      '2027-01-01 31',
      '2027-02-01 28',
      '2027-03-01 31',
      '2027-04-01 30',
      '2027-05-01 31',
      '2027-06-01 30',
      '2027-07-01 31',
    ]);
  });
});

describe('in every school year from 2012 to 2040', () => {
  const schoolYears = fc.integer({ min: 2012, max: 2040 }).map(schoolYearStarting);
  const forAll = (check: (schoolYear: string) => void) =>
    fc.assert(fc.property(schoolYears, (schoolYear) => void check(schoolYear)));

  it('each entry comes round, by date, within the year', () => {
    forAll((schoolYear) => {
      const dates = wheelFor(schoolYear, POLICY);
      const last = addDays(firstDayOf(yearAfter(schoolYear)), -1);
      for (const id of WHEEL_IDS) {
        if (id !== 'W33')
          expect(
            dates.some((date) => date.id === id),
            id,
          ).toBe(true);
      }
      for (const { id, from, to, about, deadline } of dates) {
        expect(from <= to, id).toBe(true);
        expect(from >= firstDayOf(schoolYear) && from <= last, id).toBe(true);
        if (id !== 'W15') expect(to <= last, id).toBe(true);
        if (deadline !== null) expect(deadline).toBe(to);
        expect([schoolYear, yearAfter(schoolYear)]).toContain(about);
      }
      expect(dates.map(({ from }) => from)).toEqual(dates.map(({ from }) => from).sort());
    });
  });

  it('the reference dates are those the reports are made of, whatever their week', () => {
    forAll((schoolYear) => {
      const references = (['W28', 'W04', 'W19'] as const).map((id) => at(id, schoolYear).reference?.date);
      expect(references).toEqual([...referenceDates(schoolYear)]);
    });
  });

  it('15 February is in week 7, and the work weeks of June and November hold the 15th', () => {
    forAll((schoolYear) => {
      expect(at('W04', schoolYear).reference?.weekLabel).toBe('uke 7');
      expect(at('W04', schoolYear).weekLabel).toBe('uke 8');
      for (const id of ['W19', 'W28'] as const) {
        const { from, to, reference } = at(id, schoolYear);
        expect(reference !== null && from <= reference.date && reference.date <= to).toBe(true);
      }
    });
  });

  it('the report is run in the week that prepares June and November', () => {
    forAll((schoolYear) => {
      for (const [prepare, snapshot] of [
        ['W16', 'W19'],
        ['W27', 'W28'],
      ] as const) {
        const run = at(snapshot, schoolYear).reference?.reportRun ?? '';
        expect(run >= at(prepare, schoolYear).from && run <= at(prepare, schoolYear).to).toBe(true);
      }
    });
  });

  it('a load is prepared before it is made, and a letter goes before its reminder', () => {
    forAll((schoolYear) => {
      for (const [first, then] of [
        ['W10', 'W11'],
        ['W22', 'W23'],
        ['W23', 'W24'],
        ['W13', 'W14'],
        ['W24', 'W25'],
      ] as const) {
        expect(at(first, schoolYear).to < at(then, schoolYear).from, `${first} ${then}`).toBe(true);
      }
    });
  });

  it('a year and the one after it follow each other', () => {
    forAll((schoolYear) => expect(yearBefore(yearAfter(schoolYear))).toBe(schoolYear));
  });
});

describe('ISO weeks', () => {
  const dates = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays('2011-12-25', days));

  it('are those of the calendar', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const { weekOfYear, yearOfWeek, dayOfWeek } = Temporal.PlainDate.from(date);
        expect(isoWeekOf(date)).toEqual({ year: yearOfWeek, week: weekOfYear });
        const { year, week } = isoWeekOf(date);
        expect(mondayOfWeek(year, week)).toBe(addDays(date, 1 - dayOfWeek));
      }),
    );
  });

  it('are 53 in 2015, 2020, 2026, 2032 and 2037', () => {
    const years = Array.from({ length: 29 }, (_, at) => 2012 + at);
    expect(years.filter((year) => isoWeekOf(`${year}-12-31`).week === 53)).toEqual([
      2015, 2020, 2026, 2032, 2037,
    ]);
  });

  it('are shown as one, as a span, and with years across New Year', () => {
    expect(weekLabel('2026-06-15', '2026-06-21')).toBe('uke 25');
    expect(weekLabel('2026-08-31', '2026-09-13')).toBe('uke 36–37');
    expect(weekLabel('2026-12-28', '2027-01-10')).toBe('uke 53/2026–1/2027');
  });
});
