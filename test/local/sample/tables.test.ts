import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/core/report/report.ts';
import { TILMELDINGSKODER } from '../../../src/core/report/stock.ts';
import { sampleCutoffs } from '../../../src/local/sample/calendar.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';
import {
  DATE_INDEXES,
  MAIN_GROUPS,
  SAMPLE_ORG,
  VESTFOLD_OG_TELEMARK as target,
} from '../../../src/local/sample/target.ts';
import { printTables } from '../../../src/text/tables.ts';
import { build, FEED_ORDERS, play, type Run } from './played.ts';

const year = sampleYear();
const runs = await Promise.all(FEED_ORDERS.map((order) => play(year, order)));
const [run] = runs as [Run, Run];

describe('the published tables out of the real rules', () => {
  test.each(DATE_INDEXES)('tables 1 and 2 come out cell by cell at date %d', (date) => {
    const report = run.built[date]?.report as Report;
    expect(report.referenceDate).toBe(target.referenceDates[date]);
    for (const kode of TILMELDINGSKODER)
      expect(report.tilmelding[kode], kode).toBe(target.tilmelding[kode][date]);
    for (const group of MAIN_GROUPS) expect(report.groups[group], group).toBe(target.groups[group][date]);
    expect(report.tilmeldingUnknown).toBe(0);
    expect(report.targetGroup).toBe(target.targetGroup[date]);
    expect(report.outside).toBe(target.total[date] - target.targetGroup[date]);
    expect(report.total).toBe(target.total[date]);
  });

  test('TAKKET_NEI falls from report to report, by re-coding and by annulment', () => {
    expect(run.built.map(({ report }) => report.tilmelding.TAKKET_NEI)).toEqual([347, 338, 321]);
    const events = run.pipeline.records.flatMap((record) => record.events);
    const annulled = events.filter(({ type }) => type === 'TilmeldingAnnulled');
    expect(annulled.length).toBe(year.plans.filter(({ annulledBefore }) => annulledBefore !== null).length);
    expect(events.filter(({ type }) => type === 'TilmeldingChanged').length).toBeGreaterThan(30);
  });

  test('864 had OTOV at least once and 361 one of the county’s own offers: a flow, not the stock of 207', () => {
    const last = run.built[2]?.report as Report;
    expect(last.everHad.OTOV).toBe(target.everOtov);
    expect(last.codes.OTOV).toBe(207);
    const own = new Set(
      run.pipeline.records.flatMap(({ ref, recorded, events }) =>
        recorded <= last.cutoff &&
        events.some((event) => event.type === 'StatusSet' && ['OTOA', 'OTKO'].includes(event.status.code))
          ? [ref]
          : [],
      ),
    );
    expect(own.size).toBe(target.everOwnOffer);
  });

  test('a report built again after the year is byte-identical, and the first one is kept', async () => {
    for (const { referenceDate } of sampleCutoffs()) {
      const before = await run.operations.snapshot(SAMPLE_ORG, referenceDate);
      const again = await build(run.pipeline, run.operations, referenceDate);
      expect(again.outcome).toBe('same');
      expect(again.snapshot.content.equals(before?.content as Buffer)).toBe(true);
    }
  });

  test('the order in which the feeds are read changes no byte of the reports', () => {
    const [one, other] = runs.map(({ built }) => built.map(({ snapshot }) => snapshot.content.toString()));
    expect(other).toEqual(one);
  });

  test('what came after the last cut-off is known and counted in no report', () => {
    const now = [...run.pipeline.youths.values()].flatMap(({ youth }) =>
      youth.registrations.filter(({ schoolYear, county }) => schoolYear === '2020-21' && county === '38'),
    );
    expect(now.length).toBe(2968 + 9);
    expect(now.filter(({ status }) => status.code === 'OTOV').length).toBe(207 - 25 + 14);
  });

  test('next year’s non-applicants are registered in their own year', () => {
    const next = [...run.pipeline.youths.values()].flatMap(({ youth }) =>
      youth.registrations.filter(({ schoolYear }) => schoolYear === '2021-22'),
    );
    expect(next.length).toBe(150);
    expect(next.every(({ status }) => status.code === 'OTUK')).toBe(true);
  });

  test('unreadable records are quarantined with a reason, re-sent ones have no second effect', () => {
    const codes = run.pipeline.quarantined.map((problems) => problems.map(({ code }) => code));
    expect(codes.sort()).toEqual(
      [
        ['INVALID_DATE'],
        ['INVALID_IDENTITY_NUMBER'],
        ['INVALID_IDENTITY_NUMBER'],
        ['UNKNOWN_CODE'],
        ['UNKNOWN_CODE'],
      ].sort(),
    );
    expect(run.pipeline.counts.duplicate).toBe(60);
    expect(run.pipeline.counts.unchanged).toBe(0);
  });

  test('silent youths are kept at OTUK although an adviser set another code', () => {
    const kinds = run.pipeline.records.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'AlertRaised' ? [event.alert.kind] : [])),
    );
    expect(kinds.filter((kind) => kind === 'STATUS_UTEN_KONTAKT').length).toBeGreaterThan(0);
    expect(kinds.filter((kind) => kind === 'STATUS_AVVIST').length).toBeGreaterThan(0);
  });

  test('the printed tables say that all figures are equal', () => {
    const text = printTables(
      target.referenceDates,
      run.built.map(({ report }) => report),
      target,
    );
    expect(text).toContain('Alle tall er like.');
    expect(text).not.toContain('≠');
    expect(text).toMatch(/Takket nei til opplæring +347 +\(347\) +338 +\(338\) +321 +\(321\)/);
  });
});
