import { html } from 'hono/html';
import type { OperationView } from '../../../desk/operation/operation.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { OPERATION } from '../../text/operation.ts';

/** The variables it runs with, those that are set first. */
export function settingsPart({ language }: Visit, { settings }: OperationView): Html {
  const t = OPERATION[language];
  const [set, unset] = [
    settings.filter(({ from }) => from === 'MILJOVARIABEL'),
    settings.filter(({ from }) => from === 'STANDARD'),
  ];
  const what = ({ name, text }: OperationView['settings'][number]) =>
    html`<code>${name}</code><small>${bokmal(language, text)}</small>`;
  return html`<h2>${t.settings}</h2>
${
  set.length === 0
    ? html`<p>${t.noneSet}</p>\n`
    : html`<p>${t.onlySet}</p>
${table(
  t.settingsCaption,
  [t.setting, t.value, t.from].map((heading) => ({ heading })),
  set.map((each) => [
    what(each),
    each.value === null ? t.hidden : html`<code>${each.value}</code>`,
    t.environment,
  ]),
)}`
}${
  unset.length === 0
    ? ''
    : html`<details><summary>${t.others} (${String(unset.length)})</summary>
${table(
  t.others,
  [t.setting, t.value, t.from].map((heading) => ({ heading })),
  unset.map((each) => [what(each), bokmal(language, each.fallback), t.standard]),
)}</details>
`
}`;
}

/** What the county has decided itself, and below it what it has left as it was. */
export function policyPart({ language }: Visit, { policy }: OperationView): Html {
  const t = OPERATION[language];
  const own = policy.filter(({ from }) => from === 'POLICY_FILE');
  const rows = (some: OperationView['policy']) =>
    some.map(({ name, text, value, from }) => [
      html`<code>${name}</code><small>${bokmal(language, text)}</small>`,
      html`<code>${value}</code>`,
      from === 'POLICY_FILE' ? t.policyFile : t.standard,
    ]);
  const columns = [t.setting, t.value, t.from].map((heading) => ({ heading }));
  return html`<h2>${t.policy}</h2>
${own.length === 0 ? html`<p>${t.policyNone}</p>\n` : table(t.policyCaption, columns, rows(own))}<details><summary>${t.policyAll}</summary>
${table(t.policyAll, columns, rows(policy.filter(({ from }) => from === 'STANDARD')))}</details>
`;
}
