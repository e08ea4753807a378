import { parseRecordDate } from '../../../../adapters/reading/recordTime.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { AgreementBody } from '../../../api/schema/navSchema.ts';
import { organisationNumber } from '../../../core/access/organisationNumber.ts';
import type { Language } from '../../../core/language.ts';
import { UUID } from '../../../core/uuid.ts';
import type { AgreementWanted } from '../../../desk/nav/agreements.ts';
import type { FormBody } from '../../frame/formBody.ts';
import type { FormFault } from '../../frame/fragments.ts';
import { AGREEMENT } from '../../text/agreement.ts';
import { REGISTER, REVOKE } from './agreementSection.ts';

/** An agreement as it is filled in, or what is wrong with each field. */
export function readAgreement(
  form: FormBody,
  language: Language,
): { wanted: AgreementWanted } | { faults: FormFault[] } {
  const t = AGREEMENT[language];
  const said = (name: string) => form.text(`${REGISTER}-${name}`);
  const read = AgreementBody.safeParse({
    party: said('part').replaceAll(' ', ''),
    purpose: 'NAV_UTVEKSLING',
    legalBasis: said('grunnlag').toUpperCase(),
    from: parseRecordDate(said('fra')),
    to: parseRecordDate(said('til')),
    reference: said('referanse'),
    reason: said('hvorfor'),
  });
  const wrong = new Set(read.success ? [] : read.error.issues.map(({ path }) => path[0]));
  if (read.success && organisationNumber(read.data.party) === undefined) wrong.add('party');
  const fields = [
    ['party', 'part', t.wrongParty],
    ['legalBasis', 'grunnlag', t.wrongBasis],
    ['from', 'fra', t.wrongFrom],
    ['to', 'til', t.wrongTo],
    ['reference', 'referanse', t.wrongReference],
    ['reason', 'hvorfor', t.wrongReason],
  ] as const;
  const faults = fields.flatMap(([field, name, text]) =>
    wrong.has(field) ? [{ field: `${REGISTER}-${name}`, text }] : [],
  );
  return read.success && faults.length === 0 ? { wanted: read.data } : { faults };
}

export function readRevocation(
  form: FormBody,
  language: Language,
): { id: string; reason: string } | { faults: FormFault[] } {
  const t = AGREEMENT[language];
  const id = form.text(`${REVOKE}-hvilken`);
  const reason = ReasonText.safeParse(form.text(`${REVOKE}-hvorfor`));
  const faults: FormFault[] = [
    ...(UUID.test(id) ? [] : [{ field: `${REVOKE}-hvilken`, text: t.wrongWhich }]),
    ...(reason.success ? [] : [{ field: `${REVOKE}-hvorfor`, text: t.wrongReason }]),
  ];
  return reason.success && faults.length === 0 ? { id, reason: reason.data } : { faults };
}
