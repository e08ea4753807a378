import { openRecord, optionalText, type TextForm } from './recordFields.ts';

/** What the field says when it can be read; the row itself is judged elsewhere. */
export function institutionIn(value: unknown, name: string, form: TextForm): string | null {
  const fields = openRecord(value);
  return fields === undefined ? null : optionalText(fields, name, form);
}
