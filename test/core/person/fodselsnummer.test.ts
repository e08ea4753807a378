import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { distinctNumbers, Fodselsnummer, NumberMap } from '../../../src/core/person/fodselsnummer.ts';

// P01 of the synthetic cast.
const NUMBER = '14830989960';

describe('Fodselsnummer', () => {
  it('prints masked everywhere', () => {
    const number = new Fodselsnummer(NUMBER);
    const printed = [
      String(number),
      `${number}`,
      `fnr ${number}`,
      JSON.stringify({ number }),
      inspect(number),
      inspect({ deep: { number } }, { showHidden: true, depth: 9 }),
      JSON.stringify(Object.entries(number)),
      new Error(`could not read ${number}`).message,
    ];
    for (const text of printed) expect(text).not.toContain(NUMBER);
    expect(String(number)).toBe('***********');
    expect(JSON.stringify(number)).toBe('"***********"');
    expect(inspect(number)).toBe('***********');
  });

  it('gives the number only when asked', () => {
    expect(new Fodselsnummer(NUMBER).reveal()).toBe(NUMBER);
  });

  it('is the same whenever the number is', () => {
    const [one, same, other] = [NUMBER, NUMBER, '21860876016'].map((number) => new Fodselsnummer(number));
    if (!one || !same || !other) throw new Error('three numbers');
    expect([one.equals(same), one.equals(other)]).toEqual([true, false]);
    const distinct = distinctNumbers([one, other, same]);
    expect(distinct.map((number) => number.reveal())).toEqual([NUMBER, '21860876016']);
    const values = new NumberMap<string>();
    values.set(one, 'first');
    expect([values.get(same), values.has(same), values.get(other), values.has(other)]).toEqual([
      'first',
      true,
      undefined,
      false,
    ]);
  });
});
