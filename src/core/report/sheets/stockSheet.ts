import { groupLabel } from '../../codelists/otStatus.ts';
import type { Line } from '../register.ts';
import type { Sheet, SheetRow } from '../sheet.ts';
import { listOf, stockFigures, TILMELDINGSKODER } from '../stock.ts';
import { followsOf, viewOf } from '../view.ts';
import { TILMELDING_TITLES } from './labels.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

/** Tables 1 and 2 of a reference date: what is delivered to Udir. */
export function stockSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const scope = viewScope(order, 'UDIR');
  const { counted } = viewOf(lines, scope);
  const figures = stockFigures(counted, order.shownOn);
  const list = listOf(counted);
  const below = (prefix: string) =>
    [...figures.figures.keys()].filter((name) => name.startsWith(prefix)).sort();
  const inside = new Set(
    figures.sums.filter(({ total }) => total === 'malgruppe').flatMap(({ parts }) => parts),
  );
  const groupRow = (name: string): SheetRow => ({
    cells: [{ text: groupTitle(list, name.slice('gruppe.'.length)) }, { figure: name }],
  });
  const sumRow = (title: string, figure: string): SheetRow => ({
    cells: [{ text: title }, { figure }],
    sum: true,
  });
  const groups = below('gruppe.');
  return {
    name: 'stock',
    title: 'Tilmeldte per referansedato',
    scope: sheetScope(order, lines),
    follows: followsOf(scope),
    figures,
    tables: [
      {
        name: 'tilmelding',
        title: 'Tabell 1. Tilmeldte etter tilmeldingskode',
        columns: columns('tilmeldingskode', 'Tilmeldingskode'),
        rows: [
          ...[...TILMELDINGSKODER, 'UKJENT' as const].map((kode) => ({
            cells: [{ text: TILMELDING_TITLES[kode] }, { figure: `tilmelding.${kode}` }],
          })),
          sumRow('Tilmeldte til sammen', 'alle'),
        ],
        personal: false,
      },
      {
        name: 'hovedgruppe',
        title: 'Tabell 2. Tilmeldte etter hovedgruppe',
        columns: columns('hovedgruppe', 'Hovedgruppe'),
        rows: [
          ...groups.filter((name) => inside.has(name)).map(groupRow),
          sumRow('I målgruppen', 'malgruppe'),
          ...groups.filter((name) => !inside.has(name)).map(groupRow),
          sumRow('Utenfor målgruppen', 'utenfor'),
          sumRow('Totalt', 'alle'),
        ],
        personal: false,
      },
    ],
  };
}

function columns(name: string, title: string) {
  return [
    { name, title, kind: 'text' },
    { name: 'antall', title: 'Antall', kind: 'number' },
  ] as const;
}

/** A group is titled in its own list: the digit means something else in another. */
function groupTitle(list: string | null, group: string): string {
  const label = list === null ? '' : groupLabel(list, Number(group));
  return /\d/.test(label) ? label : `${group} ${label}`;
}
