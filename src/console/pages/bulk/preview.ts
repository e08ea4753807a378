import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { noteBulk } from '../../../api/routes/bulkJobs.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { type BulkAsked, type BulkPreview, makeBulk, previewBulk } from '../../../desk/bulk/bulk.ts';
import type { WhyCount } from '../../../desk/bulk/bulkView.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import { BULK_WHY } from '../../../text/bulkWhy.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { bokmal, type FormFault, faultOf, type Html, table, textField } from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { BULK, BULK_EFFECTS } from '../../text/bulk.ts';
import {
  ACT_FIELDS,
  actText,
  FILTER_FIELDS,
  fieldsSaid,
  filterText,
  hidden,
  readAct,
  readFilter,
  type Said,
} from './asked.ts';
import { actSaid, chooseShown } from './choose.ts';

/** What the act would be about and lead to; and the job, made as it was shown. */
export function previewPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'bulk:read',
    path: '/samlet/se',
    async show(visit) {
      const asked = askedBy(visit, visit.query);
      if ('faults' in asked) return chooseShown(visit, parts, asked.faults);
      return shown(visit, parts, { asked, said: visit.query });
    },
  });
  frame.act({
    access: 'bulk:act',
    path: '/samlet',
    on: '/samlet/se',
    perform: (visit, form) => make(visit, parts, form),
  });
}

function askedBy(visit: Visit, said: Said): BulkAsked | { faults: FormFault[] } {
  const filter = readFilter(said, visit);
  const act = readAct(actSaid(said), visit);
  if (filter.value === null || act.value === null) return { faults: [...filter.faults, ...act.faults] };
  return { filter: filter.value, act: act.value };
}

async function make(visit: Visit, parts: ApiParts, form: FormBody): Promise<Done | Shown> {
  const { c, base, organisation, language } = visit;
  const t = BULK[language];
  const asked = askedBy(visit, form.text);
  if ('faults' in asked) return chooseShown(visit, parts, asked.faults);
  const reason = ReasonText.safeParse(form.text('begrunnelse'));
  const again = (text: string, field: string | null) =>
    shown(visit, parts, { asked, said: form.text, faults: [{ field, text }] });
  if (!reason.success) return again(t.reasonWrong, 'begrunnelse');
  const counted = form.text('antall');
  const free = await c.get('slots').take();
  try {
    const job = await makeBulk(deskFor(c, parts), organisation, {
      ...{ ...asked, principal: c.get('principal'), reason: reason.data, position: form.text('posisjon') },
      shown: /^\d{1,7}$/.test(counted) ? Number(counted) : 0,
    });
    noteBulk(c, job);
    return { to: `${base}/samlet/${job.id}`, subjects: [] };
  } catch (error) {
    if (!(error instanceof DeskRefusal)) throw error;
    if (error.code === 'NOTHING_TO_SEND') return again(t.nobody, null);
    if (error.code === 'BULK_BEHIND') return again(t.behind, null);
    throw error;
  } finally {
    free();
  }
}

interface Asking {
  asked: BulkAsked;
  said: Said;
  faults?: readonly FormFault[];
}

async function shown(visit: Visit, parts: ApiParts, { asked, said, faults = [] }: Asking): Promise<Shown> {
  const { c, organisation, language, format, base } = visit;
  const t = BULK[language];
  const today = await todayOf(parts, organisation);
  // Few at a time: it goes through the whole list.
  const free = await c.get('slots').take();
  const making = previewBulk(deskFor(c, parts), organisation, { ...asked, principal: c.get('principal') });
  const seen = await making.finally(free);
  const { listed, youths, behind, leftFor } = seen;
  const fields = [...fieldsSaid(said, FILTER_FIELDS), ...fieldsSaid(actSaid(said), ACT_FIELDS)];
  const content = html`<p class="lead">${actText(visit, asked.act, today)}</p>
<p>${filterText(visit, asked.filter, today)}. ${t.listed(listed, format.number(listed))}</p>
<p><strong>${t.youths(youths, format.number(youths))}</strong> ${t.asOf(format.moment(seen.asOf))}</p>
${behind ? html`<p class="notice">${t.behind}</p>\n` : ''}${whyTable(visit, t.notAble, leftFor)}${youths === 0 ? html`<p>${t.nobody}</p>\n` : html`${sample(visit, seen)}${effects(visit, seen)}${behind ? '' : makeForm(visit, { seen, said, faults, fields })}`}<p><a href="${base}/samlet/ny?${new URLSearchParams(fieldsSaid(said, FILTER_FIELDS))}">${t.another}</a></p>
`;
  return {
    ...{ title: t.seeTitle, content, faults, subjects: seen.sample.map(({ ref }) => ref) },
    item: `worklist:${asked.filter.list} youths:${youths}`,
  };
}

