import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { missedCsv, noteBulk } from '../../../api/routes/bulkJobs.ts';
import { bulkNamed, bulkPage, moveBulk, newcomers } from '../../../desk/bulk/bulk.ts';
import { type BulkJobView, bulkJobView, type MissedView, missedPage } from '../../../desk/bulk/bulkView.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { BULK_WHY } from '../../../text/bulkWhy.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { BULK } from '../../text/bulk.ts';
import { whatText, whyTable } from './preview.ts';

const AT = '/samlet/{id}' as const;
const ROWS = 50;
const RENEW_SECONDS = 2;

/** The jobs there are; one of them: how far it has come, start and stop; and everyone it missed, with why. */
export function jobPages(frame: Frame, parts: ApiParts): void {
  const reading = ({ c }: Visit) => parts.bulkAs(c.get('permission'));
  const named = (visit: Visit) => bulkNamed(reading(visit), visit.organisation, idIn(visit));

  frame.page({ access: 'bulk:read', path: '/samlet', show: (visit) => jobList(visit, parts) });
  frame.page({
    access: 'bulk:read',
    path: AT,
    async show(visit) {
      const view = bulkJobView(await named(visit));
      const today = await todayOf(parts, visit.organisation);
      const moving = view.state === 'running' || view.underWay > 0;
      return {
        ...{ title: BULK[visit.language].jobTitle, subjects: [], item: `bulk-job:${view.id}` },
        content: html`${head(visit, view, whatText(visit, view, today))}${progress(visit, view)}${moves(visit, view)}${outcomes(visit, view)}`,
        ...(moving && { refresh: RENEW_SECONDS }),
      };
    },
  });
  for (const [path, to] of [
    [`${AT}/start`, 'running'],
    [`${AT}/stopp`, 'paused'],
  ] as const)
    frame.act({
      ...{ access: 'bulk:act', path, on: AT },
      async perform(visit) {
        const { job, waiting } = await moveBulk(parts, visit.organisation, { id: idIn(visit), to });
        noteBulk(visit.c, job);
        return { to: `${visit.base}/samlet/${job.id}`, subjects: to === 'running' ? waiting : [] };
      },
    });
  for (const [path, state] of [
    [`${AT}/gikk-ikke`, 'failed'],
    [`${AT}/ikke-med`, 'left'],
  ] as const) {
    frame.page({ access: 'bulk:read', path, show: (visit) => missedShown(visit, { path, state }) });
    frame.page({
      ...{ access: 'bulk:read', path: `${path}/fil` },
      show: async (visit) =>
        missedCsv(visit.c, parts, { job: await named(visit), state, language: visit.language }),
    });
  }
  frame.page({ access: 'bulk:read', path: `${AT}/kommet-til`, show: cameShown });

  async function missedShown(
    visit: Visit,
    { path, state }: { path: string; state: 'failed' | 'left' },
  ): Promise<Shown> {
    const { language, base } = visit;
    const t = BULK[language];
    const job = await named(visit);
    const after = placeIn(visit);
    const { youths, next } = await missedPage(reading(visit), job, { state, after, limit: ROWS });
    const title = state === 'failed' ? t.failures : t.left;
    const at = `${base}${path.replace('{id}', job.id)}`;
    const content = html`${rows(visit, title, youths)}${pager(visit, { at, after, next })}${youths.length === 0 ? '' : html`<p class="no-print"><a href="${at}/fil">${t.file}</a></p>\n`}<p><a href="${base}/samlet/${job.id}">${t.back}</a></p>
`;
    return { title, content, subjects: youths.map(({ ref }) => ref), item: `bulk-job:${job.id}` };
  }

  async function cameShown(visit: Visit): Promise<Shown> {
    const { c, language, format, base, organisation } = visit;
    const t = BULK[language];
    const job = await named(visit);
    const after = placeIn(visit);
    const free = await c.get('slots').take();
    const looking = newcomers({ ...deskFor(c, parts), bulk: reading(visit) }, organisation, job);
    const all = await looking.finally(free);
    const refs = all.slice(after, after + ROWS);
    const next = after + ROWS < all.length ? after + ROWS : null;
    const at = `${base}/samlet/${job.id}/kommet-til`;
    const content = html`<p>${t.cameLead(format.moment(job.asOf))}</p>
${
  refs.length === 0
    ? html`<p>${t.cameNone}</p>\n`
    : html`<p>${t.count}: ${format.number(all.length)}</p>\n<ul>${refs.map((ref) => html`<li><a href="${base}/ungdom/${ref}">${t.youth} ${ref.slice(0, 8)}</a></li>\n`)}</ul>\n`
}${pager(visit, { at, after, next })}<p><a href="${base}/samlet/${job.id}">${t.back}</a></p>
`;
    return { title: t.cameTitle, content, subjects: refs, item: `bulk-job:${job.id}` };
  }
}

