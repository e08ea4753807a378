import { POLICY_FIELDS } from '../../config/policyFields.ts';
import { statusText } from '../../core/codelists/otStatus.ts';
import type { Policy } from '../../core/policy.ts';
import { TILMELDING_TITLES } from '../../core/report/sheets/labels.ts';
import { TILMELDINGSKODER } from '../../core/report/stock.ts';
import { RULE_TESTS } from '../../core/rules/data/ruleTests.ts';
import { CODES_OF_RULES, outcomesOf, type RuleOutcome } from '../../core/rules/outcomes.ts';
import { PRECEDENCE } from '../../core/rules/precedence.ts';
import { type RuleEntry, rulesInOrder } from '../../core/rules/rules.ts';
import { type CitedSource, sourcesOf } from '../../core/rules/sources.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { alertTitle, deadlineTitle } from '../../text/alertLines.ts';
import { DeskRefusal } from '../refusal.ts';

/** Who acts: the bridge decides, the bridge proposes, the bridge judges what an adviser has set, or nothing is computed. */
export const RULE_ACTS = {
  decides: 'AVGJOR',
  proposes: 'FORESLAR',
  validates: 'VURDERER',
  informs: 'OPPLYSER',
} as const;

/** One rule, with where it is from and what follows from it. Texts in bokmål. */
export interface RuleView {
  id: string;
  act: (typeof RULE_ACTS)[RuleEntry['kind']];
  sentence: string;
  /** Since when: the first day that one of its sources is known to hold; null where none says. */
  since: IsoDate | null;
  sources: CitedSource[];
  leadsTo: { what: RuleOutcome['what']; code: string; name: string }[];
  /** The answers it gives to an adviser's choice, in the order in which choices are judged. */
  answers: { answer: 'AVSLAG' | 'ADVARSEL'; mayStand: boolean; proposed: { code: string; name: string }[] }[];
  /** What the county has decided that the rule depends on. */
  settings: { name: string; text: string; value: string }[];
  /** Tests that hold it, by title (English) and file; a null title is the whole file. */
  tests: { title: string | null; file: string }[];
}

/** All rules of this program, numbered ones first. */
export function ruleViews(policy: Policy): RuleView[] {
  return rulesInOrder().map((rule) => viewOf(rule, policy));
}

/** @throws DeskRefusal UNKNOWN_RULE */
export function ruleNamed(policy: Policy, id: string): RuleView {
  const rule = rulesInOrder().find((each) => each.id === id);
  if (rule === undefined) throw new DeskRefusal('UNKNOWN_RULE', REFUSAL.nb.noRule);
  return viewOf(rule, policy);
}

function viewOf(rule: RuleEntry, policy: Policy): RuleView {
  const { id, kind, text, source } = rule;
  const sources = sourcesOf(source);
  const days = sources.flatMap(({ from }) => from ?? []).sort();
  return {
    id,
    act: RULE_ACTS[kind],
    sentence: text,
    since: days[0] ?? null,
    sources,
    leadsTo: outcomesOf(rule).map((outcome) => ({ ...outcome, name: outcomeName(outcome) })),
    answers: PRECEDENCE.filter((step) => step.rule.id === id).map(({ verdict, mayStand, instead }) => ({
      answer: verdict === 'REFUSED' ? 'AVSLAG' : 'ADVARSEL',
      mayStand,
      proposed: instead.proposed.map((code) => ({ code, name: outcomeName({ what: 'STATUS', code }) })),
    })),
    settings: settingsOf(id, policy),
    tests: [...(RULE_TESTS[id] ?? [])],
  };
}

function outcomeName({ what, code }: RuleOutcome): string {
  switch (what) {
    case 'STATUS':
      return statusText(CODES_OF_RULES, code, '9999-12-31') ?? code;
    case 'TILMELDING': {
      const kode = TILMELDINGSKODER.find((each) => each === code);
      return kode === undefined ? code : TILMELDING_TITLES[kode];
    }
    case 'VARSEL':
      return alertTitle(code);
    case 'FRIST':
      return deadlineTitle(code);
  }
}

/** The fields of the county's policy whose description names the rule. */
function settingsOf(id: string, policy: Policy): RuleView['settings'] {
  const values: Readonly<Record<string, unknown>> = { ...policy };
  return Object.entries(POLICY_FIELDS).flatMap(([name, schema]) => {
    const text = String(schema.meta()?.text ?? '');
    const named = new RegExp(`\\b${id}\\b`).test(text);
    return named ? [{ name, text, value: settingText(values[name]) }] : [];
  });
}

function settingText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
