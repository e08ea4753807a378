import { html } from 'hono/html';
import type { ApiParts } from '../../api/parts.ts';
import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { parseSchoolYear, schoolYearOf, yearAfter, yearBefore } from '../../core/time/schoolYear.ts';
import type { WheelDate } from '../../core/wheel/wheel.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { wheelOf } from '../../desk/wheelView.ts';
import { wordsIn } from '../../text/nynorsk.ts';
import { bokmal, type Html, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { WHEEL_PAGE } from '../text/wheel.ts';
import { dueText } from './dueText.ts';

/** What is due this school year, and who does it. */
export function wheelPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'wheel:read',
    path: '/hjul',
    async show(visit) {
      const { organisation, language, query, base } = visit;
      const t = WHEEL_PAGE[language];
      const now = await nowOf(parts, organisation);
      const asked = query('ar');
      const read = parseSchoolYear(asked);
      const year = read ?? schoolYearOf(osloDate(now));
      const { dates } = wheelOf(parts, organisation, year);
      const link = (to: string, label: string) => html`<li><a href="${base}/hjul?ar=${to}">${label}</a></li>`;
      const content = html`<h2>${t.year(year.replace('-', '–'))}</h2>
<p>${t.source}</p>
<ul class="no-print">${link(yearBefore(year), t.before)}${link(yearAfter(year), t.after)}</ul>
${datesTable(visit, dates, now)}`;
      const notice = asked !== '' && read === undefined ? { notice: t.unknownYear } : {};
      return { title: t.title, subjects: [], content, ...notice };
    },
  });
}

function datesTable(visit: Visit, dates: readonly WheelDate[], now: IsoInstant): Html {
  const { language, format } = visit;
  const t = WHEEL_PAGE[language];
  const today = osloDate(now);
  return table(
    t.caption,
    [t.when, t.what, t.who, t.due, t.more].map((heading) => ({ heading })),
    dates.map((date) => {
      const { from, to, weekLabel, what, who, deadline } = date;
      const days = from === to ? format.date(from) : `${format.date(from)}–${format.date(to)}`;
      const state = stateOf(date, today, t);
      return [
        html`${days}<small>${wordsIn(language, weekLabel)}</small>${state === null ? '' : html`<strong>${state}</strong>`}`,
        bokmal(language, what),
        bokmal(language, who),
        deadline === null ? '–' : dueText(visit, deadline, now),
        more(visit, date),
      ];
    }),
  );
}

function stateOf(
  { from, to }: WheelDate,
  today: IsoDate,
  { now, past }: { now: string; past: string },
): string | null {
  if (to < today) return past;
  return from <= today ? now : null;
}

function more({ language, format, base, may }: Visit, date: WheelDate): Html | string {
  const t = WHEEL_PAGE[language];
  const { reference, alsoBy, worklist, letter, moved } = date;
  const said = [
    ...(reference === null
      ? []
      : [
          t.per(format.date(reference.date), wordsIn(language, reference.weekLabel)),
          t.run(format.date(reference.reportRun)),
        ]),
    ...(alsoBy === null ? [] : [t.also(wordsIn(language, alsoBy.what), format.date(alsoBy.date))]),
    ...(letter === null || may('worklist:read') ? [] : [t.letter(letter)]),
    ...(moved ? [t.own] : []),
  ];
  const link =
    worklist !== null && may('worklist:read')
      ? html`<a href="${base}/arbeidsliste/${worklist}" aria-label="${t.list}: ${wordsIn(language, date.what)}">${t.list}</a>`
      : '';
  const sent =
    letter !== null && may('worklist:read')
      ? html`${link === '' ? '' : html`<br>`}<a href="${base}/brev/${letter}">${t.letter(letter)}</a>`
      : '';
  if (said.length === 0 && link === '' && sent === '') return '–';
  return html`${said.join(' ')}${said.length > 0 && (link !== '' || sent !== '') ? html`<br>` : ''}${link}${sent}`;
}
