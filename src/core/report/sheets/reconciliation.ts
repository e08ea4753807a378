import type { Sum } from '../figures.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import type { Sheet, SheetRow } from '../sheet.ts';
import { tally } from '../tally.ts';
import { EXCLUSIONS, followsOf, viewOf } from '../view.ts';
import { EXCLUSION_TITLES } from './labels.ts';
import { refCell, type SheetOrder, sheetScope, viewScope } from './order.ts';

const SIDES = ['alle', 'malgruppe', 'utenfor'] as const;
const ROWS = ['VIGO', ...EXCLUSIONS, 'UDIR'] as const;

/** From all who are registered to those in Udir's figures, with the reason for each who is not (U02, C12). */
export function reconciliationSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const scope = viewScope(order, 'UDIR');
  const { counted, excluded } = viewOf(lines, scope);
  const everybody = [
    ...counted.map((each) => ({ ...each, row: 'UDIR' as const })),
    ...excluded.map((each) => ({ ...each, row: each.reason })),
  ];
  const figures = tally(
    everybody,
    ({ row, registration }) => {
      const side = registration.status.targetGroup ? 'malgruppe' : 'utenfor';
      return [row, 'VIGO'].flatMap((name) => [`${name}.alle`, `${name}.${side}`]);
    },
    ({ line }) => livesHidden(line, order.shownOn),
    ROWS.flatMap((row) => SIDES.map((side) => `${row}.${side}`)),
  );
  const sums: Sum[] = [
    ...SIDES.map((side) => ({
      total: `VIGO.${side}`,
      parts: [...EXCLUSIONS, 'UDIR'].map((row) => `${row}.${side}`),
    })),
    ...ROWS.map((row) => ({ total: `${row}.alle`, parts: [`${row}.malgruppe`, `${row}.utenfor`] })),
  ];
  return {
    name: 'reconciliation',
    title: 'Avstemming mellom VIGO-visning og Udir-visning',
    scope: sheetScope(order, lines),
    follows: followsOf(scope),
    figures: { figures, sums },
    tables: [
      {
        name: 'avstemming',
        title: 'Fra alle registrerte til Udirs tall',
        columns: [
          { name: 'rad', title: 'Hvem', kind: 'text' },
          { name: 'tilmeldt', title: 'Tilmeldt', kind: 'number' },
          { name: 'malgruppe', title: 'I målgruppen', kind: 'number' },
          { name: 'utenfor', title: 'Utenfor', kind: 'number' },
        ],
        rows: [
          figuresRow('VIGO', 'Alle registrerte (VIGO)'),
          ...EXCLUSIONS.map((reason) => figuresRow(reason, `− ${EXCLUSION_TITLES[reason]}`)),
          { ...figuresRow('UDIR', 'I Udirs tall'), sum: true },
        ],
        personal: false,
      },
      {
        name: 'utelatt',
        title: 'Hvem som ikke er med i Udirs tall, og hvorfor',
        columns: [
          { name: 'ungdom', title: 'Ungdom', kind: 'text' },
          { name: 'grunn', title: 'Grunn', kind: 'text' },
          { name: 'malgruppe', title: 'I målgruppen', kind: 'text' },
        ],
        rows: excluded.map(({ line, registration, reason }) => ({
          cells: [
            refCell(line, order),
            { text: EXCLUSION_TITLES[reason] },
            { text: registration.status.targetGroup ? 'ja' : 'nei' },
          ],
        })),
        personal: true,
      },
    ],
  };
}

function figuresRow(name: string, title: string): SheetRow {
  return { cells: [{ text: title }, ...SIDES.map((side) => ({ figure: `${name}.${side}` }))] };
}
