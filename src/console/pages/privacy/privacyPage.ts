import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { epochOf, instantOf } from '../../../core/time/date.ts';
import { type LogWeekView, logOfWeek, logWeeksOf } from '../../../desk/audit/logControl.ts';
import { manifests, type NavManifest } from '../../../desk/nav/batches.ts';
import { type DeliveryView, deliveriesOf } from '../../../desk/nav/deliveries.ts';
import { worklistCounts } from '../../../desk/worklists/worklistCounts.ts';
import { type Html, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { PRIVACY } from '../../text/privacy.ts';

/** A year and what is left of it. */
const MOST_MONTHS = 18;
/** Regulation (EU) 2016/679, article 33: from when the breach is known. */
const REPORT_WITHIN_MS = 72 * 3_600_000;

/** What was disclosed, withheld and unmasked, and whether the log is looked at. */
export function privacyPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'log:read',
    path: '/personvern',
    async show(visit) {
      const { c, organisation, permission, language } = visit;
      const desk = { ...deskFor(c, parts), nav: parts.navAs(permission) };
      const weeks = await logWeeksOf(desk, organisation);
      const [latest] = weeks;
      const use = latest === undefined ? undefined : await logOfWeek(desk, organisation, latest.week);
      const lists = await manifests(desk, organisation);
      const deliveries = await deliveriesOf(desk, organisation);
      const counted = await worklistCounts(desk, organisation);
      const asks = counted.counts.find(({ id }) => id === 'ask-consent')?.rows ?? 0;
      const content = html`${controlSection(visit, weeks)}${givenSection(visit, { lists, use })}${consentSection(visit, { asks, behind: counted.behind })}${incidentSection(visit, deliveries)}${retentionSection(visit, parts.policyOf(organisation.id).keepNames)}`;
      return { title: PRIVACY[language].title, subjects: [], content };
    },
  });
}

function controlSection(visit: Visit, weeks: readonly LogWeekView[]): Html {
  const { language, format, base, may } = visit;
  const t = PRIVACY[language];
  const late = weeks.filter(({ state }) => state === 'overdue');
  const waits = weeks.filter(({ state }) => state === 'overdue' || state === 'due');
  // The oldest first: it has waited longest.
  const next = waits.at(-1);
  const said =
    late.length > 0
      ? t.overdue(late.length)
      : next === undefined
        ? t.allSigned
        : t.due(format.longDate(next.signBy));
  const act =
    next !== undefined && may('log:sign')
      ? html`<p><a href="${base}/personvern/logg/${next.week}">${t.open(format.longDate(next.week))}</a></p>\n`
      : '';
  const rows = weeks.map((week) => [
    html`<a href="${base}/personvern/logg/${week.week}">${t.from(format.date(week.week))}</a>`,
    stateOf(visit, week),
    week.control === null ? t.notYet : week.control.found === 'AVVIK' ? t.deviation : t.none,
    week.control?.note ?? '–',
  ]);
  const headings = [t.week, t.state, t.result, t.note].map((heading) => ({ heading }));
  return html`<h2 id="loggkontroll">${t.control}</h2>
<p>${t.controlWhat}</p>
<p${late.length > 0 ? html` class="notice"` : ''}><strong>${said}</strong></p>
${act}${table(t.weeks, headings, rows)}`;
}

function stateOf({ language, format }: Visit, { state, signBy, control }: LogWeekView): string {
  const t = PRIVACY[language];
  if (control !== null) return t.by(format.moment(control.signed), control.by);
  if (state === 'running') return t.running;
  return state === 'overdue' ? t.stateOverdue(format.date(signBy)) : t.stateDue(format.date(signBy));
}

function givenSection(
  visit: Visit,
  { lists, use }: { lists: readonly NavManifest[]; use: Awaited<ReturnType<typeof logOfWeek>> | undefined },
): Html {
  const { language, format, base, may } = visit;
  const t = PRIVACY[language];
  const sum = (of: (each: NavManifest) => number) =>
    format.number(lists.reduce((all, each) => all + of(each), 0));
  const rows = lists
    .slice(0, MOST_MONTHS)
    .map(({ id, month, state, rows: asked, fetched, withdrawn }) => [
      state === 'ready' && may('audit:read')
        ? html`<a href="${base}/nav/utlevert/${id}" aria-label="${t.givenList(month)}">${month}</a>`
        : month,
      asked === null ? '–' : format.number(asked),
      format.number(fetched),
      format.number(withdrawn),
    ]);
  const columns = [
    { heading: t.month },
    ...[t.asked, t.fetched, t.withdrawn].map((heading) => ({ heading, numeric: true })),
  ];
  const nav =
    lists.length === 0
      ? html`<p>${t.givenNone}</p>\n`
      : html`<p>${t.givenNav(
          sum((each) => each.rows ?? 0),
          sum((each) => each.fetched),
          sum((each) => each.withdrawn),
        )}</p>
${table(t.held, columns, rows)}`;
  const seen =
    use === undefined
      ? ''
      : html`<p>${t.unmasked(use.identified, format.longDate(use.week))} <a href="${base}/personvern/logg/${use.week}?del=identified#linjer">${t.seeUnmasked}</a></p>\n`;
  return html`<h2>${t.given}</h2>
${nav}${may('nav:read') ? html`<p><a href="${base}/nav">${t.toNav}</a></p>\n` : ''}${seen}`;
}

function consentSection({ language }: Visit, { asks, behind }: { asks: number; behind: boolean }): Html {
  const t = PRIVACY[language];
  return html`<h2>${t.consent}</h2>
<p>${t.consentAsk(asks)}${behind ? ` ${t.consentBehind}` : ''}</p>
`;
}

/** Answers about persons that NAV was not asked about. */
function incidentSection({ language, format }: Visit, deliveries: readonly DeliveryView[]): Html {
  const t = PRIVACY[language];
  const rows = deliveries.flatMap(({ run, incident }) =>
    incident === null
      ? []
      : [
          [
            run,
            format.number(incident.strangers),
            format.moment(incident.at),
            format.moment(instantOf(epochOf(incident.at) + REPORT_WITHIN_MS)),
          ],
        ],
  );
  const columns = [
    { heading: t.delivery },
    { heading: t.strangers, numeric: true },
    ...[t.known, t.report].map((heading) => ({ heading })),
  ];
  return html`<h2 id="avvik">${t.incidents}</h2>
${rows.length === 0 ? html`<p>${t.noIncidents}</p>\n` : html`<p>${t.incidentHelp}</p>\n${table(t.incidentCaption, columns, rows)}`}`;
}

function retentionSection({ language }: Visit, keepNames: boolean): Html {
  const t = PRIVACY[language];
  const rows = [
    [t.files, t.filesUntil],
    [t.sessions, t.sessionsUntil],
    [t.calls, t.callsUntil],
    [t.names, keepNames ? t.namesKept : t.namesGone],
  ];
  return html`<h2>${t.retention}</h2>
${table(
  t.retentionCaption,
  [t.kept, t.until].map((heading) => ({ heading })),
  rows,
)}<p>${t.neverErased}</p>
`;
}
