import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import { registrationAt, statusesUntil } from '../registrationState.ts';
import { byPerson } from '../samePerson.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { followsOf, linesIn, viewOf } from '../view.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

/**
 * Stock against flow: who has a code on the day, and who has had it at least once in the school year. In 2020–21 207
 * had OTOV on the day of the report and 864 had had it: two measures, and neither can be had from the other (U01).
 */
export function flowSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const scope = viewScope(order, 'UDIR');
  const now = new Set(viewOf(lines, scope).counted.map(({ line }) => line.ref));
  const people = byPerson(linesIn(lines, scope));
  const had = (person: readonly Line[]) => person.flatMap((line) => statusesUntil(line, order));
  const has = (person: readonly Line[]) =>
    person.flatMap((line) => {
      const registration = now.has(line.ref) ? registrationAt(line, order) : null;
      return registration === null ? [] : [registration.status];
    });
  const codes = [...new Set(people.flatMap(had).map(({ group, code }) => `${group} ${code}`))].sort();
  const figures = tally(
    people,
    (person) => [
      ...had(person).map(({ code }) => `hatt.${code}`),
      ...has(person).flatMap(({ code }) => [`har.${code}`, 'har']),
    ],
    (person) => person.some((line) => livesHidden(line, order.shownOn)),
    ['har', ...codes.flatMap((each) => [`har.${codeOf(each)}`, `hatt.${codeOf(each)}`])],
  );
  return {
    name: 'flow',
    title: 'Beholdning og flyt',
    scope: sheetScope(order, lines),
    follows: [...followsOf(scope), 'Flyt: har hatt koden minst én gang i skoleåret, uansett kode nå.'],
    // A youth who has a code now has had it: the difference is a figure too, which a reader could compute.
    figures: withDifferences(figures, codes.map(codeOf)),
    tables: [
      {
        name: 'kode',
        title: 'Har koden på datoen, og har hatt den i skoleåret',
        columns: [
          { name: 'hovedgruppe', title: 'Hovedgruppe', kind: 'text' },
          { name: 'kode', title: 'Kode', kind: 'text' },
          { name: 'har', title: 'Har nå', kind: 'number' },
          { name: 'hatt', title: 'Har hatt', kind: 'number' },
        ],
        rows: codes.map((each) => ({
          cells: [
            { text: each.slice(0, each.indexOf(' ')) },
            { text: codeOf(each) },
            { figure: `har.${codeOf(each)}` },
            { figure: `hatt.${codeOf(each)}` },
          ],
        })),
        personal: false,
      },
    ],
  };
}

function codeOf(each: string): string {
  return each.slice(each.indexOf(' ') + 1);
}

function withDifferences(
  counted: ReadonlyMap<string, { value: number; strict: number }>,
  codes: readonly string[],
): Sheet['figures'] {
  const figures = new Map(counted);
  for (const code of codes) {
    const [has, had] = [counted.get(`har.${code}`), counted.get(`hatt.${code}`)];
    if (has === undefined || had === undefined) throw new Error(`${code} is not counted`);
    figures.set(`ikkeLenger.${code}`, {
      value: had.value - has.value,
      strict: had.strict - has.strict,
    });
  }
  return {
    figures,
    sums: [
      { total: 'har', parts: codes.map((code) => `har.${code}`) },
      ...codes.map((code) => ({ total: `hatt.${code}`, parts: [`har.${code}`, `ikkeLenger.${code}`] })),
    ],
  };
}
