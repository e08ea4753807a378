import { ageLimitOn } from '../../age/ageLimit.ts';
import { isUnderLimitForKostra, kostraAge } from '../../age/reportAge.ts';
import type { IsoDate } from '../../time/date.ts';
import type { SchoolYear } from '../../time/schoolYear.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import { onePerson } from '../samePerson.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { viewOf } from '../view.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

/** KOSTRA counts a school year in the accounting year it ends in, from 1 August to 15 June (L18, Q10). */
export function kostraPeriod(schoolYear: SchoolYear): { year: number; from: IsoDate; to: IsoDate } {
  const year = Number(schoolYear.slice(0, 4)) + 1;
  return { year, from: `${year - 1}-08-01`, to: `${year}-06-15` };
}

/** Tilmeldte in KOSTRA's sense: registered for the school year before the accounting year ends, by age at its end. The
 *  order's cut-off is the end of 15 June. */
export function kostraSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const { year, from, to } = kostraPeriod(order.schoolYear);
  const { policy } = order;
  const registered = viewOf(lines, viewScope(order, 'VIGO')).counted.filter(
    ({ registration }) => registration.effective === null || registration.effective <= to,
  );
  const { first } = onePerson(registered, policy.countedOnceBy);
  const ages = new Set<string>();
  const figuresOf = ({ born }: Line, side: string): string[] => {
    if (born !== null && !isUnderLimitForKostra(born, year, policy)) return ['registrert', 'overGrensen'];
    const age = `alder.${born === null ? 'ukjent' : kostraAge(born, year)}`;
    ages.add(age);
    return ['registrert', 'tilmeldt', side, age];
  };
  const figures = tally(
    first,
    ({ line, registration }) => figuresOf(line, registration.status.targetGroup ? 'malgruppe' : 'utenfor'),
    ({ line }) => livesHidden(line, order.shownOn),
    ['registrert', 'tilmeldt', 'overGrensen', 'malgruppe', 'utenfor'],
  );
  const byAge = [...ages].sort();
  return {
    name: 'kostra',
    title: `KOSTRA ${year}: tilmeldte i skoleåret ${order.schoolYear.replace('-', '–')}`,
    scope: sheetScope(order, lines),
    follows: [
      `Perioden er ${from} til ${to}; det som var kommet inn ved utgangen av den, teller (L18).`,
      `Alder ved utgangen av regnskapsåret ${year}, under ${ageLimitOn(policy, `${year}-12-31`)} år.`,
    ],
    figures: {
      figures,
      sums: [
        { total: 'registrert', parts: ['tilmeldt', 'overGrensen'] },
        { total: 'tilmeldt', parts: ['malgruppe', 'utenfor'] },
        { total: 'tilmeldt', parts: byAge },
      ],
    },
    tables: [
      {
        name: 'alder',
        title: 'Tilmeldte etter alder ved utgangen av året',
        columns: [
          { name: 'alder', title: 'Alder', kind: 'text' },
          { name: 'antall', title: 'Antall', kind: 'number' },
        ],
        rows: [
          ...byAge.map((age) => ({ cells: [{ text: age.slice('alder.'.length) }, { figure: age }] })),
          { cells: [{ text: 'Tilmeldte' }, { figure: 'tilmeldt' }], sum: true },
          { cells: [{ text: 'Herav i målgruppen' }, { figure: 'malgruppe' }] },
          { cells: [{ text: 'Ikke med: fylt grensen' }, { figure: 'overGrensen' }] },
        ],
        personal: false,
      },
    ],
  };
}