/** How many, why, and what to do; nothing where there are none. */
export function whyTable(
  { language, format }: Visit,
  caption: string,
  counts: readonly WhyCount[],
): Html | '' {
  if (counts.length === 0) return '';
  const t = BULK[language];
  return table(
    caption,
    [{ heading: t.why }, { heading: t.count, numeric: true }, { heading: t.cure }],
    counts.map(({ why, count }) => {
      const { text, cure } = BULK_WHY[language][why];
      return [text, format.number(count), cure];
    }),
  );
}

/** As in the worklist: a reference, and nothing of the person. What they are there for is said once where it is the same. */
function sample({ language, format, base }: Visit, { sample: youths }: BulkPreview): Html {
  const t = BULK[language];
  const why = youths.map(({ kind, reason }) => (kind === null ? (reason ?? '–') : alertTitle(kind)));
  const once = new Set(why).size === 1;
  const codes = youths.some(({ code }) => code !== null);
  const headings = [t.youth, ...(once ? [] : [t.why]), ...(codes ? [t.status] : []), t.due, t.owner];
  const rows = youths.map(({ ref, code, deadline, owner }, at) => [
    html`<a href="${base}/ungdom/${ref}">${t.youth} ${ref.slice(0, 8)}</a>`,
    ...(once ? [] : [bokmal(language, why[at] ?? '–')]),
    ...(codes ? [code ?? '–'] : []),
    deadline === null ? t.none : format.date(deadline),
    owner,
  ]);
  return html`${once ? html`<p>${bokmal(language, why[0] ?? '–')}</p>\n` : ''}${table(
    t.sample,
    headings.map((heading) => ({ heading })),
    rows,
  )}`;
}

function effects(visit: Visit, { consequence, youths }: BulkPreview): Html {
  const { language, format } = visit;
  const t = BULK[language];
  const words = BULK_EFFECTS[language];
  const { tried, accepted, unchanged, refused, numberless } = consequence;
  const rows: [string | Html, number][] = [
    [t.accepted, accepted],
    ...consequence.effects.map(({ what, kind, count }): [string | Html, number] => [
      kind === null ? words[what] : html`${words[what]}: ${bokmal(language, alertTitle(kind))}`,
      count,
    ]),
    [t.unchanged, unchanged],
    ...refused.map(({ text, cure, count }): [string | Html, number] => [
      bokmal(language, t.refusedRow(`${text} ${cure}`)),
      count,
    ]),
    [t.numberless, numberless],
  ];
  return html`<h2>${t.effects}</h2>
<p>${tried === youths ? t.triedAll : t.triedSome(format.number(tried))}</p>
${table(
  t.effectsCounted,
  [{ heading: t.effect }, { heading: t.count, numeric: true }],
  rows.filter(([, count]) => count > 0).map(([text, count]) => [text, format.number(count)]),
)}`;
}

function makeForm(
  visit: Visit,
  {
    seen: { youths, position },
    said,
    faults,
    fields,
  }: { seen: BulkPreview; fields: [string, string][] } & Required<Pick<Asking, 'said' | 'faults'>>,
): Html | '' {
  const { language, format, base } = visit;
  if (!visit.may('bulk:act')) return '';
  const t = BULK[language];
  const kept: [string, string][] = [...fields, ['posisjon', position], ['antall', String(youths)]];
  return html`<h2>${t.makeTitle}</h2>
<p>${t.makeHelp}</p>
${visit.form(
  `${base}/samlet`,
  html`${hidden(kept)}${textField({
    ...{ id: 'begrunnelse', label: t.reason, hint: t.reasonHint, required: true },
    ...{ value: said('begrunnelse'), fault: faultOf(faults, 'begrunnelse') },
  })}<button>${t.make(youths, format.number(youths))}</button>
`,
)}`;
}

/** What a job is, for its own page and the list of jobs. */
export function whatText(
  visit: Visit,
  { act, filter }: BulkAsked,
  today: IsoDate,
): { what: Html; whom: Html } {
  return { what: actText(visit, act, today), whom: filterText(visit, filter, today) };
}
