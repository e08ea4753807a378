import { html } from 'hono/html';
import { parseRecordDate } from '../../../../adapters/reading/recordTime.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { referenceDates } from '../../../core/report/report.ts';
import { SHEETS } from '../../../core/report/sheetName.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { schoolYearOf, yearBefore } from '../../../core/time/schoolYear.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { bokmal, type Html, textField } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPORTS } from '../../text/reports.ts';

/** Which reports there are, as of which day. */
export function reportListPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'report:read',
    path: '/rapporter',
    async show(visit) {
      const { organisation, language, permission, format, base } = visit;
      const t = REPORTS[language];
      const today = await todayOf(parts, organisation);
      const { on, known } = dayAsked(visit, today);
      const { sheets } = permission;
      const shown = SHEETS.filter(({ name }) => sheets === null || sheets.includes(name));
      const content = html`${dayForm(visit, on)}<h2>${t.on(format.longDate(on))}</h2>
${
  shown.length === 0
    ? html`<p>${t.none}</p>\n`
    : html`<ul>${shown.map(({ name, navn, tells }) => html`<li><a href="${base}/rapporter/${name}?dato=${on}">${bokmal(language, capital(navn))}</a>: ${bokmal(language, tells)}</li>\n`)}</ul>\n`
}<h2>${t.common}</h2>
${commonDays(visit, today)}`;
      return {
        ...{ title: t.title, subjects: [], content },
        ...(known ? {} : { notice: t.wrongDate }),
      };
    },
  });
}

/** The day in the address, in any form that people write; today when there is none. `known`: false when it is no day. */
export function dayAsked({ query }: Visit, today: IsoDate): { on: IsoDate; known: boolean } {
  const asked = query('dato');
  if (asked === '') return { on: today, known: true };
  const on = parseRecordDate(asked);
  return { on: on ?? today, known: on !== undefined };
}

/** By GET: a day is not about a person, and the address can be kept. */
function dayForm({ language, format, base }: Visit, on: IsoDate): Html {
  const t = REPORTS[language];
  return html`<form method="get" action="${base}/rapporter" class="no-print">
${textField({ id: 'dato', label: t.date, hint: t.dateHint, value: format.date(on) })}<button class="second">${t.choose}</button>
</form>
`;
}

/** Today, and the days that figures are reported for: those of this school year and of the one before. */
function commonDays({ language, format, base }: Visit, today: IsoDate): Html {
  const t = REPORTS[language];
  const year = schoolYearOf(today);
  const days = [...referenceDates(yearBefore(year)), ...referenceDates(year)].filter((day) => day <= today);
  const isReference = days.includes(today);
  const item = (day: IsoDate, why: string) =>
    html`<li><a href="${base}/rapporter?dato=${day}">${format.date(day)}</a> (${why})</li>\n`;
  return html`<ul class="no-print">${item(today, isReference ? `${t.today}, ${t.reference}` : t.today)}${days
    .filter((day) => day !== today)
    .toReversed()
    .map((day) => item(day, t.reference))}</ul>
`;
}

/** As a heading or a link begins. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
