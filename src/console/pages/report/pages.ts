import { html } from 'hono/html';
import { deskAs, deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { uploadCaller } from '../../../api/uploadCaller.ts';
import type { FeedColumns } from '../../../core/feedColumns.ts';
import type { Language } from '../../../core/language.ts';
import { UUID } from '../../../core/uuid.ts';
import type { Typed } from '../../../desk/forms/checkForm.ts';
import type { FilledForm, Forms } from '../../../desk/forms/forms.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { receiptNamed } from '../../../desk/submission/receipts.ts';
import { listFeed } from '../../../desk/uploads/fileFeed.ts';
import { bokmal, type FormFault, type Html, problemText, table } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import { LIST_FEEDS } from '../../frame/menu.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPORT } from '../../text/report.ts';
import { leadTo, listTitle } from '../sendList/upload.ts';
import { faultsFrom, formColumns, formFields, rowType, said, typedIn, understood } from './fields.ts';
import { prefilled } from './prefilled.ts';

export interface ReportParts {
  forms: Forms;
  api: ApiParts;
}

/** The report of an address. */
interface Reporting {
  feed: string;
  columns: FeedColumns;
  type: string;
  label: string;
  /** Path of its form. */
  at: string;
}

/** One report about one youth: filled in, looked over, sent. */
export function reportPages(frame: Frame, parts: ReportParts): void {
  const form = '/meld/{feed}/{type}' as const;
  const one = '/meld/{feed}/{type}/{id}' as const;
  frame.page({
    access: 'feed:write',
    path: '/meld',
    show: (visit) =>
      choosePage(
        visit,
        parts,
        LIST_FEEDS.filter((feed) => visit.may('feed:write', feed)),
      ),
  });
  frame.page({
    access: 'feed:write',
    path: '/meld/{feed}',
    show: (visit) => choosePage(visit, parts, [visit.param('feed')]),
  });
  frame.page({
    access: 'feed:write',
    path: form,
    async show(visit) {
      const reporting = reportingOn(visit, parts);
      const typed = await prefilled(visit, parts.api, reporting);
      return formPage(visit, parts, reporting, { typed, faults: [], met: [] });
    },
  });
  frame.act({
    access: 'feed:write',
    path: form,
    async perform(visit, filled) {
      const reporting = reportingOn(visit, parts);
      const { columns, type, at } = reporting;
      const typed = typedIn(filled, columns, type);
      const filling = await parts.forms.fill(callerOf(visit, parts, reporting), typed);
      const { met } = filling;
      if (filling.form !== null) return { to: `${at}/${filling.form.id}`, subjects: met };
      const faults = faultsFrom(visit.language, filling, columns, type);
      return formPage(visit, parts, reporting, { typed, faults, met });
    },
  });
  frame.page({
    access: 'feed:write',
    path: one,
    async show(visit) {
      const reporting = reportingOn(visit, parts);
      const kept = await keptForm(visit, parts, reporting);
      return typeof kept === 'string' ? leadTo(visit, kept) : confirmPage(visit, parts, reporting, kept);
    },
  });
  frame.page({
    access: 'feed:write',
    path: `${one}/endre`,
    async show(visit) {
      const reporting = reportingOn(visit, parts);
      const kept = await keptForm(visit, parts, reporting);
      if (typeof kept === 'string') return leadTo(visit, kept);
      return formPage(visit, parts, reporting, { typed: kept.typed, faults: [], met: kept.met });
    },
  });
  frame.act({
    access: 'feed:write',
    path: one,
    async perform(visit) {
      const reporting = reportingOn(visit, parts);
      const kept = await keptForm(visit, parts, reporting);
      if (typeof kept === 'string') return { to: kept, subjects: [] };
      const traceparent = visit.c.req.header('traceparent') ?? null;
      const caller = callerOf(visit, parts, reporting);
      const { receiptId } = await parts.forms.send(caller, kept.id, traceparent);
      return { to: `${visit.base}/lister/${receiptId}`, subjects: [], item: `receipt:${receiptId}` };
    },
  });
}

/** @throws DeskRefusal when there is no such report */
function reportingOn(visit: Visit, { api }: ReportParts): Reporting {
  const feed = visit.param('feed');
  const { columns } = listFeed(api, feed);
  const type = rowType(columns, visit.param('type'));
  if (type === undefined) throw new DeskRefusal('NOT_FOUND', 'Skjemaet finnes ikke. Sjekk adressen.');
  const at = `${visit.base}/meld/${feed}/${type.code}`;
  return { feed, columns, type: type.code, label: type.label, at };
}

function callerOf({ c }: Visit, { api }: ReportParts, { feed }: Reporting) {
  return uploadCaller(c, feed, api);
}

/** A form that waits to be sent; else the page to be led to: its receipt, or an empty form. */
async function keptForm(
  visit: Visit,
  parts: ReportParts,
  reporting: Reporting,
): Promise<FilledForm | string> {
  const id = visit.param('id');
  const receipt = `${visit.base}/lister/${id}`;
  const empty = `${reporting.at}?glemt=1`;
  if (!UUID.test(id)) return empty;
  try {
    const form = parts.forms.show(callerOf(visit, parts, reporting), id);
    if (form.sent !== null) return receipt;
    return form.typed.type === reporting.type ? form : empty;
  } catch (error) {
    if (!(error instanceof DeskRefusal) || error.code !== 'UPLOAD_GONE') throw error;
  }
  const reading = deskAs(visit.c, parts.api, 'receipt:read');
  if (reading === null) return empty;
  try {
    await receiptNamed(reading.desk, visit.organisation, { id, masked: true });
    return receipt;
  } catch (error) {
    if (error instanceof DeskRefusal && error.code === 'UNKNOWN_RECEIPT') return empty;
    throw error;
  }
}

type Step = 'stepFill' | 'stepConfirm' | 'stepReceipt';

function steps(language: Language, at: Step): Html {
  const t = REPORT[language];
  const all: readonly Step[] = ['stepFill', 'stepConfirm', 'stepReceipt'];
  return html`<ol class="steps no-print" aria-label="${t.steps}">${all.map(
    (step) => html`<li${step === at ? html` aria-current="step"` : ''}>${t[step]}</li>`,
  )}</ol>
`;
}

function choosePage(
  { language, base, query, may }: Visit,
  { api }: ReportParts,
  feeds: readonly string[],
): Shown {
  const t = REPORT[language];
  const open = feeds.map((feed) => listFeed(api, feed));
  if (open.length === 0) return { title: t.title, subjects: [], content: html`<p>${t.noFeeds}</p>\n` };
  const about = query('gjelder');
  const corrected = UUID.test(about) ? `?gjelder=${about}` : '';
  const own = open.every(({ columns }) => columns.ids === 'own');
  const correct =
    own && may('receipt:read')
      ? html`${t.correctOwn} <a href="${base}/lister">${t.toReceipts}</a>`
      : t.correctRow;
  const content = html`${corrected === '' ? html`<p>${t.intro} <a href="${base}/lister/ny">${t.sendList}</a></p>\n` : html`<p class="notice">${t.correctWhat}</p>\n`}<h2>${t.chooseWhat}</h2>
${open.map(
  ({ adapter, columns }) => html`<section><h3>${listTitle(language, adapter)}</h3>
<ul>${columns.types.map(
    ({ code, label }) =>
      html`<li><a href="${base}/meld/${adapter.feed}/${code}${corrected}">${said(language, label)}</a></li>\n`,
  )}</ul></section>
`,
)}${corrected === '' ? html`<h2>${t.correctTitle}</h2>\n<p>${correct}</p>\n` : ''}`;
  return { title: t.title, subjects: [], content };
}

async function formPage(
  visit: Visit,
  { api }: ReportParts,
  { columns, type, label, at }: Reporting,
  { typed, faults, met }: { typed: Typed; faults: readonly FormFault[]; met: Iterable<string> },
): Promise<Shown> {
  const { language, base, c } = visit;
  const t = REPORT[language];
  const today = await todayOf(deskFor(c, api), visit.organisation);
  const content = html`${steps(language, 'stepFill')}<p><strong>${said(language, label)}</strong>. <a href="${base}/meld">${t.other}</a></p>
${visit.query('glemt') === '1' ? html`<p class="notice">${t.forgotten}</p>\n` : ''}${
  type === 'annullering' ? html`<p>${t.annulHelp}</p>\n` : ''
}${visit.query('gjelder') !== '' && type !== 'annullering' ? html`<p class="notice">${t.correcting}</p>\n` : ''}${visit.form(
  at,
  html`${formFields(columns, type, { language, typed, faults, today })}<p class="quiet-text">${t.nothingSent}</p>
<button>${t.goOn}</button>
`,
)}`;
  return { title: t.title, subjects: met, content, faults };
}

async function confirmPage(
  visit: Visit,
  { api }: ReportParts,
  { columns, type, label, at }: Reporting,
  { id, typed, outcome, text, notes, met }: FilledForm,
): Promise<Shown> {
  const { language, format, permission } = visit;
  const t = REPORT[language];
  const today = await todayOf(deskFor(visit.c, api), visit.organisation);
  const { main, apart } = formColumns(columns, type);
  const given = [...main, ...apart].filter(({ field }) => (typed[field] ?? '') !== '');
  const what: [Html | string, Html | string] = [t.what, said(language, label)];
  const rows = given.map((column): [Html | string, Html | string] => [
    said(language, column.heading),
    understood(column, { language, typed, today, format }),
  ]);
  const general = type === 'annullering' ? t.toOtAnnulled : t.toOt;
  const effect = permission.masked || outcome !== 'applied' ? '' : bokmal(language, text);
  const leads = outcome === 'duplicate' ? t.known : outcome === 'parked' ? t.waits : general;
  const content = html`${steps(language, 'stepConfirm')}<p>${t.notYet}</p>
${table(t.read, [{ heading: t.field }, { heading: t.value }], [what, ...rows])}${
  notes.length === 0
    ? ''
    : html`<h2>${t.check}</h2>
<ul>${notes.map((each) => html`<li>${problemText(language, each)}</li>`)}</ul>
`
}<h2>${t.leadsTo}</h2>
<p>${leads} ${effect}</p>
${visit.form(`${at}/${id}`, html`<button>${t.send}</button> <a class="button second" href="${at}/${id}/endre">${t.change}</a>\n`)}`;
  return { title: t.confirmTitle, subjects: met, content };
}
