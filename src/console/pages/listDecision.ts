import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { ReasonText } from '../../api/routes/reason.ts';
import { actOnList, listNamed } from '../../desk/lists/lists.ts';
import type { ListView } from '../../desk/lists/listView.ts';
import { LIST_NAMES, listKind } from '../../text/names.ts';
import {
  bokmal,
  type FormFault,
  faultOf,
  type Html,
  radioField,
  table,
  textField,
} from '../frame/fragments.ts';
import type { Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { LIST_ACTS } from '../text/flow.ts';

const PATH = '/flyt/liste/{list}/{run}';
const ACTS = ['confirm', 'conclude', 'drop'] as const;
type ListAct = (typeof ACTS)[number];

/** A list that came, and what a person decides about it. */
export function listDecisionPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'list:read',
    path: PATH,
    show: async (visit) => pageOf(visit, await named(visit), []),
  });
  frame.act({
    access: 'list:act',
    path: PATH,
    async perform(visit, form) {
      const { c, organisation, language } = visit;
      const t = LIST_ACTS[language];
      const act = ACTS.find((each) => each === form.text('hva'));
      const reason = ReasonText.safeParse(form.text('begrunnelse'));
      const faults = [
        ...(act === undefined ? [{ field: 'hva', text: t.howMissing }] : []),
        ...(reason.success ? [] : [{ field: 'begrunnelse', text: t.reasonMissing }]),
      ];
      if (act === undefined || !reason.success)
        return pageOf(visit, await named(visit), faults, { act, reason: form.text('begrunnelse') });
      const decision = { act, reason: reason.data, who: c.get('principal').name };
      const name = { list: visit.param('list'), run: visit.param('run') };
      await actOnList(deskFor(c, parts), organisation, name, decision);
      return { to: `${visit.base}${listPath(name.list, name.run)}`, subjects: [] };
    },
  });

  function named({ c, organisation, param }: Visit): Promise<ListView> {
    return listNamed(deskFor(c, parts), organisation, { list: param('list'), run: param('run') });
  }
}

/** Below `/k/<org>`. */
export function listPath(list: string, run: string): string {
  return `/flyt/liste/${encodeURIComponent(list)}/${encodeURIComponent(run)}`;
}

function pageOf(
  visit: Visit,
  list: ListView,
  faults: readonly FormFault[],
  typed: { act?: ListAct | undefined; reason?: string } = {},
): Shown {
  const { language, format, base } = visit;
  const t = LIST_ACTS[language];
  const { kind, school } = listKind(list.list);
  const { announced, completed } = list;
  const facts: [string, string][] = [
    [t.opened, format.moment(list.opened)],
    [t.completed, completed === null ? t.notCompleted : format.moment(completed)],
    [t.announced, announced === null ? t.notSaid : format.number(announced)],
    [t.seen, format.number(list.seen)],
    [t.bad, format.number(list.bad)],
  ];
  const content = html`<p><strong>${LIST_NAMES[language][kind]}${school === null ? '' : `, ${school}`}</strong></p>
<p>${bokmal(language, list.text)}</p>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
${decisionSection(visit, list, faults, typed)}${decidedSection(visit, list)}<p><a href="${base}/flyt">${t.back}</a></p>
`;
  return { title: t.title, subjects: [], content, faults };
}

function decisionSection(
  visit: Visit,
  list: ListView,
  faults: readonly FormFault[],
  { act = '' as const, reason = '' }: { act?: ListAct | '' | undefined; reason?: string },
): Html {
  const { language, base, may } = visit;
  const t = LIST_ACTS[language];
  const { allows: allowed } = list;
  if (allowed.length === 0) return html`<p>${t.nothingToDecide}</p>\n`;
  if (!may('list:act')) return html`<p>${t.mayNot}</p>\n`;
  return html`<h2>${t.decide}</h2>
${visit.form(
  `${base}${listPath(list.list, list.run)}`,
  html`${radioField({
    ...{ id: 'hva', label: t.how, value: act, fault: faultOf(faults, 'hva') },
    options: allowed.map((value) => ({ value, label: t[value] })),
  })}${textField({
    ...{ id: 'begrunnelse', label: t.reason, hint: t.reasonHint, value: reason, required: true },
    fault: faultOf(faults, 'begrunnelse'),
  })}<button>${t.send}</button>
`,
)}`;
}

function decidedSection({ language, format }: Visit, { acts }: ListView): Html | '' {
  if (acts.length === 0) return '';
  const t = LIST_ACTS[language];
  return table(
    t.decided,
    [t.when, t.who, t.act, t.reason].map((heading) => ({ heading })),
    acts.map(({ act, who, reason, recorded }) => [format.moment(recorded), who, t[act], reason]),
  );
}
