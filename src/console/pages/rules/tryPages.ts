import { html } from 'hono/html';
import { createBodyBudget } from '../../../api/body/bodyBudget.ts';
import { LIMITS } from '../../../api/body/limits.ts';
import { withSubmission } from '../../../api/body/readSubmission.ts';
import { deskFor } from '../../../api/deskFor.ts';
import { HttpProblem } from '../../../api/httpProblem.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { uploadCaller } from '../../../api/uploadCaller.ts';
import { OPEN_FEEDS } from '../../../core/access/scope.ts';
import type { FeedAdapter } from '../../../core/feedAdapter.ts';
import type { FeedColumns } from '../../../core/feedColumns.ts';
import { UUID } from '../../../core/uuid.ts';
import type { Trial, Trials } from '../../../desk/dryRun/trials.ts';
import type { Typed } from '../../../desk/forms/checkForm.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { openAdapter } from '../../../desk/submission/openFeed.ts';
import { listFeed } from '../../../desk/uploads/fileFeed.ts';
import { FEED_NAMES } from '../../../text/names.ts';
import { type FormFault, type Html, textArea, worded } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { TRY_RECORD } from '../../text/tryRecord.ts';
import { faultsFrom, formFields, rowType, said, typedIn } from '../report/fields.ts';
import { prefilled } from '../report/prefilled.ts';
import { resultPage } from './tryResult.ts';

export interface TryParts {
  trials: Trials;
  api: ApiParts;
}

/** More than this are tried by the API, or as an uploaded list. */
const MOST_ROWS = 50;
/** Of the records in a form; the form itself may be as large as any. */
const BUDGET = 8 * 1024 * 1024;

/** What a record would lead to: pasted as a system sends it, or filled in. Nothing is stored. */
export function tryPages(frame: Frame, parts: TryParts): void {
  const budget = createBodyBudget(BUDGET);
  frame.page({ access: 'feed:write', path: '/prov', show: feedsPage });
  frame.page({
    access: 'feed:write',
    path: '/prov/{feed}',
    show: (visit) => pastePage(visit, parts, { pasted: '', faults: [] }),
  });
  frame.act({
    access: 'feed:write',
    path: '/prov/{feed}',
    async perform(visit, form) {
      const pasted = form.text('melding');
      const t = TRY_RECORD[visit.language];
      if (pasted === '')
        return pastePage(visit, parts, { pasted, faults: [{ field: 'melding', text: t.empty }] });
      const adapter = openAdapter(parts.api.adapters, visit.param('feed'));
      try {
        const request = recordRequest(pasted);
        const limits = { ...LIMITS, rows: MOST_ROWS };
        const trial = await withSubmission({ request, adapter, runId: 'prove', budget, limits }, (rows) =>
          parts.trials.ofRows(callerOf(visit, parts), rows),
        );
        return { to: resultPath(visit, trial), subjects: trial.met };
      } catch (error) {
        if (!(error instanceof HttpProblem)) throw error;
        const faults = [{ field: 'melding', ...worded(visit.language, error.message) }];
        return pastePage(visit, parts, { pasted, faults });
      }
    },
  });
  frame.page({
    access: 'feed:write',
    path: '/prov/{feed}/skjema/{type}',
    async show(visit) {
      const { columns, type } = typeAsked(visit, parts);
      const typed = await prefilled(visit, parts.api, { columns, type: type.code });
      return formPage(visit, parts, { typed, faults: [], met: [] });
    },
  });
  frame.act({
    access: 'feed:write',
    path: '/prov/{feed}/skjema/{type}',
    async perform(visit, form) {
      const { columns, type } = typeAsked(visit, parts);
      const typed = typedIn(form, columns, type.code);
      const tried = await parts.trials.ofForm(callerOf(visit, parts), typed);
      if (tried.trial !== null) return { to: resultPath(visit, tried.trial), subjects: tried.trial.met };
      return formPage(visit, parts, {
        typed,
        faults: faultsFrom(visit.language, tried, columns, type.code),
        met: tried.met,
      });
    },
  });
  frame.page({
    access: 'feed:write',
    path: '/prov/{feed}/resultat/{id}',
    show(visit) {
      const id = visit.param('id');
      const again = `${visit.base}/prov/${visit.param('feed')}`;
      try {
        if (UUID.test(id)) return resultPage(visit, parts.trials.show(callerOf(visit, parts), id), again);
      } catch (error) {
        if (!(error instanceof DeskRefusal) || error.code !== 'UPLOAD_GONE') throw error;
      }
      const t = TRY_RECORD[visit.language];
      const content = html`<p>${t.forgotten}</p>\n<p><a href="${again}">${t.again}</a></p>\n`;
      return { title: t.title, subjects: [], content };
    },
  });
}

