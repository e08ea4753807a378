import { html } from 'hono/html';
import { deskAs, deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { PURPOSE_NAMES, PURPOSES, type Purpose } from '../../../core/person/identityPurpose.ts';
import { holdsNumber } from '../../../core/person/numberInText.ts';
import { type PersonRef, personRef } from '../../../core/person/reference.ts';
import { instantOf } from '../../../core/time/date.ts';
import { identityOf } from '../../../desk/identity/identities.ts';
import type { IdentityView } from '../../../desk/identity/identityView.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import type { FormBody } from '../../frame/formBody.ts';
import {
  bokmal,
  type FormFault,
  type Html,
  labelled,
  radioField,
  selectField,
  textField,
} from '../../frame/fragments.ts';
import { sessionOf, type Visit } from '../../frame/visit.ts';
import { YOUTH } from '../../text/youth.ts';
import type { Filled } from '../adviser/actForms.ts';
import { IDENTITY_FIELDS, type IdentityField, type Unmaskings, type Viewer } from './unmasked.ts';

export interface Identifying {
  parts: ApiParts;
  unmaskings: Unmaskings;
}

const viewerOf = ({ c, organisation }: Visit, ref: string): Viewer => ({
  session: sessionOf(c),
  org: organisation.id,
  ref,
});

const countedFor =
  ({ c, organisation }: Visit, parts: ApiParts) =>
  (persons: readonly string[]) =>
    parts.countPersons(c.get('principal'), organisation.id, persons);

/** Number and name, each covered until it is asked for. */
export async function identitySection(
  visit: Visit,
  { parts, unmaskings }: Identifying,
  ref: PersonRef,
  filled: Filled,
): Promise<Html> {
  const { language } = visit;
  const t = YOUTH[language];
  const open = unmaskings.of(viewerOf(visit, ref));
  // Each field was uncovered for a purpose of its own, and is shown for it.
  const purposes = [...new Set([...open.values()].map(({ purpose }) => purpose))];
  const known = purposes.length === 0 ? null : await looked(visit, parts, ref, purposes.join('; '));
  const covered = (field: IdentityField, value: (identity: IdentityView) => string) => {
    const unmasked = open.get(field);
    if (unmasked === undefined || known === null || 'refusal' in known) return t.covered;
    const until = visit.format.moment(instantOf(unmasked.until));
    return html`<strong>${value(known)}</strong> (${t.until(until)})`;
  };
  const rows = [
    [t.number, covered('nummer', ({ fodselsnummer }) => fodselsnummer)],
    [t.name, covered('navn', ({ navn }) => navn ?? t.noName)],
  ] as const;
  const refusal =
    known !== null && 'refusal' in known
      ? html`<p class="notice">${t.refused} ${bokmal(language, known.refusal)}</p>\n`
      : '';
  return html`<h2>${t.identity}</h2>
${refusal}<dl class="spaced">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${visit.may('youth:identify') ? form(visit, ref, filled) : ''}`;
}

/** Asked each time it is shown: the address may have been graded since. */
async function looked(
  visit: Visit,
  parts: ApiParts,
  ref: PersonRef,
  purpose: string,
): Promise<IdentityView | { refusal: string } | null> {
  const reading = deskAs(visit.c, parts, 'youth:identify');
  if (reading === null) return null;
  visit.c.get('audit').purpose(purpose);
  const asking = { purpose: purposeIn(purpose), counted: countedFor(visit, parts) };
  try {
    return await identityOf(reading.desk, visit.organisation, ref, asking);
  } catch (error) {
    if (!(error instanceof DeskRefusal)) throw error;
    visit.c.get('audit').refused(error.code, [ref]);
    return { refusal: error.message };
  }
}

function purposeIn(logged: string): Purpose {
  return PURPOSE_NAMES.find((each) => logged.startsWith(each)) ?? 'KONTROLL';
}

function form(visit: Visit, ref: PersonRef, { value, faults }: Filled): Html {
  const { language, base } = visit;
  const t = YOUTH[language];
  const field = (id: string, label: string) => ({
    ...{ id, label, value: value(id) },
    fault: faults.find((each) => each.field === id),
  });
  return html`<details class="no-print"${faults.length > 0 ? html` open` : ''}><summary>${t.uncover}</summary>
${visit.form(
  `${base}/ungdom/${ref}/vis`,
  html`<p>${t.uncoverMore}</p>
${radioField({
  ...field('felt', t.field),
  options: [
    { value: 'nummer', label: t.number },
    { value: 'navn', label: t.name },
  ],
})}${selectField({
  ...field('formal', t.purpose),
  options: [
    { value: '', label: t.choose },
    ...PURPOSE_NAMES.map((name) => ({ value: name, ...labelled(language, PURPOSES[name]) })),
  ],
})}${textField({ ...field('grunn', t.reason), hint: t.reasonHint, required: true })}<button class="second">${t.send}</button>
`,
)}</details>
`;
}

/** Uncovers a field for the session. @throws DeskRefusal UNKNOWN_YOUTH, IDENTITY_PROTECTED, IDENTITY_UNREADABLE,
 *  TOO_MANY_PERSONS */
export async function uncover(
  visit: Visit,
  { parts, unmaskings }: Identifying,
  body: FormBody,
): Promise<{ ref: string } | { faults: FormFault[] }> {
  const t = YOUTH[visit.language];
  const field = IDENTITY_FIELDS.find((each) => each === body.text('felt'));
  const purpose = PURPOSE_NAMES.find((each) => each === body.text('formal'));
  const reason = body.text('grunn');
  const faults: FormFault[] = [];
  if (field === undefined) faults.push({ field: 'felt', text: t.fieldMissing });
  if (purpose === undefined) faults.push({ field: 'formal', text: t.purposeMissing });
  if (reason.length < 3 || reason.length > 120 || holdsNumber(reason))
    faults.push({ field: 'grunn', text: t.reasonMissing });
  if (field === undefined || purpose === undefined || faults.length > 0) return { faults };
  const logged = `${purpose} (${field}): ${reason}`;
  visit.c.get('audit').purpose(logged);
  const asking = { purpose, counted: countedFor(visit, parts) };
  const ref = personRef(visit.param('ref'));
  const found = await identityOf(deskFor(visit.c, parts), visit.organisation, ref, asking);
  unmaskings.open(viewerOf(visit, found.ref), field, logged);
  return { ref: found.ref };
}
