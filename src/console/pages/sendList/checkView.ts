import { html } from 'hono/html';
import type { CheckedRow, ShownProblem } from '../../../desk/uploads/uploadCheck.ts';
import type { UploadCheckView, UploadView } from '../../../desk/uploads/uploadView.ts';
import type { FormBody } from '../../frame/formBody.ts';
import {
  bokmal,
  type FormFault,
  faultOf,
  type Html,
  problemText,
  radioField,
  table,
  textField,
} from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { SEND_LIST } from '../../text/sendList.ts';
import type { Working } from './upload.ts';

// What a check has found: the counts, the rows to mend with a field for each cell, the other rows, and sending.

/** Rows with something to mend on a page: what the next page may weigh holds about so many. */
const ROWS_OF_PAGE = 12;
/** Other rows that are shown; the file has all of them. */
const MOST_OTHERS = 50;
/** What is to be sent: `alle`, or all that can be. */
export const FIELD_OF_CHOICE = 'hva';

export function sums({ language, format }: Visit, { counts }: UploadCheckView): Html {
  const t = SEND_LIST[language];
  const shown: [string, number][] = [
    [t.ready, counts.ready],
    [t.mend, counts.mend],
    [t.duplicate, counts.duplicate],
    [t.notOurs, counts.notOurs],
    [t.sentBefore, counts.sent],
  ];
  const always = new Set([t.ready, t.mend]);
  return html`<dl class="sums">${shown
    .filter(([name, count]) => count > 0 || always.has(name))
    .map(([name, count]) => html`<div><dt>${name}</dt><dd>${format.number(count)}</dd></div>`)}</dl>
`;
}

export const isBad = ({ outcome }: CheckedRow) => outcome === 'quarantined';

/** The field of a cell that is mended. */
export const cellField = (row: number, field: string) => `rad-${row}-${field}`;

export function mendPart(
  visit: Visit,
  { at, columns }: Working,
  { results, counts, kind }: UploadCheckView & Pick<UploadView, 'kind'>,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html | '' {
  const t = SEND_LIST[visit.language];
  const bad = results.filter(isBad);
  if (bad.length === 0) return counts.ready > 0 ? html`<p class="good">${t.allGood}</p>\n` : '';
  const pages = Math.ceil(bad.length / ROWS_OF_PAGE);
  const page = pageOf(form?.text('side') ?? visit.query('side'), pages);
  const shown = bad.slice((page - 1) * ROWS_OF_PAGE, page * ROWS_OF_PAGE);
  const fields = new Set(columns.columns.map(({ field }) => field));
  // Of a list that a system wrote any field that is there can be typed again.
  const canMend = ({ field, heading }: ShownProblem) =>
    kind === 'json' ? field !== '' : heading !== null && fields.has(field);
  const path = `${at}/sjekk`;
  return html`<h2 id="rett" tabindex="-1">${t.mendTitle}</h2>
<p>${t.mendHelp}</p>
<p><a href="${at}/feilfil">${t.errorFile}</a>. <span class="quiet-text">${t.errorFileHelp}</span></p>
${visit.form(
  path,
  html`<input type="hidden" name="side" value="${String(page)}">
${shown.map((row) => badRow(visit, row, canMend, faults, form))}<button>${t.mendAll}</button>
`,
)}${pages === 1 ? '' : pageLinks(visit, path, page, pages)}`;
}

function badRow(
  { language }: Visit,
  { row, problems }: CheckedRow,
  canMend: (problem: ShownProblem) => boolean,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html {
  const t = SEND_LIST[language];
  const mendable = [...new Map(problems.map((each) => [each.field, each])).values()].filter(canMend);
  return html`<section aria-labelledby="rad-${String(row)}">
<h3 id="rad-${String(row)}">${t.row(row)}</h3>
<ul>${problems.map((each) => html`<li>${problemText(language, each)}</li>`)}</ul>
${
  mendable.length === 0
    ? html`<p>${t.fileOnly}</p>\n`
    : mendable.map(({ field, heading }) => {
        const id = cellField(row, field);
        return textField({
          id,
          label: t.newValue(heading ?? field, row),
          value: form?.text(id) ?? '',
          fault: faultOf(faults, id),
        });
      })
}</section>
`;
}

function pageLinks({ language }: Visit, path: string, page: number, pages: number): Html {
  const t = SEND_LIST[language];
  return html`<p>${page > 1 ? html`<a href="${path}?side=${String(page - 1)}#rett">${t.before}</a> ` : ''}${t.page(page, pages)}${page < pages ? html` <a href="${path}?side=${String(page + 1)}#rett">${t.after}</a>` : ''}</p>
`;
}

function pageOf(text: string, pages: number): number {
  const page = /^\d{1,5}$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(page, 1), pages);
}

export function othersPart({ language }: Visit, { results }: UploadCheckView): Html | '' {
  const t = SEND_LIST[language];
  const others = results.filter((row) => !isBad(row));
  if (others.length === 0) return '';
  return html`<details><summary>${t.othersTitle} (${String(others.length)})</summary>
${table(
  t.othersTitle,
  [{ heading: t.rowInFile, numeric: true }, { heading: t.outcome }],
  others
    .slice(0, MOST_OTHERS)
    .map(({ row, text, problems }) => [
      String(row),
      html`${bokmal(language, text)}${problems.map((each) => html` ${problemText(language, each)}`)}`,
    ]),
)}</details>
`;
}

export function sendPart(
  visit: Visit,
  { at }: Working,
  { rows, counts }: UploadCheckView,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html {
  const { language, format } = visit;
  const t = SEND_LIST[language];
  if (rows === 0) return html`<p class="good">${t.allSent}</p>\n`;
  if (counts.ready === 0) return html`<h2>${t.sendTitle}</h2>\n<p>${t.noneReady}</p>\n`;
  const ready = format.number(counts.ready);
  const choice =
    counts.mend === 0
      ? ''
      : radioField({
          id: FIELD_OF_CHOICE,
          label: t.sendHow,
          value: form?.text(FIELD_OF_CHOICE) || 'klare',
          fault: faultOf(faults, FIELD_OF_CHOICE),
          options: [
            { value: 'klare', label: t.sendReady(ready, format.number(counts.mend)) },
            { value: 'alle', label: t.sendAll },
          ],
        });
  return html`<h2>${t.sendTitle}</h2>
${visit.form(`${at}/send`, html`${choice}<button>${t.sendRows(counts.ready, ready)}</button>\n`)}`;
}
