import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { listOn, OT_LISTS, statusCodesOn } from '../../../core/codelists/otStatus.ts';
import { GROUNDS } from '../../../core/rules/ground.ts';
import type { IsoDate } from '../../../core/time/date.ts';
import { CHANNELS } from '../../../core/worklist/channel.ts';
import { WORKLIST_IDS } from '../../../core/worklist/worklistId.ts';
import { WORKLISTS } from '../../../core/worklist/worklists.ts';
import { ALERT_KINDS } from '../../../core/youth/youthEvent.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { alertTitle } from '../../../text/alertLines.ts';
import {
  type FormFault,
  faultOf,
  type Html,
  labelled,
  radioField,
  selectField,
  textField,
} from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { ACTS } from '../../text/adviserActs.ts';
import { BULK } from '../../text/bulk.ts';
import { CHANNEL_NAMES } from '../../text/codes.ts';
import { codeOptions } from '../codeOptions.ts';
import { FILTER_FIELDS, fieldsSaid, filterText, hidden, readFilter, type Said } from './asked.ts';

/** Whom it is about, and what is to be done: both by GET, for nothing happens and neither is about a person. */
export function choosePage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'bulk:read',
    path: '/samlet/ny',
    show: (visit) => chooseShown(visit, parts, []),
  });
}

/** @param faults of what was asked for in the address */
export async function chooseShown(
  visit: Visit,
  parts: ApiParts,
  faults: readonly FormFault[],
): Promise<Shown> {
  const { language } = visit;
  const t = BULK[language];
  const today = await todayOf(parts, visit.organisation);
  const filter = readFilter(visit.query, visit);
  // While the filter is wrong, the forms of the acts are not there.
  const all = filter.value === null ? filter.faults : faults;
  const content = html`<p class="lead">${t.newLead}</p>
<h2>${t.who}</h2>
${filterForm(visit, today, all)}${
  filter.value === null
    ? ''
    : html`<h2>${t.what}</h2>
<p>${t.forThese} <strong>${filterText(visit, filter.value, today)}</strong></p>
${contactForm(visit, today, all)}${acceptForm(visit, today, all)}`
}`;
  return { title: t.newTitle, subjects: [], content, faults: all };
}

function filterForm({ language, base, query }: Visit, today: IsoDate, faults: readonly FormFault[]): Html {
  const t = BULK[language];
  const field = (id: string, label: string) => ({ id, label, value: query(id), fault: faultOf(faults, id) });
  const groups = OT_LISTS.find(({ id }) => id === listOn(today))?.groups ?? [];
  const any = { value: '', label: t.all };
  return html`<form method="get" action="${base}/samlet/ny" class="filter">
${selectField({
  ...field('liste', t.list),
  options: WORKLIST_IDS.map((value) => ({ value, ...labelled(language, WORKLISTS[value].title) })),
})}${textField({ ...field('enhet', t.unit), hint: t.unitHint, inputmode: 'numeric' })}${selectField({
  ...field('slag', t.kind),
  options: [any, ...ALERT_KINDS.map((value) => ({ value, ...labelled(language, alertTitle(value)) }))],
})}${selectField({
  ...field('gruppe', t.group),
  options: [any, ...groups.map(({ group, text }) => ({ value: String(group), ...labelled(language, text) }))],
})}${textField({ ...field('frist', t.deadline), hint: t.deadlineHint })}<button class="second">${t.use}</button>
</form>
`;
}

/** The form of an act: what was typed stays. @param name before the names of its fields */
function actForm(
  { base, query }: Visit,
  { name, content, button }: { name: string; content: Html; button: string },
): Html {
  return html`<form method="get" action="${base}/samlet/se" novalidate>
${hidden(fieldsSaid(query, FILTER_FIELDS))}<input type="hidden" name="hva" value="${name}">
${content}<button class="second">${button}</button>
</form>
`;
}

/** Of the form with the name: in an address its fields have the name before them, so that no two on the page are alike. */
function fieldsOf({ query }: Visit, name: string, faults: readonly FormFault[]) {
  return (own: string, label: string, before = '') => {
    const id = `${name}-${own}`;
    return { id, label, value: query(id) || before, fault: faultOf(faults, id) };
  };
}

function contactForm(visit: Visit, today: IsoDate, faults: readonly FormFault[]): Html {
  const { language, format } = visit;
  const t = BULK[language];
  const field = fieldsOf(visit, 'kontakt', faults);
  return html`<h3>${t.contact}</h3>
<p>${t.contactHelp}</p>
${actForm(visit, {
  ...{ name: 'kontakt', button: t.see },
  content: html`${selectField({
    ...field('kanal', ACTS[language].channel, 'BREV'),
    options: CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[language][value] })),
  })}${textField({ ...field('dato', ACTS[language].date, format.date(today)), hint: ACTS[language].dateHint, required: true })}`,
})}`;
}

function acceptForm(visit: Visit, today: IsoDate, faults: readonly FormFault[]): Html {
  const { language, format } = visit;
  const t = BULK[language];
  const a = ACTS[language];
  const field = fieldsOf(visit, 'forslag', faults);
  return html`<h3>${t.accept}</h3>
<p>${t.acceptHelp}</p>
${actForm(visit, {
  ...{ name: 'forslag', button: t.see },
  content: html`${selectField({
    ...field('kode', t.code),
    options: [{ value: '', label: t.proposed }, ...codeOptions(language, statusCodesOn(today), today)],
  })}${radioField({
    ...field('viaOT', a.viaOt),
    options: [
      { value: 'JA', label: a.yes },
      { value: 'NEI', label: a.no },
      { value: '', label: a.notAsked },
    ],
  })}${selectField({
    ...field('grunnlag', a.ground),
    options: [
      { value: '', label: a.notStated },
      ...Object.entries(GROUNDS).map(([value, { text }]) => ({ value, ...labelled(language, text) })),
    ],
  })}${textField({ ...field('dato', a.date, format.date(today)), hint: a.dateHint, required: true })}`,
})}`;
}

/** The fields of the act by their own names: as the form on the page names them, or as the next form hides them. */
export function actSaid(said: Said): Said {
  return (name) => (name === 'hva' ? said('hva') : said(`${said('hva')}-${name}`) || said(name));
}
