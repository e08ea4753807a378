import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparableFullName, comparableName } from '../../../src/core/person/personName.ts';

it.each([
  ['Mild', 'Multe', 'MILD MULTE'],
  ['MILDE', 'MULTE', 'MILDE MULTE'],
  ['Åse-Marie', 'Bjørk', 'ÅSE BJØRK'],
  ['A\u030ase Marie', 'Bjørk', 'ÅSE BJØRK'],
  ['André', 'Myr Multe', 'ANDRE MULTE'],
  ['Östen', 'Ärlig', 'ÖSTEN ÄRLIG'],
  ['Rimelig', "O'Rype", 'RIMELIG ORYPE'],
])('«%s» and «%s» are compared as «%s»', (given, family, comparable) => {
  expect(comparableName(given, family)?.exact).toBe(comparable);
  expect(comparableFullName(`${given} ${family}`)?.exact).toBe(comparable);
  expect(comparableFullName(`${family}, ${given}`)?.exact).toBe(comparable);
});

it('the order of the parts is part of a name', () => {
  expect(comparableName('Multe', 'Mild')?.exact).not.toBe(comparableName('Mild', 'Multe')?.exact);
});

it('half a name is none', () => {
  for (const name of ['', 'Mild', ' - ', ', Mild', '1234 5678']) expect(comparableFullName(name)).toBeNull();
  expect(comparableName('Mild', '')).toBeNull();
});

it('a middle name, a hyphen, space and capitals are never a difference', () => {
  const word = fc.constantFrom('Mild', 'Åse', 'Bjørk', 'Rype', 'Øyvind', 'Ætt');
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 3 }), word, (first, middle, last) => {
      const written = [first, ...middle, last];
      const plain = comparableName(first, last)?.exact;
      expect(comparableFullName(written.join(' '))?.exact).toBe(plain);
      expect(comparableFullName(written.join('-').toLowerCase())?.exact).toBe(plain);
      expect(comparableName([first, ...middle].join('  '), last.toUpperCase())?.exact).toBe(plain);
    }),
  );
});
