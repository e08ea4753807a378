import { html } from 'hono/html';
import type { FeedColumn, FeedColumns } from '../../../core/feedColumns.ts';
import type { PreviewHeading, SheetPreview } from '../../../desk/uploads/sheetPreview.ts';
import type { Choices } from '../../../desk/uploads/uploadChoices.ts';
import type { UploadView } from '../../../desk/uploads/uploadView.ts';
import { FileFault } from '../../../upload/fileFault.ts';
import type { FormBody } from '../../frame/formBody.ts';
import {
  bokmal,
  checkbox,
  type FormFault,
  faultOf,
  type Html,
  selectField,
  table,
  textField,
  worded,
} from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { SEND_LIST } from '../../text/sendList.ts';
import { leadTo, listTitle, type SendListParts, steps, type Working, workingOn } from './upload.ts';

/** Chosen for a heading: the column is not used. */
const UNUSED = '-';
/** The rows are all of a school's pupils. */
const WHOLE = 'hel';
/** It is right that they are far fewer than the last time. */
const SHORTER = 'kortere';
/** Never the same for all rows. */
const OF_ONE_ROW = new Set(['fodselsnummer', 'navn', 'fornavn', 'etternavn', 'fodselsdato', 'id']);

/** Sheet, row of headings, columns and what is the same for all rows. */
export function columnPages(frame: Frame, parts: SendListParts): void {
  frame.page({
    access: 'feed:write',
    path: '/lister/ny/{feed}/{id}',
    show(visit) {
      const working = workingOn(visit, parts);
      const { kind } = parts.uploads.show(working.caller, working.id);
      return kind === 'json' ? leadTo(visit, `${working.at}/sjekk`) : columnsPage(visit, parts, working, []);
    },
  });
  frame.act({
    access: 'feed:write',
    path: '/lister/ny/{feed}/{id}',
    perform: (visit, form) => choose(visit, parts, form),
  });
}

async function choose(visit: Visit, parts: SendListParts, form: FormBody) {
  const working = workingOn(visit, parts);
  const t = SEND_LIST[visit.language];
  const { uploads } = parts;
  const { caller, id, at } = working;
  const again = (faults: readonly FormFault[]) => columnsPage(visit, parts, working, faults, form);
  const preview = uploads.preview(caller, id);
  try {
    if (preview === null) {
      const sheet = form.text('ark');
      if (sheet === '') return again([{ field: 'ark', text: t.sheetFault }]);
      await uploads.choose(caller, id, { sheet });
      return { to: at, subjects: [] };
    }
    const header = Number(form.text('overskrift'));
    if (!Number.isInteger(header) || header < 1 || header > 1_048_576)
      return again([{ field: 'overskrift', text: t.headerFault }]);
    if (header !== preview.header) {
      const { needs } = await uploads.choose(caller, id, { header });
      if (needs?.code === 'NO_HEADER')
        return again([{ field: 'overskrift', ...worded(visit.language, needs.text) }]);
      // Other headings: what was chosen for the old ones is not about them.
      return { to: at, subjects: [] };
    }
    const { columns, faults } = chosenColumns(visit, preview, form);
    if (faults.length > 0) return again(faults);
    const constants = chosenConstants(working.columns, form);
    const whole = wholeChosen(working, form);
    const { needs } = await uploads.choose(caller, id, { header, columns, constants, ...whole });
    return needs === null
      ? { to: `${at}/sjekk`, subjects: [] }
      : again([{ field: needField(needs, preview), ...worded(visit.language, needs.text) }]);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return again([
      { field: preview === null ? 'ark' : 'overskrift', ...worded(visit.language, error.message) },
    ]);
  }
}

const fieldName = (at: number) => `kolonne-${at + 1}`;

function chosenColumns(
  { language }: Visit,
  { headings }: SheetPreview,
  form: FormBody,
): { columns: NonNullable<Choices['columns']>; faults: FormFault[] } {
  const t = SEND_LIST[language];
  const faults: FormFault[] = [];
  const columns: Record<string, string | null> = {};
  for (const [at, { key, shown, field }] of headings.entries()) {
    // A column that is known is asked for only when the sender wants to change it.
    if (!form.has(fieldName(at)) && field !== null) continue;
    const chosen = form.text(fieldName(at));
    if (chosen === '') faults.push({ field: fieldName(at), text: t.mustChoose(shown) });
    // What is as it was found needs no choice: a later file with other headings is read by them.
    else if (chosen !== field) columns[key] = chosen === UNUSED ? null : chosen;
  }
  return { columns, faults };
}

