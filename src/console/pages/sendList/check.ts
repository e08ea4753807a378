import { html } from 'hono/html';
import { csvAnswer, xlsxAnswer } from '../../../api/spreadsheet.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import type { ShownProblem } from '../../../desk/uploads/uploadCheck.ts';
import type { UploadView } from '../../../desk/uploads/uploadView.ts';
import { csvText } from '../../../reports/csv.ts';
import { judgedIn, problemIn } from '../../../text/nynorsk.ts';
import { writeXlsx } from '../../../upload/xlsx/writeXlsx.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { bokmal, type FormFault, worded } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { SEND_LIST } from '../../text/sendList.ts';
import { type Checks, createChecks, type UnderWay } from './checks.ts';
import { cellField, FIELD_OF_CHOICE, isBad, mendPart, othersPart, sendPart, sums } from './checkView.ts';
import { columnsNeeded } from './columns.ts';
import { listTitle, type SendListParts, steps, type Working, workingOn } from './upload.ts';

/** A check that takes longer shows how far it has come. */
const PATIENCE_MS = 1_500;
const RENEW_SECONDS = 2;

/** What is wrong in the list, mending it, and sending what can be sent. */
export function checkPages(frame: Frame, parts: SendListParts): void {
  const checks = createChecks();
  const at = '/lister/ny/{feed}/{id}/sjekk' as const;
  frame.page({
    access: 'feed:write',
    path: at,
    async show(visit) {
      const working = workingOn(visit, parts);
      const view = parts.uploads.show(working.caller, working.id);
      return columnsNeeded(visit, view, working) ?? checkPage(visit, parts, checks, { working, view });
    },
  });
  frame.act({
    access: 'feed:write',
    path: at,
    perform: (visit, form) => mend(visit, parts, checks, form),
  });
  frame.act({
    access: 'feed:write',
    path: '/lister/ny/{feed}/{id}/send',
    on: at,
    async perform(visit, form) {
      const working = workingOn(visit, parts);
      try {
        return await send(visit, parts, working, form);
      } catch (error) {
        if (!(error instanceof DeskRefusal) || !SAID_ON_PAGE.has(error.code)) throw error;
        const faults = [{ field: FIELD_OF_CHOICE, ...worded(visit.language, error.message) }];
        const view = parts.uploads.show(working.caller, working.id);
        return checkPage(visit, parts, checks, { working, view, faults, form });
      }
    },
  });
  frame.page({
    access: 'upload:errors',
    path: '/lister/ny/{feed}/{id}/feilfil',
    async show(visit) {
      const { caller, id } = workingOn(visit, parts);
      const free = await visit.c.get('slots').take();
      const { table: judged, met } = await parts.uploads.errors(caller, id).finally(free);
      const rows = judgedIn(visit.language, judged, OUR_COLUMNS);
      visit.c.get('audit').subjects(met);
      const [header = [], ...body] = rows;
      return visit.query('format') === 'csv'
        ? csvAnswer(visit.c, `rettes-${caller.feed}`, csvText(header, body))
        : xlsxAnswer(visit.c, `rettes-${caller.feed}`, writeXlsx([{ name: 'Rettes', head: 1, rows }]));
    },
  });
}

/** Last in the file of what must be mended: what became of a row, what is wrong, and what to do. */
const OUR_COLUMNS = 3;

/** What is in the way of sending, and can be mended on the page. */
const SAID_ON_PAGE: ReadonlySet<string> = new Set(['ROWS_NEED_MENDING', 'NOTHING_TO_SEND']);

async function send(visit: Visit, { uploads }: SendListParts, { caller, id }: Working, form: FormBody) {
  const which = form.text(FIELD_OF_CHOICE) === 'alle' ? 'all' : 'ready';
  const traceparent = visit.c.req.header('traceparent') ?? null;
  const { receiptId, repeated } = await uploads.send(caller, id, { which, traceparent });
  const query = new URLSearchParams({ liste: caller.feed, fra: id, ...(repeated && { igjen: '1' }) });
  return { to: `${visit.base}/lister/${receiptId}?${query}`, subjects: [], item: `receipt:${receiptId}` };
}

