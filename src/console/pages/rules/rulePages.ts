import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { nowOf } from '../../../desk/organisationToday.ts';
import { codeLists } from '../../../desk/rules/codeListViews.ts';
import { type RuleView, ruleNamed, ruleViews } from '../../../desk/rules/ruleViews.ts';
import { CODE_LIST_NAMES } from '../../../text/names.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { OUTCOME_KIND, RULE_ACT, RULES_PAGE } from '../../text/rules.ts';
import { codeListPath, validity } from './codeListPages.ts';
import { rulePath, ruleSentence } from './ruleSentence.ts';

/** What each rule says, since when and from where; which code lists there are. */
export function rulePages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'rule:read', path: '/regler', show: (visit) => overview(visit, parts) });
  frame.page({
    access: 'rule:read',
    path: '/regler/{rule}',
    async show(visit) {
      const { organisation, language, base } = visit;
      const t = RULES_PAGE[language];
      const rule = ruleNamed(parts.policyOf(organisation.id), visit.param('rule'));
      const now = await nowOf(parts, organisation);
      const content = html`<p class="lead">${ruleSentence(language, rule.sentence)}</p>
<p>${RULE_ACT[language][rule.act]} ${sinceText({ ...visit, now }, rule)}</p>
${sourcesPart(visit, rule)}${outcomesPart(visit, rule)}${answersPart(visit, rule)}${settingsPart(visit, rule)}${testsPart(visit, rule)}<p class="no-print"><a href="${base}/regler">${t.back}</a></p>
`;
      return { title: t.ruleTitle(rule.id), subjects: [], content };
    },
  });
}

type GroupTitle = 'groupR' | 'groupQ' | 'groupW' | 'groupM' | 'groupOther';

/** By the letter of the rule. */
const GROUPS: Readonly<Record<string, GroupTitle>> = {
  R: 'groupR',
  Q: 'groupQ',
  W: 'groupW',
  M: 'groupM',
};

/** Shown first; the others, and the code lists, by what is said in the address. */
const FIRST: GroupTitle = 'groupR';
const LISTS = 'kodeverk';

function overview(visit: Visit, parts: ApiParts) {
  const { language, base, organisation, may } = visit;
  const t = RULES_PAGE[language];
  const rules = ruleViews(parts.policyOf(organisation.id));
  const groups = Map.groupBy(rules, ({ id }) => GROUPS[id.charAt(0)] ?? 'groupOther');
  const shown = visit.query('del');
  const some =
    [...groups].find(([title]) => title === shown) ?? [...groups].find(([title]) => title === FIRST);
  const link = (part: string, label: string, current: boolean) =>
    html`<li><a href="?del=${part}"${current ? html` aria-current="true"` : ''}>${label}</a>`;
  const choices = html`<nav class="chosen no-print" aria-label="${t.parts}"><p>${t.parts}</p><ul>${[
    ...groups,
  ].map(([title]) =>
    link(title, t[title], shown !== LISTS && title === some?.[0]),
  )}${link(LISTS, t.lists, shown === LISTS)}</ul></nav>
`;
  const content = html`<p>${t.intro}</p>
${may('feed:write') ? html`<p><a class="button" href="${base}/prov">${t.tryLead}</a></p>\n<p class="quiet-text">${t.tryAbout}</p>\n` : ''}${choices}${
  shown === LISTS
    ? html`<h2 id="kodeverk">${t.lists}</h2>\n${listsTable(visit)}`
    : some === undefined
      ? ''
      : rulesTable(visit, ...some)
}`;
  return { title: t.title, subjects: [], content };
}

function rulesTable({ language, base }: Visit, title: GroupTitle, some: readonly RuleView[]): Html {
  const t = RULES_PAGE[language];
  return html`<h2>${t[title]}</h2>
${table(
  t[title],
  [t.rule, t.says, t.act].map((heading) => ({ heading })),
  some.map((rule) => [
    html`<a href="${base}${rulePath(rule.id)}">${rule.id}</a>`,
    ruleSentence(language, rule.sentence),
    RULE_ACT[language][rule.act],
  ]),
)}`;
}

