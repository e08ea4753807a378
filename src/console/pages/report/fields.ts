import { html } from 'hono/html';
import { parseRecordDate } from '../../../../adapters/reading/recordTime.ts';
import type { FeedColumn, FeedColumns, FeedRowType, NamedCode } from '../../../core/feedColumns.ts';
import type { Language } from '../../../core/language.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { schoolYearOf, startYearOf, yearAfter } from '../../../core/time/schoolYear.ts';
import type { Typed } from '../../../desk/forms/checkForm.ts';
import type { ShownProblem } from '../../../desk/uploads/uploadCheck.ts';
import type { Format } from '../../format.ts';
import type { FormBody } from '../../frame/formBody.ts';
import {
  bokmal,
  type FormFault,
  faultOf,
  type Html,
  labelled,
  type Option,
  problemText,
  selectField,
  textField,
  worded,
} from '../../frame/fragments.ts';
import { NYNORSK_FIELDS, REPORT } from '../../text/report.ts';

// The fields of a form, from the columns that its feed's lists are read by.

/** A template has the name in three ways, for the lists there are; a person is asked once. */
export const ASKED_ONCE: ReadonlySet<string> = new Set(['fornavn', 'etternavn']);

/** The address says it. */
const SAID = 'type';

/** What a form of the type asks for. @returns `apart`: what few need, for ids of other systems */
export function formColumns(
  { columns, ids }: FeedColumns,
  type: string,
): { main: FeedColumn[]; apart: FeedColumn[] } {
  const asked = columns.filter(
    ({ field, types }) =>
      field !== SAID && !ASKED_ONCE.has(field) && (types === null || types.includes(type)),
  );
  const isApart = ({ field }: FeedColumn) =>
    field === 'id' || field === 'version' || (field === 'annullerer' && ids === 'own-or-row');
  return { main: asked.filter((each) => !isApart(each)), apart: asked.filter(isApart) };
}

export function rowType({ types }: FeedColumns, code: string): FeedRowType | undefined {
  return types.find((type) => type.code === code);
}

export const fieldId = (field: string) => `felt-${field}`;

/** A name of a column, what goes into it or a kind of report. */
export function said(language: Language, text: string): Html | string {
  return language === 'nn' ? (NYNORSK_FIELDS[text] ?? bokmal(language, text)) : text;
}

/** The same without markup: for labels and options. */
export function saidPlain(language: Language, text: string): string {
  return language === 'nn' ? (NYNORSK_FIELDS[text] ?? text) : text;
}

/** The same of a choice: names of official codes are in bokmål, and marked as that. */
function optionText(language: Language, text: string): Pick<Option, 'label' | 'lang'> {
  const own = language === 'nn' ? NYNORSK_FIELDS[text] : undefined;
  return own === undefined ? labelled(language, text) : { label: own };
}

/** Without what is about spreadsheets. */
export function helpOf({ help }: Pick<FeedColumn, 'help'>): string {
  return help.replace(/, formatert som tekst$/, '');
}

/** What a form of the type was filled in with. */
export function typedIn(form: Pick<FormBody, 'text'>, columns: FeedColumns, type: string): Typed {
  const { main, apart } = formColumns(columns, type);
  const given = [...main, ...apart].map(({ field }) => [field, form.text(fieldId(field))] as const);
  return { ...Object.fromEntries(given.filter(([, value]) => value !== '')), type };
}

/** What must be mended in a form of the type, each at its field; at least one. @param text where no field is at fault */
export function faultsFrom(
  language: Language,
  { problems, text }: { problems: readonly ShownProblem[]; text: string },
  columns: FeedColumns,
  type: string,
): FormFault[] {
  const { main, apart } = formColumns(columns, type);
  const shown = new Set([...main, ...apart].map(({ field }) => field));
  const faults = problems.map((each) => faultFrom(language, each, columns, shown));
  return faults.length > 0 ? faults : [{ field: null, ...worded(language, text) }];
}

