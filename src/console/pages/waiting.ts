import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { ReasonText } from '../../api/routes/reason.ts';
import { personRef } from '../../core/person/reference.ts';
import { FEEDS, type Feed } from '../../core/youth/statusEvent.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { beginRelease } from '../../desk/quarantine/bulk.ts';
import { releaseParked } from '../../desk/quarantine/parked.ts';
import { readWaitingCursor, type WaitingGroup, waitingGroups } from '../../desk/quarantine/waiting.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import type { FormBody } from '../frame/formBody.ts';
import { type FormFault, faultOf, type Html, selectField, table, textField } from '../frame/fragments.ts';
import type { Done, Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { QUARANTINE } from '../text/quarantine.ts';
import { feedName, LINES_OF_PAGE, pageLinks } from './quarantine/overview.ts';

const AT = '/ventende' as const;
const ALL = 'alle';
/** Those who wait by a topic that no feed has any more. */
const UNKNOWN = 'ukjent';

interface Answered {
  faults: readonly FormFault[];
  form: FormBody | undefined;
  /** Of the page that is shown; undefined: the first. */
  after: string | undefined;
}

/** Who waits because an earlier record about them stopped, by where it stopped; and letting them go on. */
export function waitingPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'quarantine:read', path: AT, show: (visit) => waitingPage(visit, parts) });
  frame.act({ access: 'quarantine:act', path: AT, perform: (visit, form) => release(visit, parts, form) });
}

async function release(visit: Visit, parts: ApiParts, form: FormBody): Promise<Done | Shown> {
  const { c, organisation, base, language } = visit;
  const t = QUARANTINE[language];
  const desk = deskFor(c, parts);
  const id = form.text('strom');
  const feed = feedIn(id);
  const one = feed === undefined ? undefined : { feed, after: cursorIn(form.text('etter')) };
  const [group] =
    one === undefined ? [] : await waitingGroups(desk, organisation, { one, limit: LINES_OF_PAGE });
  const whom = form.text(`hvem-${id}`);
  const reason = ReasonText.safeParse(form.text(`grunn-${id}`));
  const chosen = group?.persons.find(({ ref }) => whom === ref);
  const faults: FormFault[] = [
    ...(group === undefined || (chosen === undefined && whom !== ALL)
      ? [{ field: `hvem-${id}`, text: t.chooseWhom }]
      : []),
    ...(reason.success ? [] : [{ field: `grunn-${id}`, text: t.reasonWrong }]),
  ];
  if (!reason.success || faults.length > 0) return waitingPage(visit, parts, { faults, form });
  if (chosen === undefined) {
    const begun = await beginRelease(desk, organisation, {
      ...{ feed: group?.feed ?? null, reason: reason.data, principal: c.get('principal') },
    });
    return { to: `${base}/karantene/arbeid/${begun.view.id}`, subjects: begun.persons };
  }
  const ref = personRef(chosen.ref);
  try {
    await releaseParked(desk, organisation, { ref, reason: reason.data });
  } catch (error) {
    // Another has let the youth go on meanwhile.
    if (!(error instanceof DeskRefusal) || error.code !== 'NOTHING_PARKED') throw error;
    return { to: `${base}/ventende?sluppet=1`, subjects: [] };
  }
  return { to: `${base}/ventende?sluppet=1`, subjects: [ref] };
}

/** Undefined: not the name of one in an address. */
function feedIn(text: string): Feed | null | undefined {
  return text === UNKNOWN ? null : FEEDS.find((feed) => feed === text);
}

function cursorIn(text: string): string | undefined {
  return readWaitingCursor(text) === undefined ? undefined : text;
}

async function waitingPage(
  visited: Visit,
  parts: ApiParts,
  { faults = [], form }: { faults?: readonly FormFault[]; form?: FormBody } = {},
): Promise<Shown> {
  const visit = { ...visited, now: await nowOf(parts, visited.organisation) };
  const { c, organisation, language, base, query } = visit;
  const t = QUARANTINE[language];
  const asked = feedIn(form?.text('strom') ?? query('strom'));
  const after = cursorIn(form?.text('etter') ?? query('etter'));
  const one = asked === undefined ? undefined : { feed: asked, after };
  const desk = deskFor(c, parts);
  const found = await waitingGroups(desk, organisation, { one, limit: LINES_OF_PAGE });
  // When all of the one that was asked for have gone on, the others are shown.
  const alone = one !== undefined && found.length > 0;
  const groups =
    alone || one === undefined ? found : await waitingGroups(desk, organisation, { limit: LINES_OF_PAGE });
  const shown = { faults, form, after: one?.after };
  const content =
    groups.length === 0
      ? html`<p>${t.nobodyWaits}</p>\n`
      : html`<p>${t.waitingIntro}</p>
${groups.map((group) => groupPart(visit, group, shown))}`;
  return {
    title: t.waitingTitle,
    subjects: groups.flatMap(({ persons }) => persons.map(({ ref }) => ref)),
    content: html`${content}${alone ? html`<p class="no-print"><a href="${base}/ventende">${t.allWaiting}</a></p>\n` : ''}<p><a href="${base}/karantene">${t.back}</a></p>\n`,
    ...(query('sluppet') === '1' ? { notice: t.released } : {}),
    faults,
  };
}

function groupPart(visit: Visit, group: WaitingGroup, { faults, form, after }: Answered): Html {
  const { language, format, base, now } = visit;
  const t = QUARANTINE[language];
  const { persons, records, count, next } = group;
  const id = group.feed ?? UNKNOWN;
  const [whom, reason] = [`hvem-${id}`, `grunn-${id}`];
  const title = t.stoppedIn(feedName(visit, group.feed));
  const acts = visit.may('quarantine:act')
    ? html`<p>${t.releaseHelp}</p>
${visit.form(
  `${base}/ventende`,
  html`<input type="hidden" name="strom" value="${id}">
${after === undefined ? '' : html`<input type="hidden" name="etter" value="${after}">\n`}${selectField({
  ...{ id: whom, label: t.releaseWhom, value: form?.text(whom) ?? '', fault: faultOf(faults, whom) },
  options: [
    { value: '', label: '–' },
    { value: ALL, label: t.releaseAll(format.number(count)) },
    ...persons.map(({ ref }) => ({ value: ref, label: ref.slice(0, 8) })),
  ],
})}${textField({
  ...{ id: reason, label: t.reason, value: form?.text(reason) ?? '', fault: faultOf(faults, reason) },
})}<button>${t.release}</button>
`,
)}`
    : html`<p>${t.readOnly}</p>\n`;
  return html`<h2>${title}</h2>
<p>${t.counts(format.number(count), format.number(records))}</p>
${table(
  title,
  [{ heading: t.youth }, { heading: t.records, numeric: true }, { heading: t.since }],
  persons.map(({ ref, records: of, since }) => [
    ref.slice(0, 8),
    format.number(of),
    html`${format.moment(since)}<small>${format.relative(since, now)}</small>`,
  ]),
)}${pageLinks(visit, `${base}/ventende?strom=${id}`, { after, next })}${acts}`;
}