interface Opened {
  working: Working;
  view: UploadView;
  faults?: readonly FormFault[];
  form?: FormBody;
}

function begin({ c }: Visit, { uploads }: SendListParts, checks: Checks, { caller, id }: Working) {
  const slots = c.get('slots');
  return checks.begin(id, async (seen) => {
    const free = await slots.take();
    try {
      await uploads.check(caller, id, seen);
    } finally {
      free();
    }
  });
}

/** What was found; as long as the check is under way, how far it has come. */
async function checkPage(
  visit: Visit,
  parts: SendListParts,
  checks: Checks,
  { working, view, faults = [], form }: Opened,
): Promise<Shown> {
  const underWay = begin(visit, parts, checks, working);
  if (!(await underWay.isOver(PATIENCE_MS))) return waitingPage(visit, underWay, view);
  const { language } = visit;
  const t = SEND_LIST[language];
  const { view: check, met } = await parts.uploads.check(working.caller, working.id);
  const content = html`${steps(language, 'stepCheck')}<p>${listTitle(language, working.adapter)}. ${t.nothingSent}</p>
${sums(visit, check)}${check.list === null ? '' : html`<p class="notice">${t.wholeIs} ${bokmal(language, check.list.text)}</p>\n`}${mendPart(visit, working, { ...check, kind: view.kind }, faults, form)}${othersPart(visit, check)}${sendPart(visit, working, check, faults, form)}${view.kind === 'json' ? html`<p><a href="${visit.base}/lister/ny/${view.feed}">${t.anotherFile}</a></p>` : html`<p><a href="${working.at}">${t.changeColumns}</a></p>`}
`;
  return { title: t.checkTitle, subjects: met, content, faults };
}

function waitingPage(visit: Visit, underWay: UnderWay, { rows, sent }: UploadView): Shown {
  const { language, format } = visit;
  const t = SEND_LIST[language];
  const all = rows - sent;
  const done = Math.min(all, underWay.rows());
  const text = t.checkingRows(format.number(done), format.number(all));
  const content = html`${steps(language, 'stepCheck')}<div data-live>
<p><progress max="${String(all)}" value="${String(done)}" aria-label="${t.checking}"></progress></p>
<p>${text}</p>
</div>
<p class="quiet-text">${t.renews}</p>
`;
  return { title: t.checking, subjects: [], content, refresh: RENEW_SECONDS };
}

/** New values of cells, by row; a field that is left empty leaves its cell as it is. */
function typedCells(form: FormBody): Map<number, Record<string, string>> {
  const typed = new Map<number, Record<string, string>>();
  for (const [name, value] of form.entries()) {
    const [, row, field] = /^rad-(\d{1,7})-([A-Za-z][\w.]{0,79})$/.exec(name) ?? [];
    if (row === undefined || field === undefined || value === '') continue;
    typed.set(Number(row), { ...typed.get(Number(row)), [field]: value });
  }
  return typed;
}

async function mend(visit: Visit, parts: SendListParts, checks: Checks, form: FormBody) {
  const working = workingOn(visit, parts);
  const t = SEND_LIST[visit.language];
  const { uploads } = parts;
  const { caller, id, at } = working;
  const typed = typedCells(form);
  const again = (faults: readonly FormFault[]) =>
    checkPage(visit, parts, checks, { working, view: uploads.show(caller, id), faults, form });
  if (typed.size === 0) return again([{ field: null, text: t.nothingTyped }]);
  uploads.mend(caller, id, typed);
  const done = { to: `${at}/sjekk`, subjects: [] as string[] };
  if (!(await begin(visit, parts, checks, working).isOver(PATIENCE_MS))) return done;
  const { view: check } = await uploads.check(caller, id);
  const faults = check.results
    .filter(isBad)
    .flatMap(({ row, problems }) =>
      problems
        .filter(({ field }) => typed.get(row)?.[field] !== undefined)
        .map((each) => stillWrong(row, each, t.stillWrong(row, problemIn(visit.language, each).text))),
    );
  return faults.length === 0 ? done : again(faults);
}

function stillWrong(row: number, { field }: ShownProblem, text: string): FormFault {
  return { field: cellField(row, field), text };
}
