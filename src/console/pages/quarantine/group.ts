import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { NewCode } from '../../../api/schema/quarantineGroupSchema.ts';
import { parseInstant } from '../../../core/time/date.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { beginBulk, type GroupAct } from '../../../desk/quarantine/bulk.ts';
import { type GroupView, groupNamed } from '../../../desk/quarantine/groups.ts';
import { mendableFields } from '../../../desk/quarantine/itemMending.ts';
import { quarantinePage } from '../../../desk/quarantine/quarantine.ts';
import type { QuarantineView } from '../../../desk/quarantine/quarantineView.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { problemIn } from '../../../text/nynorsk.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { type FormFault, faultOf, type Html, table, textField, worded } from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { QUARANTINE } from '../../text/quarantine.ts';
import { fieldId, formField, saidPlain } from '../report/fields.ts';
import { feedName, fieldOf, wrongIn } from './overview.ts';

const AT = '/karantene/gruppe/{group}' as const;
/** Of a group, shown before anything is done with all of it. */
const SAMPLE = 10;
const ACTS = { rett: 'mend', spill: 'replay', bort: 'discard' } as const;

/** One kind of what is wrong: how many, some of them, and the same act for all. */
export function quarantineGroupPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'quarantine:read', path: AT, show: (visit) => groupPage(visit, parts) });
  frame.act({
    access: 'quarantine:act',
    path: AT,
    perform: (visit, form) => act(visit, parts, form),
  });
}

async function act(visit: Visit, parts: ApiParts, form: FormBody): Promise<Done | Shown> {
  const { c, organisation, base, language } = visit;
  const t = QUARANTINE[language];
  const group = idIn(visit, 'group');
  const name = (Object.keys(ACTS) as (keyof typeof ACTS)[]).find((each) => each === form.text('hva'));
  const again = (faults: readonly FormFault[]) => groupPage(visit, parts, { faults, form });
  if (name === undefined) return again([{ field: null, text: t.act }]);
  const reason = ReasonText.safeParse(form.text(`grunn-${name}`));
  const value = form.text(form.text('felt'));
  const faults: FormFault[] = [
    ...(name === 'rett' && !NewCode.safeParse(value).success
      ? [{ field: form.text('felt'), text: t.valueMissing }]
      : []),
    ...(reason.success ? [] : [{ field: `grunn-${name}`, text: t.reasonWrong }]),
  ];
  if (!reason.success || faults.length > 0) return again(faults);
  const doing: GroupAct = name === 'rett' ? { act: 'mend', value } : { act: ACTS[name] };
  const items = Number(form.text('antall'));
  const upTo = parseInstant(form.text('til'));
  try {
    const begun = await beginBulk(deskFor(c, parts), organisation, {
      ...{ group, act: doing, items, upTo, reason: reason.data, principal: c.get('principal') },
    });
    return { to: `${base}/karantene/arbeid/${begun.id}`, subjects: [], item: `quarantine-group:${group}` };
  } catch (error) {
    if (!(error instanceof DeskRefusal) || error.code !== 'GROUP_CHANGED') throw error;
    return again([{ field: null, ...worded(visit.language, error.message) }]);
  }
}

interface Answered {
  faults?: readonly FormFault[];
  form?: FormBody;
}