function chosenConstants({ columns }: FeedColumns, form: FormBody): Record<string, string> {
  const given = columns.map(({ field }) => [field, form.text(`alle-${field}`)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** Whether those who are not in the list count as missing; of most feeds they never do. */
function wholeChosen({ adapter }: Working, form: FormBody): Pick<Choices, 'whole'> {
  if (adapter.wholeList === undefined) return {};
  if (!form.has(WHOLE)) return { whole: 'no' };
  return { whole: form.has(SHORTER) ? 'confirmed-shorter' : 'yes' };
}

/** Where the way out of what is missing is. */
function needField({ code, text }: NonNullable<UploadView['needs']>, { headings }: SheetPreview): string {
  if (code === 'INVALID_DOCUMENT') return WHOLE;
  if (code === 'NO_HEADER' || code === 'EMPTY_LIST' || headings.length === 0) return 'overskrift';
  return code === 'COLUMN_MISSING' && text.includes('Hva raden gjelder') ? 'alle-type' : fieldName(0);
}

function columnsPage(
  visit: Visit,
  { uploads }: SendListParts,
  working: Working,
  faults: readonly FormFault[],
  form?: FormBody,
): Shown {
  const { language, base, param } = visit;
  const t = SEND_LIST[language];
  const { caller, adapter, id, at } = working;
  const view = uploads.show(caller, id);
  const preview = uploads.preview(caller, id);
  const body =
    preview === null
      ? sheetForm(visit, at, view, faults, form)
      : html`${previewTable(visit, preview)}${visit.form(at, matching(visit, working, preview, faults, form))}`;
  const content = html`${steps(language, 'stepColumns')}<p>${listTitle(language, adapter)}. ${rowsText(visit, view)}</p>
${view.notes.length === 0 ? '' : html`<ul>${view.notes.map((each) => html`<li>${bokmal(language, each)}</li>`)}</ul>\n`}${
  view.sentBefore === null
    ? ''
    : html`<p class="notice">${bokmal(language, view.sentBefore.text)} <a href="${base}/lister/${view.sentBefore.receiptId}">${t.seeReceipt}</a></p>\n`
}${body}<p><a href="${base}/lister/ny/${param('feed')}">${t.anotherFile}</a></p>
`;
  return { title: t.columnsTitle, subjects: [], content, faults };
}

function rowsText({ language, format }: Visit, { rows }: UploadView): string {
  const t = SEND_LIST[language];
  if (rows === 0) return '';
  return rows === 1 ? t.oneRowFound : t.rowsFound(format.number(rows));
}

function sheetForm(
  visit: Visit,
  at: string,
  { needs }: UploadView,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html {
  const t = SEND_LIST[visit.language];
  return visit.form(
    at,
    html`${textField({
      id: 'ark',
      label: t.sheet,
      hint: bokmal(visit.language, needs?.text ?? ''),
      value: form?.text('ark') ?? '',
      fault: faultOf(faults, 'ark'),
    })}<button>${t.useSheet}</button>
`,
  );
}

function previewTable({ language }: Visit, { header, rows }: SheetPreview): Html {
  const t = SEND_LIST[language];
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const cellsOf = (cells: readonly string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '');
  return html`<p>${header === null ? t.noHeader : t.isHeader(header)} ${t.hidden}</p>
${table(
  t.preview,
  [{ heading: t.rowInFile, numeric: true }, ...cellsOf([]).map((_, at) => ({ heading: t.cell(at + 1) }))],
  rows.map(({ number, cells }) => [
    String(number),
    ...cellsOf(cells).map((cell) => (number === header ? html`<strong>${cell}</strong>` : cell)),
  ]),
)}`;
}

function matching(
  visit: Visit,
  { columns, adapter }: Working,
  preview: SheetPreview,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html {
  const t = SEND_LIST[visit.language];
  const { header, headings } = preview;
  const ours = columns.columns.map(({ field, heading }) => ({ value: field, label: heading }));
  const whole = visit.query('alle') === '1' || faults.some(({ field }) => field !== 'overskrift');
  const asked = headings.map((each, at) =>
    whole || each.field === null
      ? selectField({
          id: fieldName(at),
          label: t.whatIs(each.shown),
          value: form?.text(fieldName(at)) || choiceOf(each),
          fault: faultOf(faults, fieldName(at)),
          options: [
            ...(choiceOf(each) === '' ? [{ value: '', label: t.choose }] : []),
            ...ours,
            { value: UNUSED, label: t.unused },
          ],
        })
      : '',
  );
  return html`${textField({
    id: 'overskrift',
    label: t.headerRow,
    inputmode: 'numeric',
    value: form?.text('overskrift') ?? String(header ?? ''),
    fault: faultOf(faults, 'overskrift'),
  })}${asked}${whole ? '' : knownColumns(visit, columns, headings)}${header === null ? '' : sharedFields(visit, columns, preview, faults, form)}${header === null || adapter.wholeList === undefined ? '' : wholeFields(visit, preview, form)}<button>${header === null ? t.readAgain : t.goOn}</button>
`;
}

function wholeFields({ language }: Visit, { whole }: SheetPreview, form: FormBody | undefined): Html {
  const t = SEND_LIST[language];
  const chosen = (name: string, before: boolean) => (form === undefined ? before : form.has(name));
  return html`<fieldset><legend>${t.wholeTitle}</legend>
<p class="hint">${t.wholeHelp}</p>
${checkbox({ id: WHOLE, label: t.whole, checked: chosen(WHOLE, whole !== 'no') })}${checkbox({ id: SHORTER, label: t.wholeShorter, checked: chosen(SHORTER, whole === 'confirmed-shorter') })}</fieldset>
`;
}

/** What columns under other names than ours are taken for, and the way to change it. */
function knownColumns(
  { language, c }: Visit,
  { columns }: FeedColumns,
  headings: readonly PreviewHeading[],
): Html | '' {
  const t = SEND_LIST[language];
  const known = headings.filter(({ field }) => field !== null);
  if (known.length === 0) return '';
  const ours = new Map(columns.map(({ field, heading }) => [field, heading]));
  const renamed = known.filter(({ shown, field }) => ours.get(field ?? '') !== shown);
  return html`<p>${known.length === headings.length ? t.allKnown : t.othersKnown} <a href="${c.req.path}?alle=1">${t.changeAll}</a></p>
${renamed.length === 0 ? '' : html`<ul>${renamed.map(({ shown, field }) => html`<li>${t.isOurs(shown, ours.get(field ?? '') ?? '')}</li>`)}</ul>\n`}`;
}

function choiceOf({ field, ticked }: PreviewHeading): string {
  return ticked ? UNUSED : (field ?? '');
}

/** What no column says, and what may be the same for all rows. */
function sharedFields(
  { language }: Visit,
  { columns, types }: FeedColumns,
  { headings, constants }: SheetPreview,
  faults: readonly FormFault[],
  form: FormBody | undefined,
): Html | '' {
  const t = SEND_LIST[language];
  const matched = new Set(headings.map(({ field }) => field));
  const lacking = columns.filter(({ field }) => !matched.has(field) && !OF_ONE_ROW.has(field));
  if (lacking.length === 0) return '';
  const needed = lacking.some(({ field }) => field === 'type') && types.length > 1;
  const fields = lacking.map((column) => sharedField(column));
  return html`<details${needed || Object.keys(constants).length > 0 ? html` open` : ''}><summary>${t.forAll}</summary>
<p class="hint">${t.forAllHelp}</p>
${fields}</details>
`;

  function sharedField({ field, heading, help }: FeedColumn): Html {
    const id = `alle-${field}`;
    const value = form?.text(id) ?? constants[field] ?? '';
    const shared = { id, label: heading, hint: bokmal(language, help), value, fault: faultOf(faults, id) };
    if (field !== 'type') return textField(shared);
    const labels = types.map(({ code, label }) => ({ value: code, label }));
    return selectField({ ...shared, options: [{ value: '', label: t.choose }, ...labels] });
  }
}

/** Before the rows can be checked. */
export function columnsNeeded(visit: Visit, { needs }: UploadView, { at }: Working): Response | null {
  return needs === null ? null : leadTo(visit, at);
}