function listsTable(visit: Visit): Html {
  const { language, format, base } = visit;
  const t = RULES_PAGE[language];
  return table(
    t.listsCaption,
    [
      ...[t.edition, t.list, t.valid].map((heading) => ({ heading })),
      { heading: t.count, numeric: true },
      { heading: t.source },
    ],
    codeLists().map(({ id, subject, codes, source, ...days }) => [
      html`<a href="${base}${codeListPath(id)}">${id}</a>`,
      CODE_LIST_NAMES[language][subject],
      validity(visit, days) ?? t.always,
      format.number(codes),
      bokmal(language, source),
    ]),
  );
}

function sinceText({ language, format, now }: Visit, { since }: RuleView): string {
  const t = RULES_PAGE[language];
  return since === null
    ? t.sinceUnknown
    : t.since(format.longDate(since), format.relative(`${since}T00:00:00.000Z`, now));
}

function sourcesPart({ language }: Visit, { sources }: RuleView): Html {
  const t = RULES_PAGE[language];
  return html`<h2>${t.sources}</h2>
${table(
  t.sourcesCaption,
  [t.place, t.document, t.readEdition, t.law].map((heading) => ({ heading })),
  sources.map(({ reference, name, publisher, version, law }) => [
    bokmal(language, reference),
    bokmal(language, `${name}, ${publisher}`),
    bokmal(language, version),
    law === null ? '–' : bokmal(language, law),
  ]),
)}`;
}

function outcomesPart({ language }: Visit, { leadsTo }: RuleView): Html {
  const t = RULES_PAGE[language];
  const rows = leadsTo.map(({ what, code, name }) => [
    html`<code>${code}</code>`,
    bokmal(language, name),
    OUTCOME_KIND[language][what],
  ]);
  return html`<h2>${t.leadsTo}</h2>
${
  rows.length === 0
    ? html`<p>${t.nothing}</p>\n`
    : table(t.leadsToCaption, [{ heading: t.code }, { heading: t.name }, { heading: t.what }], rows)
}`;
}

function answersPart({ language }: Visit, { answers, leadsTo }: RuleView): Html | '' {
  if (answers.length === 0) return '';
  const t = RULES_PAGE[language];
  return html`<h2>${t.answers}</h2>
<ul>${answers.map(({ answer, mayStand, proposed }) => {
    const said = [answer === 'AVSLAG' ? t.refused : t.warned, ...(mayStand ? [t.mayStand] : [])].join(' ');
    // All that the rule leads to is in the table above.
    const some = proposed.length < leadsTo.length || leadsTo.length === 0;
    const names = proposed.map(({ code, name }) => `${code} (${name})`).join(', ');
    return html`<li>${said}${some && names !== '' ? html` ${bokmal(language, t.proposes(names))}` : ''}</li>\n`;
  })}</ul>
`;
}

function settingsPart({ language }: Visit, { settings }: RuleView): Html | '' {
  if (settings.length === 0) return '';
  const t = RULES_PAGE[language];
  return html`<h2>${t.settings}</h2>
${table(
  t.settingsCaption,
  [{ heading: t.setting }, { heading: t.value }],
  settings.map(({ name, text, value }) => [
    html`${bokmal(language, text)}<small>${name}</small>`,
    html`<code>${value}</code>`,
  ]),
)}`;
}

function testsPart({ language }: Visit, { tests }: RuleView): Html {
  const t = RULES_PAGE[language];
  if (tests.length === 0) return html`<h2>${t.tests}</h2>\n<p>${t.noTests}</p>\n`;
  return html`<h2>${t.tests}</h2>
<p>${t.testsHelp}</p>
<ul>${tests.map(
    ({ title, file }) =>
      html`<li>${title === null ? t.wholeFile : html`<span lang="en">${title}</span>`} <span class="quiet-text">test/${file}</span></li>\n`,
  )}</ul>
`;
}
