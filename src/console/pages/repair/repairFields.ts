import { html } from 'hono/html';
import type { FeedColumn } from '../../../core/feedColumns.ts';
import type { Language } from '../../../core/language.ts';
import type { Problem } from '../../../core/problem.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import type { NewValues } from '../../../desk/quarantine/openedItem.ts';
import type { FormBody } from '../../frame/formBody.ts';
import {
  checkbox,
  type FormFault,
  faultOf,
  type Html,
  problemText,
  textField,
} from '../../frame/fragments.ts';
import { REPAIR } from '../../text/repair.ts';
import { fieldId, formField, saidPlain } from '../report/fields.ts';

// The fields of a quarantined record that are typed again. What it says is never shown.

export interface MendableField {
  field: string;
  heading: string | null;
}

interface Filled {
  language: Language;
  values: NewValues;
  faults: readonly FormFault[];
  /** By the organisation's clock. */
  today: IsoDate;
}

/** A box takes away what the feed does not know; everything else is typed. */
export function mendField(
  { field, heading }: MendableField,
  { columns, problems }: { columns: readonly FeedColumn[]; problems: readonly Problem[] },
  filled: Filled,
): Html {
  const { language, values, faults } = filled;
  const t = REPAIR[language];
  if (problems.some((each) => each.field === field && each.code === 'UNKNOWN_FIELD'))
    return checkbox({ id: removalId(field), label: t.remove(field), checked: values[field] === '' });
  const column = columns.find((each) => each.field === field);
  if (column !== undefined)
    return formField(
      { ...column, heading: t.newValue(saidPlain(language, column.heading)) },
      { language, typed: values, faults, today: filled.today },
    );
  const id = fieldId(field);
  return textField({
    ...{ id, label: t.newValue(heading ?? field), value: values[field] ?? '', fault: faultOf(faults, id) },
  });
}

/** What was typed; a field that was left empty stays as it is. */
export function typedValues(form: FormBody, fields: readonly MendableField[]): NewValues {
  return Object.fromEntries(
    fields.flatMap(({ field }): [string, string][] => {
      if (form.has(removalId(field))) return [[field, '']];
      const text = form.text(fieldId(field));
      return text === '' ? [] : [[field, text]];
    }),
  );
}

/** What is still wrong, each at the field where it can be typed. */
export function faultsOf(
  language: Language,
  problems: readonly Problem[],
  fields: readonly MendableField[],
): FormFault[] {
  return problems.map((problem) => ({
    field: fields.some(({ field }) => field === problem.field) ? fieldId(problem.field) : null,
    text: problemText(language, problem),
  }));
}

/** All that is wrong, as sentences. */
export function problemList(language: Language, problems: readonly Problem[]): Html {
  return html`<h2>${REPAIR[language].wrong}</h2>
<ul>${problems.map((each) => html`<li>${problemText(language, each)}</li>`)}</ul>
`;
}

const removalId = (field: string) => `fjern-${field}`;
