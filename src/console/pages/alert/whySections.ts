import { html } from 'hono/html';
import type { Ending } from '../../../desk/alerts/alternatives.ts';
import type { SourceView, WhyView } from '../../../desk/alerts/why.ts';
import type { DryRunEffect } from '../../../desk/dryRun/dryRunEffect.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { ALERT, DIFFERENCE, DOCUMENTS } from '../../text/alert.ts';
import { DEADLINE_NAMES, FACTS, nameOf } from '../../text/codes.ts';
import { sourceText } from '../../text/sources.ts';
import { dueText } from '../dueText.ts';
import { ruleLink } from '../rules/ruleSentence.ts';

/** Why an alert was raised: what was reported, the rule, and what would have been otherwise. */
export function whySection(visit: Visit, why: WhyView, masked: boolean): Html {
  const { language } = visit;
  const t = ALERT[language];
  const { rule, reason } = why.alert;
  const [first] = why.sources;
  return html`<h2 id="hvorfor" tabindex="-1">${t.why}</h2>
${first === undefined ? '' : html`<p>${told(visit, first)}</p>\n`}<p><strong>${reason === null ? t.ruleIs(rule) : bokmal(language, reason)}</strong> (${ruleLink(visit, rule, { known: reason !== null })})</p>
${masked ? html`<p>${t.masked}</p>\n` : ''}${ruleSection(visit, why)}${masked ? '' : sourcesSection(visit, why.sources)}${deadlinesSection(visit, why)}${endingsSection(visit, why)}`;
}

/** Who reported what and when, in words. */
function told({ language, format }: Visit, { entry }: SourceView): Html {
  const t = ALERT[language];
  const { recorded, effective, source } = entry;
  const holds = effective === null ? '' : html` ${t.holdsFrom(format.longDate(effective))}`;
  return html`${source === null ? t.bridge : t.told(format.moment(recorded), sourceText(language, source))} ${factOf(language, entry.codes)}${holds}`;
}

function factOf(language: Visit['language'], codes: Readonly<Record<string, string>>): string {
  return nameOf(FACTS[language], codes.hendelse ?? '');
}

function ruleSection(visit: Visit, { alert }: WhyView): Html {
  const { language } = visit;
  const t = ALERT[language];
  const said = t.ruleIs(alert.rule);
  const rule = ruleLink(visit, alert.rule, { said, known: alert.reason !== null });
  if (alert.ruleSource === null) return html`<h3>${t.rule}</h3>\n<p>${rule}</p>\n`;
  return html`<h3>${t.rule}</h3>
<p>${rule}. ${bokmal(language, t.ruleSource(alert.ruleSource))}</p>
<details><summary>${t.documents}</summary>
<ul>${Object.entries(DOCUMENTS[language]).map(([letter, title]) => html`<li>${letter}: ${title}</li>`)}</ul>
</details>
`;
}

function sourcesSection(visit: Visit, sources: readonly SourceView[]): Html {
  const { language, format } = visit;
  const t = ALERT[language];
  if (sources.length === 0) return html`<h3>${t.sources}</h3>\n<p>${t.noSources}</p>\n`;
  const rows = sources.map(({ entry, versions }, index) => [
    String(index + 1),
    factOf(language, entry.codes),
    entry.effective === null ? '–' : format.date(entry.effective),
    html`${format.moment(entry.recorded)}${versions > 1 ? html` (${t.versions(versions)})` : ''}`,
    entry.source === null ? '–' : sourceText(language, entry.source),
  ]);
  const headings = [t.sourceNo, t.message, t.effective, t.recorded, t.from];
  return html`${table(
    t.sources,
    headings.map((heading) => ({ heading })),
    rows,
  )}<h3>${t.without}</h3>
${sources.map(
  (source, index) => html`<p><strong>${t.withoutNo(index + 1)}:</strong> ${withoutLine(visit, source)}</p>
${differences(visit, source)}`,
)}`;
}