async function groupPage(visit: Visit, api: ApiParts, answered: Answered = {}): Promise<Shown> {
  const { c, organisation, language, format, base } = visit;
  const { masked } = visit.permission;
  const t = QUARANTINE[language];
  const desk = deskFor(c, api);
  const group = idIn(visit, 'group');
  const { view, kind } = await groupNamed(desk, organisation, { id: group, masked });
  const { items } = await quarantinePage(desk, organisation, {
    ...{ status: 'open', limit: SAMPLE, masked, alike: kind },
  });
  const field = view.alike ? await fieldFor(visit, api, { view, items }, answered) : null;
  const acts = visit.may('quarantine:act')
    ? html`${field === null ? '' : actForm(visit, view, answered, { name: 'rett', field })}${actForm(visit, view, answered, { name: 'spill' })}${actForm(visit, view, answered, { name: 'bort' })}`
    : html`<p>${t.readOnly}</p>\n`;
  const content = html`<p><strong>${wrongIn(visit, view)}</strong>${fieldOf(visit, view)}</p>
<p>${feedName(visit, view.feed)}. ${t.count(view.items, format.number(view.items))}</p>
<h2>${t.sample(items.length)}</h2>
${itemTable(visit, items)}${acts}<p><a href="${base}/karantene">${t.back}</a></p>
`;
  const { faults = [] } = answered;
  return { title: t.groupTitle, subjects: [], item: `quarantine-group:${group}`, content, faults };
}

function itemTable({ language, format, base }: Visit, items: readonly QuarantineView[]): Html {
  const t = QUARANTINE[language];
  return table(
    t.sample(items.length),
    [t.received, t.receipt, t.wrong, t.act].map((heading) => ({ heading })),
    items.map(({ id, received, receipt, row, problems }) => [
      format.moment(received),
      receipt === null
        ? t.noReceipt
        : html`<a href="${base}/lister/${receipt}">${receipt.slice(0, 8)}</a>${row === null ? '' : `, ${t.row(String(row))}`}`,
      problems.map((each) => problemIn(language, each).text).join(' '),
      html`<a href="${base}/karantene/post/${id}">${t.openItem} ${id.slice(0, 8)}</a>`,
    ]),
  );
}

/** What is right instead of the unknown code; null when it cannot be mended here. */
async function fieldFor(
  { c, organisation, language }: Visit,
  api: ApiParts,
  { view, items }: { view: GroupView; items: readonly QuarantineView[] },
  { faults = [], form }: Answered,
): Promise<{ id: string; control: Html } | null> {
  const [first] = items;
  if (first === undefined) return null;
  const { fields, columns } = await mendableFields(deskFor(c, api), organisation, first.id);
  if (!fields.some(({ field }) => field === view.field)) return null;
  const t = QUARANTINE[language];
  const id = fieldId(view.field);
  const column = columns.find(({ field }) => field === view.field);
  const typed = { [view.field]: form?.text(id) ?? '' };
  const today = await todayOf(api, organisation);
  const control =
    column === undefined
      ? textField({
          id,
          label: t.newValue(view.field),
          value: typed[view.field] ?? '',
          fault: faultOf(faults, id),
        })
      : formField(
          { ...column, heading: t.newValue(saidPlain(language, column.heading)) },
          { language, typed, faults, today },
        );
  return { id, control };
}

function actForm(
  visit: Visit,
  { id, items, newest }: GroupView,
  { faults = [], form }: Answered,
  { name, field }: { name: keyof typeof ACTS; field?: { id: string; control: Html } },
): Html {
  const { language, format, base } = visit;
  const t = QUARANTINE[language];
  const words = {
    rett: [t.mendAll, t.mendAllHelp, t.mendButton],
    spill: [t.replayAll, t.replayHelp, t.replayButton],
    bort: [t.discardAll, t.discardHelp, t.discardButton],
  } as const;
  const [title, help, button] = words[name];
  const reason = `grunn-${name}`;
  return html`<h2>${title}</h2>
<p>${help}</p>
${visit.form(
  `${base}/karantene/gruppe/${id}`,
  html`<input type="hidden" name="hva" value="${name}">
<input type="hidden" name="antall" value="${String(items)}">
<input type="hidden" name="til" value="${newest}">
${field === undefined ? '' : html`<input type="hidden" name="felt" value="${field.id}">\n${field.control}`}${textField(
  {
    ...{ id: reason, label: t.reason, value: form?.text(reason) ?? '', fault: faultOf(faults, reason) },
  },
)}<button>${button(items, format.number(items))}</button>
`,
)}`;
}
