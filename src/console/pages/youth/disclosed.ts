import { html } from 'hono/html';
import { deskAs } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import type { PersonRef } from '../../../core/person/reference.ts';
import { disclosuresOf } from '../../../desk/nav/disclosures.ts';
import { type Html, table } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { DISCLOSED } from '../../text/disclosed.ts';

const ROWS = 20;

/** What NAV has been given about the youth: shown to those who are shown who has seen it. */
export async function disclosedSection(visit: Visit, parts: ApiParts, ref: PersonRef): Promise<Html | ''> {
  const { c, organisation, language, format, base } = visit;
  const reading = deskAs(c, parts, 'audit:read');
  if (reading === null) return '';
  const t = DISCLOSED[language];
  const from = visit.query('utlevert');
  const after = /^\d{1,15}$/.test(from) ? Number(from) : null;
  const desk = { ...reading.desk, nav: parts.navAs(reading.permission) };
  const { disclosures, next } = await disclosuresOf(desk, organisation, { ref, after, limit: ROWS });
  const heading = html`<h2 id="utlevert" tabindex="-1">${t.heading}</h2>\n`;
  if (disclosures.length === 0) return html`${heading}<p>${t.none}</p>\n`;
  const headings = [t.when, t.what, t.list, t.recipient, t.basis, t.consent, t.decision];
  const rows = disclosures.map(
    ({ at, how, batch, recipient, legalBasis, consentVersion, decision }) =>
      [
        format.moment(at),
        t[how],
        batch,
        recipient,
        legalBasis,
        html`<code>${consentVersion}</code>`,
        html`<code>${decision}</code>`,
      ] as const,
  );
  const older =
    next === null
      ? ''
      : html`<p><a href="${base}/ungdom/${ref}?utlevert=${next}#utlevert">${t.older}</a></p>\n`;
  return html`${heading}<p>${t.more}</p>
${table(
  t.caption,
  headings.map((each) => ({ heading: each })),
  rows,
)}${older}`;
}
