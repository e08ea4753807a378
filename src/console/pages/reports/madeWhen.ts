import { html } from 'hono/html';
import type { IsoInstant } from '../../../core/time/date.ts';
import type { SheetLook } from '../../../desk/reports/builtSheets.ts';
import type { Html } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPORTS } from '../../text/reports.ts';

/** When the report was counted, how old that is, and that it is being counted again or may be.
 *  @param at the report's own address below the console's @param made `clock`: now, by the organisation's clock */
export function madeWhen(
  visit: Visit,
  { asOf, clock, making, ...look }: Omit<SheetLook, 'shown'> & { asOf: IsoInstant; clock: IsoInstant },
  at: string,
): Html {
  const { language, format, base } = visit;
  const t = REPORTS[language];
  const made = t.made(format.moment(asOf), format.relative(asOf, clock));
  return html`<p>${made}</p>
${making === null ? '' : html`<p class="no-print">${t.makingAgain} ${progress(visit, making)} <a href="${base}${at}">${t.lookAgain}</a></p>\n`}${troubles(visit, look)}${renewal(visit, look, at)}`;
}

/** There is none yet: what happens, how far it has come, and what the reader can do. */
export function makingIt(visit: Visit, { making, ...look }: SheetLook, at: string): Html {
  const { language, base } = visit;
  const t = REPORTS[language];
  if (making === null) return html`${troubles(visit, look)}${renewal(visit, look, at)}`;
  return html`<div data-live><p><strong>${t.makingFirst}</strong> ${progress(visit, making)}</p></div>
<p>${t.makingLong} <a href="${base}${at}">${t.look}</a></p>
`;
}

function progress(
  { language, format }: Visit,
  { underWay, records }: NonNullable<SheetLook['making']>,
): string {
  const t = REPORTS[language];
  return underWay ? t.read(format.number(records)) : t.queued;
}

function troubles({ language }: Visit, { failed, crowded }: Pick<SheetLook, 'failed' | 'crowded'>): Html {
  const t = REPORTS[language];
  return html`${failed ? html`<p class="notice">${t.failed}</p>\n` : ''}${crowded ? html`<p class="notice">${t.crowded}</p>\n` : ''}`;
}

function renewal(visit: Visit, { renewable }: Pick<SheetLook, 'renewable'>, at: string): Html | '' {
  if (!renewable) return '';
  const [path, query] = at.split('?');
  return html`<div class="no-print">${visit.form(`${visit.base}${path}/lag?${query}`, html`<button class="second">${REPORTS[visit.language].renew}</button>`)}</div>
`;
}
