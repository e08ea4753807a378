import { describe, expect, it } from 'vitest';
import { augustCode } from '../../../src/core/codelists/augustCode.ts';
import { B06_VERSIONS, C12_VERSIONS } from '../../../src/core/codelists/data/reasonCodes.ts';
import {
  apprenticeshipReason,
  apprenticeshipReasonsOn,
  schoolReason,
  schoolReasonsOn,
} from '../../../src/core/codelists/leaveReason.ts';

describe('reasons for leaving school (B06)', () => {
  it.each([
    ['2009-01-01', 'B06-2010-05'],
    ['2010-05-31', 'B06-2010-05'],
    ['2022-05-04', 'B06-2010-05'],
    ['2022-05-05', 'B06-2022-05'],
    ['2023-05-01', 'B06-2022-05'],
    ['2023-05-02', 'B06-2023-05'],
    ['2026-10-06', 'B06-2023-05'],
  ])('on %s the version %s is in force', (date, list) => {
    expect(schoolReason('FV', date)?.list).toBe(list);
  });

  it.each([
    ['AR', 'dropout'],
    ['FL', 'dropout'],
    ['FR', 'dropout'],
    ['FV', 'dropout'],
    ['MI', 'dropout'],
    ['AF', 'dropout'],
    ['AS', 'expect-school'],
    ['LA', 'expect-apprenticeship'],
    ['AP', 'none'],
    ['PM', 'review-leave'],
    ['UV', 'review-leave'],
    ['IM', 'no-show'],
    ['TN', 'declined'],
  ])('%s of 2023 leads to %s', (code, consequence) => {
    expect(schoolReason(code, '2026-10-06')).toMatchObject({ code, consequence, sensitive: false });
  });

  it.each([
    ['LV', 'dropout', false],
    ['OP', 'dropout', false],
    ['PS', 'dropout', true],
    ['SL', 'dropout', false],
    ['SV', 'dropout', true],
    ['UH', 'dropout', false],
    ['UK', 'review-leave', false],
    ['US', 'review-leave', false],
    ['VA', 'dropout', false],
    ['IM', 'no-show', false],
  ])('%s of 2010 leads to %s', (code, consequence, sensitive) => {
    expect(schoolReason(code, '2012-01-01')).toMatchObject({ code, consequence, sensitive });
  });

  it('a code of another version is not a code', () => {
    expect(schoolReason('PM', '2012-01-01')).toBeUndefined();
    expect(schoolReason('IM', '2022-10-01')).toBeUndefined();
    expect(schoolReason('TN', '2022-10-01')).toBeUndefined();
    expect(schoolReason('PS', '2026-10-06')).toBeUndefined();
  });

  it('is trimmed and upper-cased, and nothing else', () => {
    expect(schoolReason(' fv ', '2026-10-06')?.code).toBe('FV');
    for (const code of ['OTAP', 'AP_IM', '_IM', 'F V', '', 'toString']) {
      expect(schoolReason(code, '2026-10-06')).toBeUndefined();
    }
  });

  it('is understood by its whole official name, of the version that held', () => {
    expect(schoolReason(' feilvalg', '2026-10-06')?.code).toBe('FV');
    expect(schoolReason('FLYTTET', '2026-10-06')?.code).toBe('FL');
    expect(schoolReason('Fagvansker', '2012-01-01')?.code).toBe('VA');
    for (const name of [
      'FLYTT',
      'Flyttet til annet fylke',
      'Feil',
      'valg',
      'Fagvansker',
      'Brudd på arbeidslivets regler',
    ]) {
      expect(schoolReason(name, '2026-10-06'), name).toBeUndefined();
    }
    for (const { code, text } of schoolReasonsOn('2026-10-06')) {
      expect(schoolReason(text.toLowerCase().replaceAll(' ', '  '), '2026-10-06')?.code).toBe(code);
    }
  });

  it('every code has a text and its own version', () => {
    for (const { list, from, codes } of B06_VERSIONS) {
      for (const code of codes) {
        expect(schoolReason(code, from)).toMatchObject({ code, list, text: expect.stringMatching(/.{5}/) });
      }
    }
  });
});

describe('reasons for the end of an apprenticeship (C12)', () => {
  it.each([
    ['AB', 'completed'],
    ['AF', 'dropout'],
    ['AR', 'dropout'],
    ['AS', 'expect-school'],
    ['BR', 'dropout'],
    ['EK', 'none'],
    ['FL', 'dropout'],
    ['FV', 'dropout'],
    ['OK', 'dropout'],
    ['ON', 'none'],
    ['OP', 'dropout'],
    ['PS', 'dropout'],
    ['S1', 'review-ended'],
    ['S2', 'review-ended'],
    ['UP', 'review-ended'],
  ])('%s leads to %s', (code, consequence) => {
    expect(apprenticeshipReason(code, '2026-10-06')).toMatchObject({
      code,
      list: 'C12-2010-05',
      consequence,
      sensitive: code === 'PS',
    });
  });

  it('has no more codes than these, and takes none of the school list', () => {
    expect(C12_VERSIONS.flatMap((version) => version.codes)).toHaveLength(15);
    for (const code of ['LA', 'PM', 'IM', 'TN', 'XX']) {
      expect(apprenticeshipReason(code, '2026-10-06')).toBeUndefined();
    }
  });

  it('is understood by its whole official name', () => {
    expect(apprenticeshipReason('annen / ikke oppgitt', '2026-10-06')?.code).toBe('AF');
    expect(apprenticeshipReason('annen', '2026-10-06')).toBeUndefined();
    for (const { code, text } of apprenticeshipReasonsOn('2026-10-06')) {
      expect(apprenticeshipReason(text.toUpperCase(), '2026-10-06')?.code).toBe(code);
    }
  });
});

describe('August codes (B01)', () => {
  it.each([
    ['I', 'enrolled'],
    ['N', 'no-show'],
    ['S', 'left'],
    ['V', 'declined'],
  ])('%s means %s', (code, meaning) => {
    expect(augustCode(code)).toMatchObject({ code, meaning });
    expect(augustCode(` ${code.toLowerCase()} `)?.code).toBe(code);
  });

  it('there are no others', () => {
    for (const code of ['', 'X', 'IN', 'IM']) expect(augustCode(code)).toBeUndefined();
  });
});
