import { html } from 'hono/html';
import type { Language } from '../../core/language.ts';
import type { Problem } from '../../core/problem.ts';
import { inNynorsk, problemIn } from '../../text/nynorsk.ts';
import { FRAME } from '../text/frame.ts';

// Pieces that pages are made of. All text is escaped by the template.

export type Html = ReturnType<typeof html>;

/** What is wrong with what was filled in. */
export interface FormFault {
  /** `id` of the field it is in; null: of the whole form. */
  field: string | null;
  text: string;
  /** The text is in bokmål, whatever the page is in. */
  bokmal?: boolean;
}

/** The first fault of a field. */
export function faultOf(faults: readonly FormFault[], id: string): FormFault | undefined {
  return faults.find(({ field }) => field === id);
}

function faultText({ text, bokmal: isBokmal }: FormFault): Html | string {
  return isBokmal ? html`<span lang="nb">${text}</span>` : text;
}

/** Above the page's heading: takes focus, and leads to each field. */
export function faultSummary(language: Language, faults: readonly FormFault[]): Html | '' {
  if (faults.length === 0) return '';
  return html`<div class="faults" id="feil" tabindex="-1" autofocus aria-labelledby="feil-tittel">
<h2 id="feil-tittel">${FRAME[language].mustMend(faults.length)}</h2>
<ul>${faults.map((fault) => html`<li>${fault.field === null ? faultText(fault) : html`<a href="#${fault.field}">${faultText(fault)}</a>`}</li>`)}</ul>
</div>
`;
}

interface Field {
  id: string;
  label: string;
  hint?: string | Html;
  /** What was typed before. */
  value?: string;
  fault?: FormFault | undefined;
  required?: boolean;
}

/** Attributes of a control that name its hint and what is wrong with it. */
function described({ id, hint, fault, required }: Field): Html {
  const by = [...(hint === undefined ? [] : [`${id}-hjelp`]), ...(fault === undefined ? [] : [`${id}-feil`])];
  return html`id="${id}" name="${id}"${by.length === 0 ? '' : html` aria-describedby="${by.join(' ')}"`}${fault === undefined ? '' : html` aria-invalid="true"`}${required ? html` required` : ''}`;
}

function around(field: Field, control: Html): Html {
  const { id, label, hint, fault } = field;
  return html`<div class="field${fault === undefined ? '' : ' faulty'}">
<label for="${id}">${label}</label>
${hint === undefined ? '' : html`<p class="hint" id="${id}-hjelp">${hint}</p>\n`}${fault === undefined ? '' : html`<p class="fault" id="${id}-feil">${faultText(fault)}</p>\n`}${control}
</div>
`;
}

/** One line of text. A browser neither remembers nor completes it: it may be a person's. */
export function textField(field: Field & { inputmode?: 'numeric' }): Html {
  const { value = '', inputmode } = field;
  return around(
    field,
    html`<input type="text" ${described(field)} value="${value}" autocomplete="off" spellcheck="false"${inputmode === undefined ? '' : html` inputmode="${inputmode}"`}>`,
  );
}

/** Several lines of text, as they were typed. */
export function textArea(field: Field): Html {
  return around(
    field,
    html`<textarea ${described(field)} rows="12" autocomplete="off" spellcheck="false">
${field.value ?? ''}</textarea>`,
  );
}

export interface Option {
  value: string;
  label: string;
  /** Of the label, where it is not the page's. */
  lang?: Language;
}

export function selectField(field: Field & { options: readonly Option[] }): Html {
  return around(
    field,
    html`<select ${described(field)}>${field.options.map(
      ({ value, label, lang }) =>
        html`<option value="${value}"${langOf(lang)}${value === field.value ? html` selected` : ''}>${label}`,
    )}</select>`,
  );
}

export function fileField(field: Field & { accept: string }): Html {
  return around(field, html`<input type="file" ${described(field)} accept="${field.accept}">`);
}

function langOf(lang: Language | undefined): Html | '' {
  return lang === undefined ? '' : html` lang="${lang}"`;
}

/** Several of one choice. Its first control has the id of the field, so that a fault leads there. */
export function radioField(field: Field & { options: readonly Option[] }): Html {
  const { id, label, hint, fault, value, options } = field;
  const first = options[0]?.value;
  return html`<fieldset class="field${fault === undefined ? '' : ' faulty'}">
<legend>${label}</legend>
${hint === undefined ? '' : html`<p class="hint">${hint}</p>\n`}${fault === undefined ? '' : html`<p class="fault" id="${id}-feil">${faultText(fault)}</p>\n`}${options.map(
  (
    option,
  ) => html`<label class="choice"><input type="radio" id="${option.value === first ? id : `${id}-${option.value}`}" name="${id}" value="${option.value}"${option.value === value ? html` checked` : ''}${fault === undefined ? '' : html` aria-describedby="${id}-feil"`}> <span${langOf(option.lang)}>${option.label}</span></label>
`,
)}</fieldset>
`;
}

export function checkbox({ id, label, checked }: { id: string; label: string; checked: boolean }): Html {
  return html`<label class="choice"><input type="checkbox" id="${id}" name="${id}" value="ja"${checked ? html` checked` : ''}> ${label}</label>
`;
}

/** So many columns the style sheet can set as numbers by a class of the table: `n1` and on. */
const NUMBERED = 9;

export interface Column {
  heading: string | Html;
  numeric?: boolean;
}

/** A table that scrolls by itself in a narrow window, by keyboard too. The first cell of a row is its heading. Rows are
 *  many, so that what HTML lets be left out of them is: end tags of cells and rows. Which columns are numbers the table's
 *  class says, once. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  const kinds = columns
    .flatMap(({ numeric }, at) => (numeric && at < NUMBERED ? [`n${at + 1}`] : []))
    .join(' ');
  const kind = (at: number) => (columns[at]?.numeric && at >= NUMBERED ? html` class="numeric"` : '');
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table${kinds === '' ? '' : html` class="${kinds}"`}>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ heading }, at) => html`<th scope="col"${kind(at)}>${heading}`)}</thead>
<tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell, at) =>
      at === 0 ? html`<th scope="row">${cell}` : html`<td${kind(at)}>${cell}`,
    )}
`,
  )}</tbody>
</table>
</div>
`;
}

/** A sentence that the program has said in bokmål: on a page in nynorsk the same in nynorsk, where a catalogue or a rule has
 *  it; else as it is, and marked: codes' own names, what a county has written. */
export function bokmal(language: Language, text: string): Html | string {
  if (language === 'nb') return text;
  return inNynorsk(text) ?? html`<span lang="nb">${text}</span>`;
}

/** The same as the label of a choice. */
export function labelled(language: Language, text: string): Pick<Option, 'label' | 'lang'> {
  if (language === 'nb') return { label: text };
  const said = inNynorsk(text);
  return said === null ? { label: text, lang: 'nb' } : { label: said };
}

/** The same as the text of a fault. */
export function worded(language: Language, text: string): Pick<FormFault, 'text' | 'bokmal'> {
  if (language === 'nb') return { text };
  const said = inNynorsk(text);
  return said === null ? { text, bokmal: true } : { text: said };
}

/** What is wrong with a record, and what to do about it. */
export function problemText(language: Language, problem: Pick<Problem, 'code' | 'text' | 'cure'>): string {
  const { text, cure } = problemIn(language, problem);
  return `${text} ${cure}`;
}
