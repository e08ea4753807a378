import { ledgerOf } from '../../derive/facts/ledger.ts';
import { daysBetween } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import { evidenceKey } from '../../youth/youth.ts';
import { daysTable } from '../daysTable.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import { byPerson } from '../samePerson.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { type SheetOrder, sheetScope } from './order.ts';

/** Kinds of facts that the lines must carry. */
export const LAG_KINDS = ['Left', 'Annulled'] as const;

interface Lag {
  line: Line;
  /** School number, or `fagopplaring` for all contracts: a firm has one apprentice, and would be one youth. */
  where: string;
  days: number;
}

/** Days from the date of a dropout to OT's alert, school by school (§1.10). What was taken back is not counted. */
export function schoolLagSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const lags = byPerson(lines).flatMap(lagsOf);
  const schools = [...new Set(lags.map(({ where }) => where))].sort();
  const figures = tally(
    lags.map((lag, number) => ({ ...lag, number })),
    ({ where }) => ['alle', `skole.${where}`],
    ({ line }) => livesHidden(line, order.shownOn),
    ['alle'],
  );
  return {
    name: 'school-lag',
    title: 'Dager fra avbruddsdato til varsel, skole for skole',
    scope: sheetScope(order, lines),
    follows: [
      'Fra datoen avbruddet gjelder (siste versjon) til dagen OT ble varslet; annullerte avbrudd telles ikke.',
      'p50 og p95: så mange dager som halvparten, og 95 av 100, høyst brukte.',
    ],
    figures: {
      figures,
      sums: [{ total: 'alle', parts: schools.map((where) => `skole.${where}`) }],
    },
    tables: [
      daysTable(
        {
          name: 'meldetid',
          title: 'Meldetid',
          columns: [
            { name: 'skole', title: 'Skole', kind: 'text' },
            { name: 'antall', title: 'Avbrudd', kind: 'number' },
          ],
        },
        schools.map((where) => ({
          title: where === APPRENTICESHIPS ? 'Fagopplæring' : where,
          figure: `skole.${where}`,
          days: lags.filter((lag) => lag.where === where).map(({ days }) => days),
        })),
      ),
    ],
  };
}

const APPRENTICESHIPS = 'fagopplaring';

/** Of one person: a dropout under two numbers is one, and OT was alerted at the first alert of either. */
function lagsOf(lines: readonly Line[]): Lag[] {
  const counted = new Set<string>();
  return lines.toSorted(staysFirst).flatMap((line) =>
    ledgerOf(line.facts).ends.flatMap(({ fact, annulledBy }) => {
      const key = evidenceKey(fact);
      if (counted.has(key)) return [];
      counted.add(key);
      const [alerted] = lines.flatMap((each) => each.alerted.get(key) ?? []).sort();
      if (alerted === undefined || annulledBy !== null) return [];
      const where = fact.training === 'apprenticeship' ? APPRENTICESHIPS : fact.institution;
      return [{ line, where, days: daysBetween(fact.effective, osloDate(alerted)) }];
    }),
  );
}

/** Facts under the surviving reference hold: later versions came there. */
function staysFirst(one: Line, other: Line): number {
  return Number(one.mergedInto !== null) - Number(other.mergedInto !== null);
}
