import { statusIn } from '../codelists/otStatus.ts';
import { TILMELDINGSKODER } from '../report/stock.ts';
import { ALERT_KINDS, type AlertKind, type Deadline } from '../youth/youthEvent.ts';
import type { RuleEntry } from './rules.ts';

/** The code list that rules speak of. */
export const CODES_OF_RULES = 'OT-2016-07';

export const DEADLINES: readonly Deadline['what'][] = [
  'KONTAKT',
  'VEILEDNINGSTIME',
  'AVKLARINGSSAMTALE',
  'AVKLARINGSMOTE',
  'OPPFOLGING',
];

/** An official code, kind of alert or deadline that a rule leads to. */
export type RuleOutcome =
  | { what: 'STATUS' | 'TILMELDING'; code: string }
  | { what: 'VARSEL'; code: AlertKind }
  | { what: 'FRIST'; code: Deadline['what'] };

/** What the rule leads to, in the order it names them. Words of the code's own (`ADVISER`, `GROUNDS`) mean nothing to an
 *  adviser and are left out. */
export function outcomesOf({ leadsTo }: Pick<RuleEntry, 'leadsTo'>): RuleOutcome[] {
  const found = new Map<string, RuleOutcome>();
  for (const text of textsIn(leadsTo)) {
    const outcome = outcomeOf(text);
    if (outcome !== null && !found.has(text)) found.set(text, outcome);
  }
  return [...found.values()];
}

function outcomeOf(text: string): RuleOutcome | null {
  if (statusIn(CODES_OF_RULES, text) !== undefined) return { what: 'STATUS', code: text };
  if (TILMELDINGSKODER.some((code) => code === text)) return { what: 'TILMELDING', code: text };
  const kind = ALERT_KINDS.find((each) => each === text);
  if (kind !== undefined) return { what: 'VARSEL', code: kind };
  const deadline = DEADLINES.find((each) => each === text);
  return deadline === undefined ? null : { what: 'FRIST', code: deadline };
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Map || value instanceof Set || Array.isArray(value))
    for (const content of value.values()) yield* textsIn(content);
  else if (typeof value === 'object' && value !== null)
    for (const content of Object.values(value)) yield* textsIn(content);
}
