import { CodeListSchema, CodeListsSchema, RuleSchema, RulesSchema } from '../api/schema/ruleSchema.ts';
import { codeListLines, codeListsLines, ruleLines, rulesLines } from '../text/ruleLines.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { wordsAndJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { isOrganisation, organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: RULES_FORM } = USAGE.regler;
const { form: LISTS_FORM } = USAGE.kodeverk;
const RULE_ID = /^[A-Z]\d{1,2}$/;

export const rules: Command = {
  ...USAGE.regler,
  run: showRules,
};

export const codeLists: Command = {
  ...USAGE.kodeverk,
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
  const isNamed = second !== undefined || (first !== undefined && (await isOrganisation(ask, first)));
  const org = await organisationMeant(ask, isNamed ? first : undefined);
  const at = `/organisations/${encodeURIComponent(org)}/codelists`;
  const all = found(CodeListsSchema, await ask(at), org);
  const wanted = second ?? (isNamed ? undefined : first);
  if (wanted === undefined) return json ? JSON.stringify(all, null, 2) : codeListsLines(all.lists);
  const pages = await everyPage(ask, {
    schema: CodeListSchema,
    path: `${at}/${encodeURIComponent(wanted)}?limit=500`,
    org,
  });
  const whole = { ...pages[0], codes: pages.flatMap(({ codes }) => codes), next: null };
  return json ? JSON.stringify(whole, null, 2) : codeListLines(whole);
}
