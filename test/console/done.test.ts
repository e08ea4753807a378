import { describe, expect, test } from 'vitest';
import { outcomeText, purposeText } from '../../src/console/pages/logWords.ts';
import { DONE } from '../../src/console/text/done.ts';
import { DONE_BY, doneText } from '../../src/console/text/doneBy.ts';
import type { Access } from '../../src/core/access/access.ts';
import { appOf, testParts } from '../api/parts.ts';
import { goldenOpenApi } from '../golden/openapi.ts';

/** All that is written in the audit trail: of the API, and of the console. */
const described = Object.entries<Record<string, { 'x-access': Access; 'x-unrecorded'?: true }>>(
  JSON.parse(goldenOpenApi()).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, route]) =>
    route['x-access'] === 'public' || route['x-unrecorded'] ? [] : [`${method.toUpperCase()} ${path}`],
  ),
);
const pages = appOf(testParts()).pages.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
const recorded = [...described, ...pages].sort();

describe('what was done', () => {
  test('is a sentence in both written forms for every operation that is recorded, and for no other', () => {
    expect(pages.length).toBeGreaterThan(50);
    expect(Object.values(DONE_BY).flat().sort()).toEqual(recorded);
  });

  test('has no address, method or code in it', () => {
    for (const language of ['nb', 'nn'] as const)
      for (const text of Object.values(DONE[language])) expect(text).toMatch(/^\p{Lu}[\p{L} ,-]+$/u);
  });

  test('of an operation that is no more has no sentence', () => {
    expect(doneText('nb', 'GET /k/{org}/borte')).toBeNull();
  });
});

test('an outcome and a purpose are said in words', () => {
  expect(outcomeText('nb', 'OK')).toBe('Gjennomført');
  expect(outcomeText('nb', 'NOT_PERMITTED')).toBe('Avvist: ikke tilgang');
  expect(outcomeText('nn', 'NOT_PERMITTED')).toBe('Avvist: ikkje tilgang');
  expect(outcomeText('nb', 'GONE_CODE')).toBe('Avvist: GONE_CODE');
  expect(purposeText('nb', null)).toBe('–');
  expect(purposeText('nb', 'KONTAKT')).toBe('For å ta kontakt med ungdommen');
  expect(purposeText('nn', 'KONTROLL (navn): stemmer adressa?')).toBe(
    'Vise namnet for å kontrollere at opplysningane er rette: stemmer adressa?',
  );
  expect(purposeText('nb', 'BREV (nummer): brev; BREV (navn): brev')).toBe(
    'Vise nummeret for å sende brev: brev; Vise navnet for å sende brev: brev',
  );
  expect(purposeText('nb', 'NAV_UTVEKSLING')).toBe('Utveksling med NAV');
  expect(purposeText('nb', 'Ringerunde i oktober')).toBe('Ringerunde i oktober');
});
