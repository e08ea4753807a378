import { html } from 'hono/html';
import type { DryRunEffect } from '../../../desk/dryRun/dryRunEffect.ts';
import { effectText } from '../../../desk/dryRun/dryRunText.ts';
import type { DryRunView } from '../../../desk/dryRun/dryRunView.ts';
import type { Trial } from '../../../desk/dryRun/trials.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { DEADLINE_NAMES, nameOf } from '../../text/codes.ts';
import { TRY_RECORD } from '../../text/tryRecord.ts';
import { ruleLink, ruleSentence } from './ruleSentence.ts';

/** What was tried would have led to this, with rule and sentence. @param again where another one is tried */
export function resultPage(visit: Visit, { view, met, masked }: Trial, again: string): Shown {
  const { language } = visit;
  const t = TRY_RECORD[language];
  const content = html`<p class="notice">${t.nothingStored}</p>
<p>${bokmal(language, view.text)}</p>
${view.list === null ? '' : html`<p>${bokmal(language, view.list.text)}</p>\n`}${masked ? html`<p>${t.masked}</p>\n` : ''}${view.results.map((each) => rowPart(visit, each))}<p class="no-print"><a class="button second" href="${again}">${t.again}</a></p>
`;
  return { title: t.resultTitle, subjects: met, content };
}

function rowPart(visit: Visit, { row, text, effects, problems }: DryRunView['results'][number]): Html {
  const { language, format } = visit;
  const t = TRY_RECORD[language];
  const number = format.number(row);
  return html`<h2>${t.record(number)}</h2>
<p>${bokmal(language, text)}</p>
${
  problems.length === 0
    ? ''
    : html`${table(
        t.mendCaption(number),
        [t.field, t.wrong, t.cure].map((heading) => ({ heading })),
        problems.map(({ field, text: wrong, cure }) => [
          field === '' ? t.whole : html`<code>${field}</code>`,
          bokmal(language, wrong),
          bokmal(language, cure),
        ]),
      )}`
}${
  effects.length === 0
    ? ''
    : table(
        t.effectsCaption(number),
        [t.wouldDo, t.why].map((heading) => ({ heading })),
        effects.map((effect) => [
          html`${bokmal(language, effectText(effect))}${deadlinesOf(visit, effect)}`,
          whyOf(visit, effect),
        ]),
      )
}`;
}

function deadlinesOf({ language, format }: Visit, { deadlines }: DryRunEffect): Html | '' {
  if (deadlines.length === 0) return '';
  const said = deadlines.map(
    ({ what, date }) => `${nameOf(DEADLINE_NAMES[language], what)} ${format.date(date)}`,
  );
  return html`<small>${TRY_RECORD[language].deadlines}: ${said.join(', ')}</small>`;
}

function whyOf(visit: Visit, { rule, reason }: DryRunEffect): Html | string {
  if (rule === null || reason === null) return '–';
  return html`${ruleLink(visit, rule)}: ${ruleSentence(visit.language, reason)}`;
}
