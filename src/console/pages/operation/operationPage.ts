import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { SUPPORT_FILE } from '../../../api/routes/operation.ts';
import { type OperationView, operationOf } from '../../../desk/operation/operation.ts';
import { JOB_NAMES } from '../../../text/names.ts';
import { supportFile } from '../../../text/supportFile.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { OPERATION } from '../../text/operation.ts';
import { checksPart } from './checksPart.ts';
import { policyPart, settingsPart, standardPart, unsetPart } from './settingsPart.ts';

const PATH = '/drift';

/** What is long and seldom read, each alone: by what is said in the address. */
const LONG: Readonly<Record<string, (visit: Visit, view: OperationView) => Html>> = {
  stottefil: supportText,
  variabler: unsetPart,
  valg: standardPart,
};

/** With what settings it runs, what its checks find, and the support file. */
export function operationPage(frame: Frame, parts: ApiParts): void {
  const read = ({ c, organisation }: Visit) => operationOf(deskFor(c, parts), organisation);
  frame.page({
    access: 'operation:read',
    path: PATH,
    async show(visit) {
      const t = OPERATION[visit.language];
      const view = await read(visit);
      const long = LONG[visit.query('vis')];
      const content =
        long === undefined
          ? html`<p>${t.intro}</p>
${supportPart(visit)}${checksPart(visit, view.checks)}${jobsPart(visit, view)}${parkedPart(visit, view)}${trailPart(visit, view)}${versionsPart(visit, view)}${settingsPart(visit, view)}${policyPart(visit, view)}`
          : html`${long(visit, view)}<p class="no-print"><a href="${visit.base}${PATH}">${t.back}</a></p>\n`;
      return { title: t.title, subjects: [], content };
    },
  });
  frame.act({
    access: 'operation:read',
    path: `${PATH}/kontroller`,
    on: PATH,
    async perform({ base }) {
      await parts.installation.checks.run();
      return { to: `${base}${PATH}`, subjects: [] };
    },
  });
  frame.page({
    access: 'operation:read',
    path: `${PATH}/stottefil`,
    async show(visit) {
      visit.c.get('audit').subjects([]);
      return visit.c.body(supportFile(await read(visit)), 200, SUPPORT_FILE);
    },
  });
}

function supportPart({ language, base }: Visit): Html {
  const t = OPERATION[language];
  return html`<h2>${t.support}</h2>
<p>${t.supportAbout}</p>
<p class="no-print"><a class="button" href="${base}${PATH}/stottefil">${t.supportGet}</a></p>
<p class="no-print"><a href="${base}${PATH}?vis=stottefil">${t.supportText}</a></p>
`;
}

function supportText({ language }: Visit, view: OperationView): Html {
  const t = OPERATION[language];
  return html`<h2>${t.support}</h2>
<div class="field"><textarea readonly rows="16" aria-label="${t.support}"${language === 'nb' ? '' : html` lang="nb"`}>
${supportFile(view)}</textarea></div>
`;
}

function jobsPart({ language, format, now }: Visit, { jobs, roles }: OperationView): Html {
  const t = OPERATION[language];
  const moment = (at: string | null, none: string) =>
    at === null ? none : `${format.moment(at)}, ${format.relative(at, now)}`;
  return html`<h2>${t.jobs}</h2>
<p>${t.jobsAbout(roles.join(', '))}</p>
${
  jobs.length === 0
    ? html`<p>${t.noJobs}</p>\n`
    : table(
        t.jobsCaption,
        [t.job, t.every, t.ended, t.failed].map((heading) => ({ heading })),
        jobs.map(({ job, everyMs, ended, failed }) => [
          JOB_NAMES[language][job],
          everyText({ language, format }, everyMs),
          moment(ended, t.notYet),
          moment(failed, t.never),
        ]),
      )
}`;
}

function everyText({ language, format }: Pick<Visit, 'language' | 'format'>, everyMs: number | null): string {
  const t = OPERATION[language];
  if (everyMs === null) return t.byClock;
  const seconds = Math.round(everyMs / 1000);
  if (seconds <= 1) return t.second;
  return seconds < 120
    ? t.seconds(format.number(seconds))
    : t.minutes(format.number(Math.round(seconds / 60)));
}

function parkedPart({ language, format, base, may }: Visit, { parked }: OperationView): Html {
  const t = OPERATION[language];
  const lead = may('quarantine:read') ? html` <a href="${base}/ventende">${t.parkedLead}</a>` : '';
  return html`<h2>${t.parked}</h2>
<p>${parked === 0 ? t.parkedNone : html`${t.parkedSome(format.number(parked))}${lead}`}</p>
`;
}

function trailPart({ language, format, now, organisation }: Visit, { signedEnds }: OperationView): Html {
  const t = OPERATION[language];
  if (signedEnds === null || signedEnds.length === 0)
    return html`<h2>${t.trail}</h2>\n<p>${signedEnds === null ? t.unsigned : t.noneSigned}</p>\n`;
  return html`<h2>${t.trail}</h2>
${table(
  t.trailCaption,
  [{ heading: t.chain }, { heading: t.seq, numeric: true }, { heading: t.signed }, { heading: t.signature }],
  signedEnds.map(({ chain, seq, at, valid }) => [
    chain === organisation.id ? t.ownChain : t.wholeChain,
    format.number(seq),
    `${format.moment(at)}, ${format.relative(at, now)}`,
    valid ? t.valid : html`<strong>${t.invalid}</strong>`,
  ]),
)}`;
}

function versionsPart({ language, format, now }: Visit, { versions, started }: OperationView): Html {
  const t = OPERATION[language];
  return html`<h2>${t.versions}</h2>
${table(
  t.versionsCaption,
  [{ heading: t.what }, { heading: t.version }],
  versions.map(({ what, version }) => [bokmal(language, what), version]),
)}<p>${t.started(format.moment(started), format.relative(started, now))}</p>
`;
}
