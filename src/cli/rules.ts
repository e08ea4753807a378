import { CodeListSchema, CodeListsSchema, RuleSchema, RulesSchema } from '../api/schema/ruleSchema.ts';
import { codeListLines, codeListsLines, ruleLines, rulesLines } from '../text/ruleLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { wordsAndJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { organisationMeant, organisationsKnown } from './present.ts';

const RULES_FORM = 'regler [org] [regel] [--json]';
const LISTS_FORM = 'kodeverk [org] [liste] [--json]';
const RULE_ID = /^[A-Z]\d{1,2}$/;

export const rules: Command = {
  form: RULES_FORM,
  help: 'reglene: hva de sier, hvor de står, og hvilke tester som holder dem',
  takes: [0, 3],
  run: showRules,
};

export const codeLists: Command = {
  form: LISTS_FORM,
  help: 'kodelistene broen leser etter; med en liste: kodene, med navn og når de gjelder',
  takes: [0, 3],
  run: showLists,
};

async function showRules(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = wordsAndJson(RULES_FORM, args);
  const id = words.find((word) => RULE_ID.test(word));
  const org = await organisationMeant(
    ask,
    words.find((word) => !RULE_ID.test(word)),
  );
  const at = `/organisations/${encodeURIComponent(org)}/rules`;
  if (id !== undefined) {
    const read = found(RuleSchema, await ask(`${at}/${id}`), org);
    return json ? JSON.stringify(read, null, 2) : ruleLines(read);
  }
  const read = found(RulesSchema, await ask(at), org);
  return json ? JSON.stringify(read, null, 2) : rulesLines(read.rules);
}

async function showLists(ask: Ask, args: readonly string[]): Promise<string> {
  const { words, json } = wordsAndJson(LISTS_FORM, args);
  const [first, second] = words;
  // One word is an organisation or a list.
  const isOrganisation =
    second !== undefined || (first !== undefined && (await organisationsKnown(ask)).includes(first));
  const org = await organisationMeant(ask, isOrganisation ? first : undefined);
  const at = `/organisations/${encodeURIComponent(org)}/codelists`;
  const all = found(CodeListsSchema, await ask(at), org);
  const wanted = second ?? (isOrganisation ? undefined : first);
  if (wanted === undefined) return json ? JSON.stringify(all, null, 2) : codeListsLines(all.lists);
  const pages = await everyPage(ask, {
    schema: CodeListSchema,
    path: `${at}/${encodeURIComponent(wanted)}?limit=500`,
    org,
  });
  const whole = { ...pages[0], codes: pages.flatMap(({ codes }) => codes), next: null };
  return json ? JSON.stringify(whole, null, 2) : codeListLines(whole);
}
