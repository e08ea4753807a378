import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentDigest } from '../../../adapters/reading/contentDigest.ts';

describe('the digest of a content', () => {
  test('is fixed: a row that comes again after an upgrade is still a duplicate', () => {
    expect(
      contentDigest({ type: 'ikkesoker', skolear: '2027-28', dato: '2027-03-15' }),
    ).toMatchInlineSnapshot(`"96250f53059b699ea17a78fec632ce9d"`);
  });

  test('does not depend on the order of fields, nor on empty ones', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const reordered = Object.fromEntries([...Object.entries(content)].reverse());
        const padded = { ...reordered, '\u0001absent': undefined, '\u0001null': null, '\u0001empty': '' };
        expect(contentDigest(padded)).toBe(contentDigest(content));
      }),
    );
  });

  test('distinguishes contents whose texts run together', () => {
    const contents = [
      { a: '1', b: '2' },
      { a: '12' },
      { ab: '12' },
      { a: ['1', '2'] },
      { a: ['12'] },
      { a: 12 },
      ['a', '12'],
      { a: 's2:12' },
    ];
    expect(new Set(contents.map(contentDigest)).size).toBe(contents.length);
  });

  test('differs for a hundred thousand rows that differ in one number, in each half of it', () => {
    const rows = 100_000;
    const whole = new Set<string>();
    const halves = [new Set<string>(), new Set<string>()];
    for (let i = 0; i < rows; i += 1) {
      const digest = contentDigest({
        type: 'ikkemott',
        skolenummer: '40014',
        nummer: String(10_000_000_000 + 11 * i),
      });
      whole.add(digest);
      halves[0]?.add(digest.slice(0, 16));
      halves[1]?.add(digest.slice(16));
    }
    expect(whole.size).toBe(rows);
    // 64 bits each: a repeat among 100,000 has a chance of one in 3 billion.
    expect(halves.map((half) => half.size)).toEqual([rows, rows]);
  });

  test('changes half its bits when one character changes', () => {
    const text = '14830989960|avbrudd|40014|2026-10-06';
    let changed = 0;
    for (let i = 0; i < text.length; i += 1) {
      changed += bitsApart(contentDigest(text), contentDigest(`${text.slice(0, i)}x${text.slice(i + 1)}`));
    }
    expect(changed / text.length).toBeGreaterThan(56);
    expect(changed / text.length).toBeLessThan(72);
  });
});

function bitsApart(one: string, other: string): number {
  const difference = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  return difference.toString(2).replaceAll('0', '').length;
}