/** What they missed it for is said once where it is the same for all of the page. */
function rows({ language, base }: Visit, caption: string, youths: readonly MissedView[]): Html {
  const t = BULK[language];
  const [first, ...others] = youths;
  if (first === undefined) return html`<p>${t.none}</p>\n`;
  const said = ({ why, problems }: MissedView) =>
    html`${BULK_WHY[language][why].text}${problems.map(({ text, cure }) => html` ${bokmal(language, `${text} ${cure}`)}`)}`;
  const same = ({ why, problems }: MissedView) => JSON.stringify([why, problems]);
  const link = ({ ref }: MissedView) =>
    html`<a href="${base}/ungdom/${ref}">${t.youth} ${ref.slice(0, 8)}</a>`;
  if (others.length > 0 && others.every((each) => same(each) === same(first)))
    return html`<p>${said(first)} ${BULK_WHY[language][first.why].cure}</p>
${table(
  caption,
  [{ heading: t.youth }],
  youths.map((each) => [link(each)]),
)}`;
  return table(
    caption,
    [{ heading: t.youth }, { heading: t.why }, { heading: t.cure }],
    youths.map((each) => [link(each), said(each), BULK_WHY[language][each.why].cure]),
  );
}

async function jobList(visit: Visit, parts: ApiParts): Promise<Shown> {
  const { c, organisation, language, format, base } = visit;
  const t = BULK[language];
  const today = await todayOf(parts, organisation);
  const after = visit.query('etter');
  const asked = { after: after === '' ? null : after, limit: ROWS };
  const { jobs, next } = await bulkPage(parts.bulkAs(c.get('permission')), organisation, asked);
  const rows = jobs.map((view) => {
    const { what, whom } = whatText(visit, view, today);
    const { id, created, done, youths, by } = view;
    return [
      html`<a href="${base}/samlet/${id}">${format.moment(created)}</a>`,
      ...[what, whom, stateText(visit, view)],
      ...[t.totals(format.number(done), format.number(youths)), by],
    ];
  });
  const headings = [t.made, t.doing, t.forWhom, t.state, t.doneCount, t.by];
  const content = html`${
    rows.length === 0
      ? html`<p>${t.noJobs}</p>\n`
      : table(
          t.jobs,
          headings.map((heading) => ({ heading })),
          rows,
        )
  }${pager(visit, { at: `${base}/samlet`, after: asked.after, next })}<p class="no-print"><a href="${base}/samlet/ny">${t.newTitle}</a></p>
`;
  return { title: t.title, subjects: [], content };
}

function stateText({ language }: Visit, { state, begun }: Pick<BulkJobView, 'state' | 'begun'>): string {
  const t = BULK[language];
  if (state === 'paused') return begun === null ? t.paused : t.stopped;
  return state === 'running' ? t.running : t.done;
}