function withoutLine({ language }: Visit, { without }: SourceView): string {
  const t = ALERT[language];
  switch (without?.state) {
    case undefined:
      return t.notDecided;
    case 'withdrawn':
      return t.wouldGo;
    case 'met':
      return t.wouldBeMet;
    case 'open':
      return t.wouldStay;
  }
}

function differences({ language }: Visit, { without }: SourceView): Html | '' {
  if (without === null) return '';
  const t = ALERT[language];
  if (without.effects.length === 0) return html`<p>${t.noDifference}</p>\n`;
  return html`<p>${t.difference}</p>
<ul>${without.effects.map((effect) => html`<li>${DIFFERENCE[language][effect.what]}${detailOf(language, effect)}</li>`)}</ul>
`;
}

function detailOf(
  language: Visit['language'],
  { kind, code, schoolYear, proposed }: DryRunEffect,
): Html | '' {
  const named = kind === null ? '' : html`«${bokmal(language, alertTitle(kind))}»`;
  const codes = [...(code === null ? [] : [code]), ...proposed, ...(schoolYear === null ? [] : [schoolYear])];
  if (named === '' && codes.length === 0) return '';
  return html` (${named}${named === '' || codes.length === 0 ? '' : ', '}${codes.join(', ')})`;
}

function deadlinesSection(visit: Visit, { deadlines }: WhyView): Html {
  const { language, format, now } = visit;
  const t = ALERT[language];
  if (deadlines.length === 0) return html`<h3>${t.deadlines}</h3>\n<p>${t.noDeadlines}</p>\n`;
  const rows = deadlines.map(({ what, date, rule, reason, met }) => [
    DEADLINE_NAMES[language][what],
    dueText({ format }, date, now),
    met ? t.done : t.notDone,
    html`${ruleLink(visit, rule, { known: reason !== null })}${reason === null ? '' : html`: ${bokmal(language, reason)}`}`,
  ]);
  const headings = [t.deadlineWhat, t.deadlineDate, t.deadlineState, t.deadlineRule];
  return table(
    t.deadlines,
    headings.map((heading) => ({ heading })),
    rows,
  );
}

function endingsSection(visit: Visit, { alert, endings, ended, sources }: WhyView): Html | '' {
  const { language, format } = visit;
  const t = ALERT[language];
  if (alert.state === 'withdrawn') {
    if (ended === null) return '';
    const why =
      ended.reason === null ? '' : html` ${bokmal(language, ended.reason)} (${ruleLink(visit, ended.rule)})`;
    const by = ended.source === null ? '' : html` ${t.endedBy(sourceText(language, ended.source))}`;
    return html`<h3>${t.ends}</h3>\n<p>${t.ended(format.moment(ended.recorded))}${by}${why}</p>\n`;
  }
  if (alert.state === 'met') return html`<h3>${t.ends}</h3>\n<p>${t.alreadyMet}</p>\n`;
  if (endings === null) return '';
  const takenBack = sources.flatMap(({ without }, index) =>
    without?.state === 'withdrawn' ? [t.endsByTakingBack(index + 1)] : [],
  );
  const all = [...endings.map((ending) => endingLine({ language, format }, ending)), ...takenBack];
  return html`<h3>${t.ends}</h3>
${all.length === 0 ? html`<p>${t.endsByNothing}</p>` : html`<ul>${all.map((line) => html`<li>${line}</li>`)}</ul>`}
`;
}

function endingLine({ language, format }: Pick<Visit, 'language' | 'format'>, ending: Ending): string {
  const t = ALERT[language];
  switch (ending.how) {
    case 'CONTACT':
      return t.endsByContact;
    case 'STATUS':
      return ending.contact ? t.endsByContactAndStatus(ending.code) : t.endsByStatus(ending.code);
    case 'TIME':
      return t.endsByTime(format.longDate(ending.on));
  }
}
