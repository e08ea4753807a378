import { html } from 'hono/html';
import { endingAgreement } from '../../../core/nav/agreement.ts';
import type { IsoInstant } from '../../../core/time/date.ts';
import { osloDate } from '../../../core/time/oslo.ts';
import type { agreementsOf, proposalsOf } from '../../../desk/nav/agreements.ts';
import { type Html, selectField, table, textField } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { AGREEMENT } from '../../text/agreement.ts';
import { type Filled, fieldsOf, isFaulty } from '../adviser/actForms.ts';

type Agreement = Awaited<ReturnType<typeof agreementsOf>>[number];
type Proposal = Awaited<ReturnType<typeof proposalsOf>>[number];

/** What is known of agreements; `proposals`: null to those who do not see accesses. */
export interface KnownAgreements {
  agreements: readonly Agreement[];
  proposals: readonly Proposal[] | null;
  now: IsoInstant;
}

/** What holds, what waits for a second person, and what may be done about it. */
export function agreementSection(visit: Visit, known: KnownAgreements, filled: Filled): Html {
  const t = AGREEMENT[visit.language];
  const acts = visit.may('agreement:act');
  return html`<h2 id="avtale" tabindex="-1">${t.heading}</h2>
${standing(visit, known)}${known.agreements.length === 0 ? '' : agreementTable(visit, known.agreements)}${waitingSection(visit, known.proposals ?? [], acts)}${acts ? html`${registerForm(visit, filled)}${revokeForm(visit, known.agreements, filled)}` : ''}`;
}

function standing({ language, format }: Visit, { agreements, now }: KnownAgreements): Html {
  const t = AGREEMENT[language];
  const valid = agreements.find(({ inForce }) => inForce);
  if (valid === undefined)
    return html`<p class="notice">${agreements.length === 0 ? t.none : t.noneNow} ${t.register}</p>\n`;
  const ending = endingAgreement(agreements, now);
  if (ending !== null)
    return html`<p class="notice">${t.ends(format.longDate(ending.last))} ${t.endsMore}</p>\n`;
  const last =
    agreements
      .filter(({ inForce }) => inForce)
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? valid.to;
  return html`<p>${t.holds(format.longDate(last))}</p>\n`;
}

function agreementTable({ language, format }: Visit, agreements: readonly Agreement[]): Html {
  const t = AGREEMENT[language];
  const rows = agreements
    .toReversed()
    .map(({ party, from, to, legalBasis, reference, registeredBy, approvedBy, revoked, inForce }) => [
      party,
      `${format.date(from)}–${format.date(to)}`,
      legalBasis,
      reference,
      revoked !== null ? t.revoked(format.date(osloDate(revoked.at))) : inForce ? t.inForce : t.notNow,
      approvedBy === null ? registeredBy : t.and(registeredBy, approvedBy),
    ]);
  const headings = [t.party, t.period, t.basis, t.reference, t.state, t.by];
  return table(
    t.caption,
    headings.map((heading) => ({ heading })),
    rows,
  );
}

function waitingSection(visit: Visit, proposals: readonly Proposal[], acts: boolean): Html | '' {
  const { language, format, base } = visit;
  const t = AGREEMENT[language];
  if (proposals.length === 0) return '';
  return html`<h3>${t.waiting}</h3>
<p>${t.waitingMore}</p>
${proposals.map(({ id, wanted, proposedBy, proposed, byOfficer }) => {
  const { party, from, to, reference } = wanted;
  const at = `${base}/nav/avtale/${id}`;
  const buttons = acts
    ? html`${visit.form(`${at}/godkjenn`, html`<button>${t.approve}</button>\n`)}${visit.form(`${at}/avslag`, html`<button class="second">${t.turnDown}</button>\n`)}`
    : '';
  return html`<section class="notice"><p><strong>${t.proposal(party, format.date(from), format.date(to), reference)}</strong></p>
<p>${t.proposed(proposedBy, format.moment(proposed))} ${byOfficer ? t.needsAnother : t.needsOfficer}</p>
<div class="no-print">${buttons}</div></section>
`;
})}`;
}

/** Names of the fields, as `readAgreement` reads them. */
export const REGISTER = 'avtale';
export const REVOKE = 'trekk';

function registerForm(visit: Visit, filled: Filled): Html {
  const { language, base } = visit;
  const t = AGREEMENT[language];
  const field = fieldsOf(REGISTER, filled);
  return html`<details class="no-print"${isFaulty(REGISTER, filled) ? html` open` : ''}><summary>${t.newOne}</summary>
${visit.form(
  `${base}/nav/avtale`,
  html`${textField({ ...field('part', t.party), hint: t.partyHint, inputmode: 'numeric', required: true })}${textField({ ...field('grunnlag', t.basis, 'SAMTYKKE'), hint: t.basisHint, required: true })}${textField({ ...field('fra', t.from), hint: t.dateHint, required: true })}${textField({ ...field('til', t.to), hint: t.dateHint, required: true })}${textField({ ...field('referanse', t.reference), hint: t.referenceHint, required: true })}${textField({ ...field('hvorfor', t.reason), hint: t.reasonHint, required: true })}<button>${t.send}</button>
`,
)}</details>
`;
}

function revokeForm(visit: Visit, agreements: readonly Agreement[], filled: Filled): Html | '' {
  const { language, format, base } = visit;
  const t = AGREEMENT[language];
  const standing = agreements.filter(({ revoked }) => revoked === null);
  if (standing.length === 0) return '';
  const field = fieldsOf(REVOKE, filled);
  const options = standing.map(({ id, party, from, to, reference }) => ({
    value: id,
    label: t.proposal(party, format.date(from), format.date(to), reference),
  }));
  return html`<details class="no-print"${isFaulty(REVOKE, filled) ? html` open` : ''}><summary>${t.revoke}</summary>
<p>${t.revokeMore}</p>
${visit.form(
  `${base}/nav/trekk`,
  html`${selectField({ ...field('hvilken', t.which), options: [{ value: '', label: t.choose }, ...options] })}${textField({ ...field('hvorfor', t.reason), hint: t.reasonHint, required: true })}<button class="second">${t.revokeIt}</button>
`,
)}</details>
`;
}