function head(visit: Visit, view: BulkJobView, { what, whom }: ReturnType<typeof whatText>): Html {
  const { language, format } = visit;
  const t = BULK[language];
  const missing = view.shown - view.youths;
  const more = missing < 0 ? ` ${t.more(-missing, format.number(-missing))}` : '';
  const facts: [string, string | Html][] = [
    [t.forWhom, whom],
    [t.reason, view.reason],
    [t.made, format.moment(view.created)],
    [t.by, view.by],
  ];
  return html`<p class="lead">${what}</p>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p>${t.asOf(format.moment(view.asOf))}${missing > 0 ? ` ${t.fewer(missing, format.number(missing))}` : more}</p>
`;
}

function progress(visit: Visit, view: BulkJobView): Html {
  const { language, format } = visit;
  const t = BULK[language];
  const { youths, waiting, underWay, done, failed } = view;
  const ended = done + failed;
  const sums: [string, number][] = [
    [t.waitingCount, waiting],
    [t.underWay, underWay],
    [t.doneCount, done],
    [t.failedCount, failed],
    [t.leftCount, view.left],
  ];
  return html`<div data-live>
<p><strong>${stateText(visit, view)}.</strong> ${t.progress(format.number(ended), format.number(youths))}</p>
<p><progress max="${String(youths)}" value="${String(ended)}" aria-label="${t.jobTitle}"></progress></p>
<dl class="sums">${sums.map(([name, count]) => html`<div><dt>${name}</dt><dd>${format.number(count)}</dd></div>`)}</dl>
${view.trouble === null ? '' : html`<p class="notice">${t[view.trouble]}</p>\n`}</div>
`;
}

function moves(visit: Visit, { id, state, waiting, underWay, begun }: BulkJobView): Html | '' {
  const { language, format, base } = visit;
  const t = BULK[language];
  if (state === 'done') return '';
  const left = waiting + underWay;
  const button = begun === null ? t.start : t.goOn;
  const form =
    state === 'paused'
      ? visit.form(
          `${base}/samlet/${id}/start`,
          html`<button>${button(left, format.number(left))}</button>\n`,
        )
      : html`${visit.form(`${base}/samlet/${id}/stopp`, html`<button class="second">${t.stop}</button>\n`)}<p>${t.stopHelp}</p>\n`;
  return html`${visit.may('bulk:act') ? form : ''}<p>${t.survives}</p>
`;
}

function outcomes(visit: Visit, view: BulkJobView): Html {
  const { language, format, base } = visit;
  const t = BULK[language];
  const { id, state, failed, left, failures, leftFor } = view;
  const at = `${base}/samlet/${id}`;
  return html`${
    failed === 0
      ? state === 'done'
        ? html`<p class="good">${t.allWell}</p>\n`
        : ''
      : html`${whyTable(visit, t.failures, failures)}<p><a href="${at}/gikk-ikke">${t.failuresAll(failed, format.number(failed))}</a></p>\n`
  }${left === 0 ? '' : html`${whyTable(visit, t.left, leftFor)}<p><a href="${at}/ikke-med">${t.leftAll(left, format.number(left))}</a></p>\n`}<p><a href="${at}/kommet-til">${t.came}</a></p>
<p><a href="${base}/samlet">${t.backAll}</a></p>
`;
}

/** Number of the last one before the page; 0: it is the first. */
function placeIn({ query }: Visit): number {
  const after = query('etter');
  return /^\d{1,7}$/.test(after) ? Number(after) : 0;
}

function pager(
  { language }: Visit,
  { at, after, next }: { at: string; after: number | string | null; next: number | string | null },
): Html | '' {
  const t = BULK[language];
  const isFirst = after === 0 || after === null;
  if (isFirst && next === null) return '';
  return html`<nav aria-label="${t.pages}" class="pager">
${isFirst ? '' : html`<p><a href="${at}">${t.firstPage}</a></p>\n`}${next === null ? '' : html`<p><a href="${at}?etter=${next}">${t.nextPage}</a></p>\n`}</nav>
`;
}
