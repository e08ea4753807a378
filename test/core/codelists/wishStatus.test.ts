import { describe, expect, it } from 'vitest';
import { WISH_STATUSES } from '../../../src/core/codelists/data/wishStatuses.ts';
import { WISH_MEANING } from '../../../src/core/codelists/wishMeaning.ts';
import { wishStatus } from '../../../src/core/codelists/wishStatus.ts';

describe('wish statuses of the VIGO intake', () => {
  it('all 55 are classified, and nothing besides', () => {
    expect(WISH_STATUSES).toHaveLength(55);
    expect(Object.keys(WISH_MEANING).sort()).toEqual(WISH_STATUSES.map((status) => status.code).sort());
  });

  it.each([
    ['place', 'place', 'INNTF INNTLI INNTLÆ INNTO INNTS LANNET PRØVE'],
    ['offer', 'offer', 'FANNET INNTOI INNTSI TATTIN TILBLÆ TILBO TILBPR TILBS TILBSK'],
    ['declined', 'no', 'MANOK MANON MANSN STRNLV STRNLÆ STRONT STRONV STRSNT TNLPR TRUKK'],
    ['unanswered', 'no', 'STRILÆ STROIT STROIV STRSIT'],
    ['no-place', 'no', 'NEDL STOPP STRGJE STRLPO STRSAV UKVAL UKVAL2 VENTO VENTOI VENTOJ'],
    ['other-wish', 'nothing', 'STRINN STRISK STRTLB STRVNT UAKTU'],
    ['pending', 'nothing', 'MANIO MANIS MANUO MANUOK MANUS MANUSK RESER SBEHA SFORM TASINN'],
  ])('%s says %s: %s', (meaning, says, codes) => {
    const found = WISH_STATUSES.filter((status) => wishStatus(status.code)?.meaning === meaning);
    expect(
      found
        .map((status) => status.code)
        .sort()
        .join(' '),
    ).toBe(codes);
    for (const { code } of found) expect(wishStatus(code)?.says).toBe(says);
  });

  it('every status of VIGO’s list is a place, an open offer, a no or nothing', () => {
    for (const { code } of WISH_STATUSES)
      expect(['place', 'offer', 'no', 'nothing']).toContain(wishStatus(code)?.says);
  });

  it('is found by code in any case, and by number with or without a leading zero', () => {
    for (const { code, number } of WISH_STATUSES) {
      for (const text of [
        code,
        code.toLowerCase(),
        ` ${code} `,
        String(number),
        String(number).padStart(2, '0'),
      ]) {
        expect(wishStatus(text)).toMatchObject({ code, number });
      }
    }
  });

  it('an unknown code or number is not guessed', () => {
    for (const code of ['', '0', '1', '007', '99', 'STR', 'STRNLAE', 'PROVE', 'valueOf']) {
      expect(wishStatus(code)).toBeUndefined();
    }
  });
});
