import { expect, test } from 'vitest';
import { standingText } from '../../src/text/standing.ts';

const facts = (detail: string | null) => ({ where: 'Inntak', count: 2, detail });

test('what waits in quarantine says what is wrong in words, not by its code', () => {
  const cause = (language: 'nb' | 'nn', detail: string | null) =>
    standingText(language, 'QUARANTINE', facts(detail)).cause;
  expect(cause('nb', 'INVALID_IDENTITY_NUMBER')).toBe('Fødselsnummeret er ikke gyldig.');
  expect(cause('nn', 'UNKNOWN_CODE')).toBe('Koden finst ikkje i kodeverket.');
  expect(cause('nb', 'GONE_CODE')).toBe('Feilen er GONE_CODE.');
  expect(cause('nb', null)).toBe('Feilen er ukjent.');
});
