import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Fodselsnummer } from '../../../src/core/person/fodselsnummer.ts';

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
});