/** As the API would get it. */
function recordRequest(body: string): Request {
  const headers = { 'content-type': 'application/json' };
  return new Request('http://localhost/', { method: 'POST', headers, body });
}

function callerOf({ c, param }: Visit, { api }: TryParts) {
  return uploadCaller(c, param('feed'), api);
}

const resultPath = ({ base, param }: Visit, { id }: Trial) => `${base}/prov/${param('feed')}/resultat/${id}`;

function feedsPage({ language, base, may }: Visit): Shown {
  const t = TRY_RECORD[language];
  const open = OPEN_FEEDS.filter((feed) => may('feed:write', feed));
  const content =
    open.length === 0
      ? html`<p>${t.noFeeds}</p>\n`
      : html`<p>${t.nothingStored}</p>
<h2>${t.choose}</h2>
<ul>${open.map((feed) => html`<li><a href="${base}/prov/${feed}">${FEED_NAMES[language][feed]}</a></li>\n`)}</ul>
`;
  return { title: t.title, subjects: [], content };
}

function pastePage(
  visit: Visit,
  { api }: TryParts,
  { pasted, faults }: { pasted: string; faults: readonly FormFault[] },
): Shown {
  const { language, base, format } = visit;
  const t = TRY_RECORD[language];
  const adapter = openAdapter(api.adapters, visit.param('feed'));
  const at = `${base}/prov/${adapter.feed}`;
  const content = html`${about(visit, adapter)}${
    adapter.columns === undefined
      ? ''
      : html`<h2>${t.fill}</h2>
<p>${t.fillAbout}</p>
<ul>${adapter.columns.types.map(({ code, label }) => html`<li><a href="${at}/skjema/${code}">${said(language, label)}</a></li>\n`)}</ul>
`
  }<h2>${t.paste}</h2>
${visit.form(
  at,
  html`${textArea({
    ...{ id: 'melding', label: t.json, hint: t.jsonHint(format.number(MOST_ROWS)), value: pasted },
    ...{ fault: faults[0], required: true },
  })}<button>${t.run}</button>
`,
)}`;
  return { title: t.title, subjects: [], content, faults };
}

function about({ language, base }: Visit, { feed }: FeedAdapter): Html {
  const t = TRY_RECORD[language];
  return html`<p><strong>${FEED_NAMES[language][feed]}</strong>. <a href="${base}/prov">${t.other}</a></p>
<p>${t.nothingStored}</p>
`;
}

/** @throws DeskRefusal when there is no such form */
function typeAsked(
  visit: Visit,
  { api }: TryParts,
): {
  adapter: FeedAdapter;
  columns: FeedColumns;
  type: FeedColumns['types'][number];
} {
  const { adapter, columns } = listFeed(api, visit.param('feed'));
  const type = rowType(columns, visit.param('type'));
  if (type === undefined) throw new DeskRefusal('NOT_FOUND', 'Skjemaet finnes ikke. Sjekk adressen.');
  return { adapter, columns, type };
}

async function formPage(
  visit: Visit,
  parts: TryParts,
  { typed, faults, met }: { typed: Typed; faults: readonly FormFault[]; met: Iterable<string> },
): Promise<Shown> {
  const { language, base, c, organisation } = visit;
  const t = TRY_RECORD[language];
  const { adapter, columns, type } = typeAsked(visit, parts);
  const today = await todayOf(deskFor(c, parts.api), organisation);
  const content = html`${about(visit, adapter)}<h2>${said(language, type.label)}</h2>
${visit.form(
  `${base}/prov/${adapter.feed}/skjema/${type.code}`,
  html`${formFields(columns, type.code, { language, typed, faults, today })}<button>${t.run}</button>
`,
)}`;
  return { title: t.title, subjects: met, content, faults };
}
