import { html } from 'hono/html';
import type { Language } from '../../../core/language.ts';
import type { OperationView } from '../../../desk/operation/operation.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { OPERATION } from '../../text/operation.ts';

type Setting = OperationView['settings'][number];
type Choice = OperationView['policy'][number];

/** The variables that are set; those that are not have a page of their own. */
export function settingsPart({ language }: Visit, { settings }: OperationView): Html {
  const t = OPERATION[language];
  const [set, unset] = [
    settings.filter(({ from }) => from === 'MILJOVARIABEL'),
    settings.filter(({ from }) => from === 'STANDARD'),
  ];
  return html`<h2>${t.settings}</h2>
${
  set.length === 0
    ? html`<p>${t.noneSet}</p>\n`
    : html`<p>${t.onlySet}</p>
${table(
  t.settingsCaption,
  [t.setting, t.value, t.from].map((heading) => ({ heading })),
  set.map((each) => [
    settingCell(language, each),
    each.value === null ? t.hidden : html`<code>${each.value}</code>`,
    t.environment,
  ]),
)}`
}${
  unset.length === 0
    ? ''
    : html`<p class="no-print"><a href="?vis=variabler">${t.others} (${String(unset.length)})</a></p>\n`
}`;
}

/** The variables that are not set, with what holds then. */
export function unsetPart({ language }: Visit, { settings }: OperationView): Html {
  const t = OPERATION[language];
  return html`<h2>${t.others}</h2>
${table(
  t.others,
  [t.setting, t.value, t.from].map((heading) => ({ heading })),
  settings
    .filter(({ from }) => from === 'STANDARD')
    .map((each) => [settingCell(language, each), bokmal(language, each.fallback), t.standard]),
)}`;
}

function settingCell(language: Language, { name, text }: Setting): Html {
  return html`<code>${name}</code><small>${bokmal(language, text)}</small>`;
}

/** What the county has decided itself; what it has left as it was has a page of its own. */
export function policyPart({ language }: Visit, { policy }: OperationView): Html {
  const t = OPERATION[language];
  const own = policy.filter(({ from }) => from === 'POLICY_FILE');
  return html`<h2>${t.policy}</h2>
${own.length === 0 ? html`<p>${t.policyNone}</p>\n` : policyTable(language, t.policyCaption, own)}<p class="no-print"><a href="?vis=valg">${t.policyAll}</a></p>
`;
}

/** What the county has left as it was. */
export function standardPart({ language }: Visit, { policy }: OperationView): Html {
  const t = OPERATION[language];
  const some = policy.filter(({ from }) => from === 'STANDARD');
  return html`<h2>${t.policyAll}</h2>
${policyTable(language, t.policyAll, some)}`;
}

function policyTable(language: Language, caption: string, some: readonly Choice[]): Html {
  const t = OPERATION[language];
  return table(
    caption,
    [t.setting, t.value, t.from].map((heading) => ({ heading })),
    some.map(({ name, text, value, from }) => [
      html`<code>${name}</code><small>${bokmal(language, text)}</small>`,
      html`<code>${value}</code>`,
      from === 'POLICY_FILE' ? t.policyFile : t.standard,
    ]),
  );
}
