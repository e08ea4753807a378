import { describe, expect, test } from 'vitest';
import { ALERT_KINDS } from '../../../src/core/youth/youthEvent.ts';
import { VESTFOLD_OG_TELEMARK as target } from '../../../src/local/sample/target.ts';
import { alertLines } from '../../../src/text/alertLines.ts';
import { norwegianDate, norwegianNumber } from '../../../src/text/norwegian.ts';
import { printTables } from '../../../src/text/tables.ts';
import { publishedReport } from './publishedReport.ts';

const REPORTS = [publishedReport(0), publishedReport(1), publishedReport(2)];

describe('figures for people', () => {
  test('numbers have a hard space for every three digits', () => {
    expect([0, 219, 1_295, 10_000, 1_234_567, -1_000].map(norwegianNumber)).toEqual([
      '0',
      '219',
      '1\u00a0295',
      '10\u00a0000',
      '1\u00a0234\u00a0567',
      '−1\u00a0000',
    ]);
  });

  test('dates are written with points', () => {
    expect(norwegianDate('2021-02-05')).toBe('05.02.2021');
  });

  test('both tables are next to the published figures, in aligned columns', () => {
    const text = printTables(target.referenceDates, REPORTS, target);
    expect(text).toContain('Alle tall er like.');
    expect(text).toMatch(
      /Tilmeldte til sammen +2\u00a0365 +\(2\u00a0365\) +2\u00a0559 +\(2\u00a0559\) +2\u00a0794 +\(2\u00a0794\)/,
    );
    const rows = text.split('\n').filter((line) => /\(\d/.test(line) && !line.includes('OTOV'));
    expect(rows.length).toBe(12);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  test('a figure that differs is marked and counted', () => {
    const wrong = { ...publishedReport(2), targetGroup: 1_188 };
    const text = printTables(target.referenceDates, [REPORTS[0], REPORTS[1], wrong], target);
    expect(text).toContain('1 tall er ulike (merket ≠).');
    expect(text).toMatch(/I målgruppen .*≠ 1\u00a0188 +\(1\u00a0187\)/);
  });

  test('a report that is not built says so', () => {
    const text = printTables(target.referenceDates, [REPORTS[0], undefined, undefined], target);
    expect(text).toMatch(/Avbrutt fra vdg opplæring +219 +\(219\) +mangler +\(377\)/);
    expect(text).toContain('Ikke alle rapportene er bygget ennå.');
  });

  test('without published figures there are no brackets', () => {
    const text = printTables(target.referenceDates, REPORTS, null);
    expect(text).toMatch(/1 Ukjent +48 +36 +25\n/);
    expect(text).not.toContain('(');
  });
});

describe('alerts for people', () => {
  test('every kind has a name, and the reason comes with its rule', () => {
    for (const kind of ALERT_KINDS) {
      const text = alertLines([
        {
          ref: '0b5c4a52-6f0e-4a57-9a2e-5a3d6cf0a001',
          recorded: '2021-06-14T08:00:00.000Z',
          alert: {
            kind,
            category: 'VARSEL',
            rule: 'R01',
            reason: 'En ny tilmelding får OTUK som første statuskode.',
            owner: '38200',
            proposed: ['OTAR', 'OTAR_IM'],
            viaOt: null,
            effective: '2021-06-01',
            deadlines: [{ what: 'KONTAKT', date: '2021-06-21' }],
          },
        },
      ]);
      expect(text).not.toContain('undefined');
      expect(text).not.toContain(kind);
      expect(text).toContain('VARSEL 14.06.2021');
      expect(text).toContain('foreslår OTAR eller OTAR_IM · frist kontakt 21.06.2021');
      expect(text).toContain('Hvorfor: En ny tilmelding får OTUK som første statuskode. (R01)');
    }
  });

  test('no alerts is said in words', () => {
    expect(alertLines([])).toBe('Ingen varsler ennå.');
  });
});