/** The desk's sentence, with the name of the field as the form has it. */
function faultFrom(
  language: Language,
  problem: ShownProblem,
  { columns }: FeedColumns,
  shown: ReadonlySet<string>,
): FormFault {
  const named = columns.reduce(
    (words, column) => words.replaceAll(`«${column.field}»`, `«${column.heading}»`),
    problemText(language, problem),
  );
  return { field: shown.has(problem.field) ? fieldId(problem.field) : null, text: named };
}

interface Filled {
  language: Language;
  typed: Typed;
  faults: readonly FormFault[];
  /** By the organisation's clock. */
  today: IsoDate;
}

/** All fields of the type, those for ids of other systems folded away until one of them is used. */
export function formFields(columns: FeedColumns, type: string, filled: Filled): Html {
  const { main, apart } = formColumns(columns, type);
  const { language, typed, faults } = filled;
  const named = apart.some(
    ({ field }) => typed[field] !== undefined || faults.some((fault) => fault.field === fieldId(field)),
  );
  return html`${main.map((column) => formField(column, filled))}${
    apart.length === 0
      ? ''
      : html`<details${named ? html` open` : ''}><summary>${REPORT[language].ids}</summary>
${apart.map((column) => formField(column, filled))}</details>
`
  }`;
}

export function formField(column: FeedColumn, { language, typed, faults, today }: Filled): Html {
  const t = REPORT[language];
  const { field, heading, kind } = column;
  const id = fieldId(field);
  const value = typed[field] ?? '';
  const shared = { id, label: saidPlain(language, heading), value, fault: faultOf(faults, id) };
  const help = sentence(saidPlain(language, helpOf(column)));
  const select = (options: readonly NamedCode[], none: string, hint?: string) =>
    selectField({
      ...shared,
      ...(hint === undefined ? {} : { hint }),
      options: [
        { value: '', label: none },
        ...options.map(({ code, text }) => ({ value: code, ...optionText(language, text) })),
      ],
    });
  const codes = codesOf(column, typed, today);
  if (codes !== null) return select(codes, t.choose);
  switch (kind) {
    case 'flag':
      return select(
        [
          { code: 'ja', text: t.yes },
          { code: 'nei', text: t.no },
        ],
        t.unsaid,
        help,
      );
    case 'school-year':
      return select(schoolYears(today, value), t.choose);
    case 'date':
      return textField({ ...shared, hint: `${help} ${t.dateHint}` });
    case 'digits':
    case 'number':
      return textField({ ...shared, hint: help, inputmode: 'numeric' });
    default:
      return textField({ ...shared, hint: help });
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Those of today, of the date that was typed, and the one that was chosen; null where it is no list. */
function codesOf({ codes }: FeedColumn, typed: Typed, today: IsoDate): readonly NamedCode[] | null {
  if (codes === undefined) return null;
  const dates = Object.values(typed).flatMap((text) => parseRecordDate(text) ?? []);
  const all = [today, ...dates].flatMap((on) => codes(on));
  return all.filter(({ code }, at) => all.findIndex((each) => each.code === code) === at);
}

/** From the one that is applied for now and four years back. */
function schoolYears(today: IsoDate, value: string): readonly NamedCode[] {
  const current = schoolYearOf(today);
  const first = startYearOf(current) - 3;
  const before = Array.from({ length: 3 }, (_, at) => schoolYearOf(`${first + at}-09-01`));
  const years = [yearAfter(current), current, ...before.toReversed()];
  const all = value === '' || years.includes(value) ? years : [...years, value];
  return all.map((year) => ({ code: year, text: year }));
}

/** What was typed, as it was understood: with dates in full, codes by name. */
export function understood(
  column: FeedColumn,
  { language, typed, today, format }: Omit<Filled, 'faults'> & { format: Format },
): Html | string {
  const t = REPORT[language];
  const value = (typed[column.field] ?? '').trim();
  const named = codesOf(column, typed, today)?.find(({ code }) => code === value);
  if (named !== undefined)
    return named.code === named.code.toUpperCase()
      ? bokmal(language, `${named.text} (${named.code})`)
      : said(language, named.text);
  if (column.kind === 'flag') return value === 'ja' ? t.yes : t.no;
  const date = column.kind === 'date' ? parseRecordDate(value) : undefined;
  return date === undefined ? value : format.longDate(date);
}
