import { expect, test } from 'vitest';
import { dryRunLines } from '../../src/text/dryRunLines.ts';

const FIRST = { rule: 'R01', reason: 'En ny tilmelding får OTUK.' };

test('a dry run is printed as a sum, what to mend, row by row, and each rule once', () => {
  const lines = dryRunLines({
    text: '4 rader: 2 ville blitt godtatt, 1 duplikat, 1 må rettes.',
    list: { text: 'Ingen mangler i listen.' },
    results: [
      { row: 1, outcome: 'applied', text: 'Ny tilmelding.', effects: [FIRST, FIRST], problems: [] },
      { row: 2, outcome: 'duplicate', text: 'Sier det samme som rad 1.', effects: [], problems: [] },
      {
        row: 3,
        outcome: 'quarantined',
        text: 'Må rettes.',
        effects: [],
        problems: [{ field: 'onskestatus', text: 'Ukjent kode.', cure: 'Rett koden.', raw: 'STRUKJ' }],
      },
      { row: 4, outcome: 'applied', text: 'Ny tilmelding.', effects: [FIRST], problems: [] },
    ],
  });
  expect(lines.split('\n')).toEqual([
    '4 rader: 2 ville blitt godtatt, 1 duplikat, 1 må rettes.',
    'Ingen mangler i listen.',
    '',
    'Må rettes',
    '  Rad 3, onskestatus («STRUKJ»): Ukjent kode.',
    '    Gjør dette: Rett koden.',
    '',
    'Rad for rad',
    '  Rad 1: Ny tilmelding. (R01)',
    '  Rad 4: Ny tilmelding. (R01)',
    '',
    'Hvorfor',
    '  R01: En ny tilmelding får OTUK.',
  ]);
});

test('a list in which nothing is new is one line', () => {
  const same = { row: 1, outcome: 'duplicate', text: 'Kjent fra før.', effects: [], problems: [] };
  expect(dryRunLines({ text: '1 rad: 1 duplikat.', list: null, results: [same] })).toBe('1 rad: 1 duplikat.');
});
