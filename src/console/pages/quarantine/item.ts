import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { nowOf, todayOf } from '../../../desk/organisationToday.ts';
import { type MendableFields, mendableFields, mendItem } from '../../../desk/quarantine/itemMending.ts';
import { discard, quarantineNamed, replay } from '../../../desk/quarantine/quarantine.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { type FormFault, faultOf, type Html, textField, worded } from '../../frame/fragments.ts';
import type { Done, Frame, Shown } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { QUARANTINE } from '../../text/quarantine.ts';
import { faultsOf, mendField, problemList, typedValues } from '../repair/repairFields.ts';

const AT = '/karantene/post/{id}' as const;
const ACTS = ['rett', 'spill', 'bort'] as const;
type Act = (typeof ACTS)[number];

/** One record in quarantine: what is wrong, and what an operator may do with it. */
export function quarantineItemPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'quarantine:read', path: AT, show: (visit) => itemPage(visit, parts) });
  frame.act({ access: 'quarantine:act', path: AT, perform: (visit, form) => act(visit, parts, form) });
}

async function act(visit: Visit, parts: ApiParts, form: FormBody): Promise<Done | Shown> {
  const { c, organisation, base, language } = visit;
  const t = QUARANTINE[language];
  const id = idIn(visit);
  const desk = deskFor(c, parts);
  const again = (faults: readonly FormFault[], subjects: Iterable<string> = []) =>
    itemPage(visit, parts, { faults, form, subjects });
  const name = ACTS.find((each) => each === form.text('hva'));
  if (name === undefined) return again([{ field: null, text: t.act }]);
  const reason = ReasonText.safeParse(form.text(`grunn-${name}`));
  if (!reason.success) return again([{ field: `grunn-${name}`, text: t.reasonWrong }]);
  const done = { to: `${base}/karantene/post/${id}`, subjects: [] as string[], item: `quarantine:${id}` };
  if (name !== 'rett') {
    await (name === 'spill' ? replay : discard)(desk, organisation, { id, reason: reason.data });
    return done;
  }
  const { fields } = await mendableFields(desk, organisation, id);
  const values = typedValues(form, fields);
  if (Object.keys(values).length === 0) return again([{ field: null, text: t.nothingTyped }]);
  const free = await c.get('slots').take();
  const { mended, met } = await mendItem(desk, organisation, {
    ...{ id, values, send: { reason: reason.data } },
  }).finally(free);
  if (mended.sent) return { ...done, subjects: [...met] };
  const faults = faultsOf(visit.language, mended.problems, fields);
  return again(faults.length > 0 ? faults : [{ field: null, ...worded(visit.language, mended.text) }], met);
}

interface Answered {
  faults?: readonly FormFault[];
  form?: FormBody;
  subjects?: Iterable<string>;
}

async function itemPage(visit: Visit, parts: ApiParts, answered: Answered = {}): Promise<Shown> {
  const { c, organisation, language, format, base } = visit;
  const { masked } = visit.permission;
  const t = QUARANTINE[language];
  const id = idIn(visit);
  const desk = deskFor(c, parts);
  const item = await quarantineNamed(desk, organisation, { id, masked });
  const { topic, partition, offset } = item.position;
  const fields = await mendableFields(desk, organisation, id);
  const acts =
    item.status !== 'open'
      ? html`<p class="notice">${t.settled}</p>\n`
      : visit.may('quarantine:act')
        ? html`${await mendPart(visit, parts, { id, fields, problems: item.problems }, answered)}${plainPart(visit, id, answered, { name: 'spill', title: t.replayOne, help: t.replayHelp, button: t.replayButton(1, '1') })}${plainPart(visit, id, answered, { name: 'bort', title: t.discardOne, help: t.discardOneHelp, button: t.discardButton(1, '1') })}`
        : html`<p>${t.readOnly}</p>\n`;
  const content = html`<p>${t.received}: ${format.moment(item.received)}, ${format.relative(item.received, await nowOf(parts, organisation))}</p>
<p>${
    item.receipt === null
      ? t.noReceipt
      : html`${t.receipt}: <a href="${base}/lister/${item.receipt}">${item.receipt.slice(0, 8)}</a>${item.row === null ? '' : `, ${t.row(String(item.row))}`}`
  }</p>
<p class="quiet-text">${t.place}: ${t.placeText(topic, String(partition), offset)}</p>
${problemList(language, item.problems)}${acts}<p><a href="${base}/karantene">${t.back}</a></p>
`;
  const { faults = [], subjects = [] } = answered;
  return { title: t.itemTitle, subjects, item: `quarantine:${id}`, content, faults };
}

async function mendPart(
  visit: Visit,
  parts: ApiParts,
  {
    id,
    fields: { fields, columns },
    problems,
  }: { id: string; fields: MendableFields; problems: Parameters<typeof problemList>[1] },
  { faults = [], form }: Answered,
): Promise<Html> {
  const { language, organisation } = visit;
  const t = QUARANTINE[language];
  if (fields.length === 0) return html`<h2>${t.mendOne}</h2>\n<p>${t.notMendable}</p>\n`;
  const values = form === undefined ? {} : typedValues(form, fields);
  const filled = { language, values, faults, today: await todayOf(parts, organisation) };
  return html`<h2>${t.mendOne}</h2>
<p>${t.mendOneHelp}</p>
${actForm(visit, id, 'rett', { faults, ...(form && { form }) }, { before: html`${fields.map((each) => mendField(each, { columns, problems }, filled))}`, button: t.mendOne })}`;
}

function plainPart(
  visit: Visit,
  id: string,
  answered: Answered,
  { name, title, help, button }: { name: Act; title: string; help: string; button: string },
): Html {
  return html`<h2>${title}</h2>
<p>${help}</p>
${actForm(visit, id, name, answered, { before: '', button })}`;
}

function actForm(
  visit: Visit,
  id: string,
  name: Act,
  { faults = [], form }: Answered,
  { before, button }: { before: Html | ''; button: string },
): Html {
  const reason = `grunn-${name}`;
  const { reason: label } = QUARANTINE[visit.language];
  return visit.form(
    `${visit.base}/karantene/post/${id}`,
    html`<input type="hidden" name="hva" value="${name}">
${before}${textField({ id: reason, label, value: form?.text(reason) ?? '', fault: faultOf(faults, reason) })}<button>${button}</button>
`,
  );
}
