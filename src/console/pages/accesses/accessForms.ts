import { parseRecordDate } from '../../../../adapters/reading/recordTime.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { WantedRoleSchema } from '../../../api/schema/accessSchema.ts';
import type { Language } from '../../../core/language.ts';
import { daysAfter } from '../../../core/time/calendar.ts';
import { startOfOsloDay } from '../../../core/time/oslo.ts';
import { UUID } from '../../../core/uuid.ts';
import type { AccessWanted } from '../../../desk/access/accesses.ts';
import type { FormBody } from '../../frame/formBody.ts';
import type { FormFault } from '../../frame/fragments.ts';
import { ACCESSES } from '../../text/accesses.ts';

/** Names of the forms: their fields begin with them. */
export const PROPOSE = 'rolle';
export const REVOKE = 'trekk';

/** A role as it is filled in, or what is wrong with each field. */
export function readRole(
  form: FormBody,
  language: Language,
): { wanted: AccessWanted } | { faults: FormFault[] } {
  const t = ACCESSES[language];
  const said = (name: string) => form.text(`${PROPOSE}-${name}`);
  const reason = ReasonText.safeParse(said('hvorfor'));
  const last = said('til') === '' ? null : parseRecordDate(said('til'));
  const who = said('hvem').replaceAll(' ', '');
  const kind = said('slag');
  const read = WantedRoleSchema.safeParse({
    assignee:
      kind === 'altinn' ? { altinn: who } : kind === 'gruppe' ? { group: said('hvem') } : { person: who },
    role: said('rolle'),
    unit: said('enhet') || null,
    institution: said('skole') || null,
    protectedYouths: said('vern') === 'ja',
  });
  const wrong = new Set(read.success ? [] : read.error.issues.map(({ path }) => path[0]));
  const fields = [
    ['assignee', 'hvem', t.assigneeWrong],
    ['role', 'rolle', t.roleMissing],
    ['unit', 'enhet', t.fiveWrong],
    ['institution', 'skole', t.fiveWrong],
  ] as const;
  const faults: FormFault[] = [
    ...fields.flatMap(([field, name, text]) =>
      wrong.has(field) ? [{ field: `${PROPOSE}-${name}`, text }] : [],
    ),
    ...(last === undefined ? [{ field: `${PROPOSE}-til`, text: t.toWrong }] : []),
    ...(reason.success ? [] : [{ field: `${PROPOSE}-hvorfor`, text: t.reasonMissing }]),
  ];
  if (!read.success || !reason.success || last === undefined || faults.length > 0) return { faults };
  // Exclusive: the last day is one on which it holds.
  const to = last === null ? null : startOfOsloDay(daysAfter(last, 1));
  return { wanted: { wanted: { kind: 'role', ...read.data }, reason: reason.data, from: undefined, to } };
}

export function readRevocation(
  form: FormBody,
  language: Language,
): { id: string; reason: string } | { faults: FormFault[] } {
  const t = ACCESSES[language];
  const id = form.text(`${REVOKE}-hvilken`);
  const reason = ReasonText.safeParse(form.text(`${REVOKE}-hvorfor`));
  const faults: FormFault[] = [
    ...(UUID.test(id) ? [] : [{ field: `${REVOKE}-hvilken`, text: t.whichMissing }]),
    ...(reason.success ? [] : [{ field: `${REVOKE}-hvorfor`, text: t.reasonMissing }]),
  ];
  return reason.success && faults.length === 0 ? { id, reason: reason.data } : { faults };
}
