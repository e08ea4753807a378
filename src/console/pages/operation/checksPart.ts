import { html } from 'hono/html';
import type { OperationView } from '../../../desk/operation/operation.ts';
import type { Finding } from '../../../text/findings.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { OPERATION } from '../../text/operation.ts';

/** What the checks found when they last ran, and a button to run them. */
export function checksPart(visit: Visit, checks: OperationView['checks']): Html {
  const { language, base } = visit;
  const t = OPERATION[language];
  return html`<h2>${t.checks}</h2>
<p>${t.checksAbout}</p>
${checks === null ? html`<p>${t.notRun}</p>\n` : foundPart(visit, checks)}${visit.form(
  `${base}/drift/kontroller`,
  html`<button class="second">${t.run}</button> <span class="quiet-text">${t.runAbout}</span>
`,
)}`;
}

function foundPart(visit: Visit, { at, sections }: NonNullable<OperationView['checks']>): Html {
  const { language, format, now } = visit;
  const t = OPERATION[language];
  const all = sections.flatMap(({ findings }) => findings);
  const count = (level: Finding['level']) => format.number(all.filter((each) => each.level === level).length);
  const bad = all
    .filter(({ level }) => level !== 'ok')
    .toSorted((one, other) => Number(other.level === 'fault') - Number(one.level === 'fault'));
  return html`<p>${t.ran(format.moment(at), format.relative(at, now))} ${t.summary(format.number(all.length), count('warning'), count('fault'))}</p>
${bad.length === 0 ? html`<p class="good">${t.fine}</p>\n` : findingsTable(visit, t.toMend, bad)}<details><summary>${t.allChecks}</summary>
${sections.map(({ title, findings }) => (findings.length === 0 ? '' : findingsTable(visit, title, findings)))}</details>
`;
}

function findingsTable({ language }: Visit, caption: string, findings: readonly Finding[]): Html {
  const t = OPERATION[language];
  return table(
    caption,
    [t.checked, t.level, t.found, t.cure].map((heading) => ({ heading })),
    findings.map(({ checked, level, found, cure }) => [
      bokmal(language, checked),
      level === 'ok' ? t.ok : html`<strong>${t[level]}</strong>`,
      bokmal(language, found),
      cure === null ? '–' : bokmal(language, cure),
    ]),
  );
}
