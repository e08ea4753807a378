import { describe, expect, test } from 'vitest';
import { WISH_STATUSES } from '../../../src/core/codelists/data/wishStatuses.ts';
import { apprenticeshipReasonChoice, schoolReasonChoice } from '../../../src/core/codelists/leaveReason.ts';
import { nearestWishes, wishStatus } from '../../../src/core/codelists/wishStatus.ts';

const codes = (entries: readonly { code: string }[]) => entries.map(({ code }) => code);

describe('for a code that is not in the list the three most like it are found:', () => {
  test.each([
    ['STRNLVV', 'STRNLV'],
    ['strnlae', 'STRNLÆ'],
    ['Nei til Vg3 skole', 'STRNLV'],
    ['Manuelt inn ordinært inntak', 'MANIO'],
    ['TASSIN', 'TASINN'],
  ])('a wish %s', (written, first) => {
    const found = codes(nearestWishes(written));
    expect(found).toHaveLength(3);
    expect(found[0]).toBe(first);
  });

  test.each([
    ['Feil valg', 'FV'],
    ['Feilvlag', 'FV'],
  ])('a reason %s', (written, first) => {
    expect(codes(schoolReasonChoice('2026-10-06', written).nearest)[0]).toBe(first);
    expect(codes(apprenticeshipReasonChoice('2026-10-06', written).nearest)).toHaveLength(3);
  });

  test('what is like none still gives three, in the order of the list', () => {
    expect(codes(nearestWishes('###'))).toHaveLength(3);
    expect(codes(nearestWishes('x'.repeat(100_000)))).toHaveLength(3);
  });
});

test('every wish status is known by its code, its number and its official name', () => {
  for (const { code, number, text } of WISH_STATUSES)
    for (const written of [code, String(number), text, text.toLowerCase(), ` ${text.replaceAll(' ', '  ')} `])
      expect(wishStatus(written)?.code, written).toBe(code);
});
