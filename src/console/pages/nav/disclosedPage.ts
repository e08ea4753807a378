import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { disclosuresIn } from '../../../desk/nav/disclosures.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { table } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import { DISCLOSED } from '../../text/disclosed.ts';

const ROWS = 50;

/** Whom NAV has been given in the list of a month, for those who are shown who has seen a youth. */
export function disclosedPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'audit:read',
    path: '/nav/utlevert/{batch}',
    async show(visit): Promise<Shown> {
      const { c, organisation, language, format, base } = visit;
      const t = DISCLOSED[language];
      const batch = visit.param('batch');
      if (!/^B-\d{4}-\d{2}$/.test(batch)) throw new DeskRefusal('NOT_FOUND', t.none);
      const from = visit.query('etter');
      const after = /^\d{1,15}$/.test(from) ? Number(from) : null;
      const desk = { ...deskFor(c, parts), nav: parts.navAs(visit.permission) };
      const { disclosures, next } = await disclosuresIn(desk, organisation, { batch, after, limit: ROWS });
      const headings = [t.when, t.youth, t.what, t.recipient, t.basis, t.consent];
      const rows = disclosures.map(({ at, ref, how, recipient, legalBasis, consentVersion }) => [
        format.moment(at),
        html`<a href="${base}/ungdom/${ref}#utlevert">${ref.slice(0, 8)}</a>`,
        t[how],
        recipient,
        legalBasis,
        html`<code>${consentVersion}</code>`,
      ]);
      const older =
        next === null
          ? ''
          : html`<p><a href="${base}/nav/utlevert/${batch}?etter=${next}" rel="next">${t.older}</a></p>\n`;
      return {
        title: t.heading,
        subjects: disclosures.map(({ ref }) => ref),
        item: `batch:${batch}`,
        content: html`<p class="lead">${t.inList(format.month(batch.slice(2)))}</p>
<p>${t.more} ${t.onlyYours}</p>
${
  rows.length === 0
    ? html`<p>${t.nothingHere}</p>\n`
    : table(
        t.caption,
        headings.map((heading) => ({ heading })),
        rows,
      )
}${older}${visit.may('nav:read') ? html`<p><a href="${base}/nav">${t.back}</a></p>\n` : ''}`,
      };
    },
  });
}
