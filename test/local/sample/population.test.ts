import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { SAMPLE_END, SAMPLE_START } from '../../../src/local/sample/calendar.ts';
import { STEP_DAYS } from '../../../src/local/sample/player.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import type { SampleRecord } from '../../../src/local/sample/record.ts';
import { ADVISER_LAG } from '../../../src/local/sample/registration.ts';

const year = sampleYear();

describe('records of the sample year', () => {
  test('the same seed gives the same bytes, another seed another county', () => {
    expect(digest(sampleYear().records)).toBe(digest(year.records));
    expect(digest(sampleYear(3).records)).not.toBe(digest(year.records));
  });

  test('a year is 12 000 to 15 000 records in time order, within the sample year', () => {
    expect(year.records.length).toBeGreaterThan(12_000);
    expect(year.records.length).toBeLessThan(15_000);
    const moments = year.records.map(({ at }) => instantOf(at));
    expect(moments).toEqual([...moments].sort());
    expect((moments[0] as string) > SAMPLE_START).toBe(true);
    expect((moments.at(-1) as string) < SAMPLE_END).toBe(true);
  });

  test('no source reports what has not happened yet', () => {
    for (const { at, value } of year.records) {
      const dated = value.dato ?? value.avbruddsdato ?? value.sluttdato;
      if (dated === undefined || dated === '2020-09-31') continue;
      expect(String(dated) <= osloDate(instantOf(at)), `${value.id} dated ${dated}`).toBe(true);
    }
  });

  test('non-applicants come in March and week 18, non-shows in weeks 37 and 38, dropouts all year', () => {
    const perMonth = (type: string) => {
      const months = new Set(
        year.records.filter(({ value }) => value.type === type).map(({ at }) => instantOf(at).slice(0, 7)),
      );
      return [...months].sort();
    };
    expect(perMonth('ikkesoker')).toEqual(expect.arrayContaining(['2020-03', '2020-04']));
    expect(perMonth('ikkemott')[0]).toBe('2020-09');
    expect(perMonth('avbrudd').length).toBeGreaterThanOrEqual(10);
  });

  test('there are letters without answer, re-sent records, corrections, backdated dropouts and unreadable records', () => {
    const of = (type: string) => year.records.filter(({ value }) => value.type === type);
    const attempts = of('kontaktforsok');
    expect(attempts.length).toBeGreaterThan(3_000);
    expect(attempts.every(({ value }) => value.besvart === false)).toBe(true);
    const texts = year.records.map(({ value }) => JSON.stringify(value));
    expect(texts.length - new Set(texts).size).toBe(60);
    expect(of('avbrudd').filter(({ value }) => value.version === 2).length).toBeGreaterThan(10);
    const backdated = of('avbrudd').filter(({ at, value }) => daysLate(at, String(value.avbruddsdato)) > 21);
    expect(backdated.length).toBeGreaterThan(10);
    expect(year.records.filter(({ fodselsnummer }) => fodselsnummer === null).length).toBe(2);
    expect(of('onskestatus').filter(({ value }) => value.onskestatus === 'STRXPO').length).toBe(2);
  });

  test('an adviser acts on a youth in a later step of the player than the registration', () => {
    expect(ADVISER_LAG).toBeGreaterThan(STEP_DAYS);
    const registered = new Map<string, number>();
    for (const { feed, fodselsnummer, at } of year.records) {
      if (fodselsnummer === null) continue;
      const first = registered.get(fodselsnummer);
      if (first === undefined) {
        expect(feed, 'no youth is followed up before the registration').not.toBe('ot-adviser');
        registered.set(fodselsnummer, at);
      } else if (feed === 'ot-adviser') expect(at - first).toBeGreaterThan(STEP_DAYS * 86_400_000);
    }
  });

  test('source event ids are no persons', () => {
    for (const { value } of year.records) expect(String(value.id)).toMatch(/^[a-z]+-\d{6}$/);
  });
});

function digest(records: readonly SampleRecord[]): string {
  return createHash('sha256').update(JSON.stringify(records)).digest('hex');
}

function daysLate(at: number, date: string): number {
  return (at - Date.parse(date)) / 86_400_000;
}
