import { describe, expect, test } from 'vitest';
import { arenaCode, navMeasureCode } from '../../../src/core/codelists/navMeasure.ts';
import { participationOf } from '../../../src/core/codelists/navParticipation.ts';

describe('NAV’s measures', () => {
  test.each([
    ['TILPASSET_JOBBSTOTTE', 'TILRETTELAGT_ARBEID_ORDINAER'],
    ['VARIG_TILRETTELAGT_ARBEID_ORDINAER', 'TILRETTELAGT_ARBEID_ORDINAER'],
    ['TILRETTELAGT_ARBEID_ORDINAER', 'TILRETTELAGT_ARBEID_ORDINAER'],
    ['ARBTREN', 'ARBEIDSTRENING'],
    ['MIDLONTIL', 'MIDLERTIDIG_LONNSTLSKUDD'],
    // Arena's code of four measures says not which.
    ['GRUPPEAMO', 'GRUPPEAMO'],
    ['ET_HELT_NYTT_TILTAK', 'ET_HELT_NYTT_TILTAK'],
    ['AVKLARING', 'AVKLARING'],
  ])('%s is %s', (written, code) => {
    expect(navMeasureCode(written)).toBe(code);
  });

  test.each([
    ['ARBEIDSTRENING', 'ARBTREN'],
    ['STUDIESPESIALISERING', 'GRUPPEAMO'],
    ['TILRETTELAGT_ARBEID_ORDINAER', null],
    ['FIREARIG_LONNSTILSUDD', null],
    ['ET_HELT_NYTT_TILTAK', null],
  ])('%s is %s in Arena', (code, arena) => {
    expect(arenaCode(code)).toBe(arena);
  });
});

test('a status this program does not know says nothing', () => {
  expect(participationOf('EN_NY_STATUS')).toBeNull();
});
