import { type Override, overridesIn } from '../../derive/adviser/override.ts';
import { gradeOn } from '../../protection/grade.ts';
import { shareFor } from '../../protection/share.ts';
import { OVERRIDES } from '../../rules/override.ts';
import { sameKey } from '../../youth/youth.ts';
import type { Sheet, SheetTable } from '../sheet.ts';
import { tally } from '../tally.ts';
import type { KnownYouth } from '../youths.ts';
import type { SheetOrder } from './order.ts';

export type FoundOverride = ReturnType<typeof overridesOf>[number];

/** The choices about one youth that were kept against a rule. */
export function overridesOf({ ref, youth }: KnownYouth, order: SheetOrder) {
  const found = overridesIn(youth, order.policy, order.cutoff).filter((each) => sameKey(each, order));
  if (found.length === 0) return [];
  const hidden = shareFor(gradeOn(youth.facts, order.shownOn)).hidden;
  return found.map((each) => ({ ...each, ref, hidden }));
}

/** How often advisers have kept a choice that a rule speaks against: which rules, and for which reasons (O02). */
export function overridesSheet(found: readonly FoundOverride[], order: SheetOrder): Sheet {
  const { county, schoolYear, on, cutoff } = order;
  const rules = [...new Set(found.map(({ rule }) => `regel.${rule}`))].sort();
  const reasons = [...new Set(found.map(({ reason }) => `grunn.${reason}`))].sort();
  const figures = tally(
    found,
    ({ rule, reason }) => ['alle', `regel.${rule}`, `grunn.${reason}`],
    ({ hidden }) => hidden,
    ['alle'],
  );
  return {
    name: 'overrides',
    title: 'Valg som rådgivere har fastholdt mot en regel',
    scope: { county, schoolYear, on, cutoff, list: null },
    follows: ['Et valg telles når en regel talte mot det og rådgiveren oppga en grunn (R25, R26, O02).'],
    figures: {
      figures,
      sums: [
        { total: 'alle', parts: rules },
        { total: 'alle', parts: reasons },
      ],
    },
    tables: [
      counts('regel', 'Etter regel', 'Regel', rules, (name) => name),
      counts('grunn', 'Etter grunn', 'Grunn', reasons, reasonText),
      {
        name: 'liste',
        title: 'Hver for seg',
        columns: ['Ungdom', 'Regel', 'Kode', 'Grunn', 'Gjelder fra'].map((title) => ({
          name: title.toLowerCase().replace(' ', '-'),
          title,
          kind: 'text' as const,
        })),
        rows: found.map(({ ref, hidden, rule, code, reason, effective }) => ({
          cells: [hidden ? null : ref, rule, code, reasonText(reason), effective].map((text) => ({ text })),
        })),
        personal: true,
      },
    ],
  };
}

function counts(
  name: string,
  title: string,
  label: string,
  figures: readonly string[],
  textOf: (name: string) => string,
): SheetTable {
  return {
    name,
    title,
    columns: [
      { name, title: label, kind: 'text' },
      { name: 'antall', title: 'Antall', kind: 'number' },
    ],
    rows: [
      ...figures.map((figure) => ({
        cells: [{ text: textOf(figure.slice(figure.indexOf('.') + 1)) }, { figure }],
      })),
      { cells: [{ text: 'Alle' }, { figure: 'alle' }], sum: true as const },
    ],
    personal: false,
  };
}

const REASONS: Readonly<Record<string, string>> = OVERRIDES;

/** A keyword of an older list is shown as it is. */
function reasonText(reason: Override['reason']): string {
  return REASONS[reason] ?? reason;
}
