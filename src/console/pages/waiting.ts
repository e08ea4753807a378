import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { ReasonText } from '../../api/routes/reason.ts';
import { personRef } from '../../core/person/reference.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { releaseParked } from '../../desk/quarantine/parked.ts';
import { type WaitingGroup, waitingGroups } from '../../desk/quarantine/waiting.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import type { FormBody } from '../frame/formBody.ts';
import { type FormFault, faultOf, type Html, selectField, table, textField } from '../frame/fragments.ts';
import type { Done, Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { QUARANTINE } from '../text/quarantine.ts';
import { feedName } from './quarantine/overview.ts';

const AT = '/ventende' as const;
const ALL = 'alle';
/** Youths of a group that are named; those who have waited longest. */
const MOST_SHOWN = 50;

/** Who waits because an earlier record about them stopped, by where it stopped; and letting them go on. */
export function waitingPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'quarantine:read', path: AT, show: (visit) => waitingPage(visit, parts) });
  frame.act({ access: 'quarantine:act', path: AT, perform: (visit, form) => release(visit, parts, form) });
}

async function release(visit: Visit, parts: ApiParts, form: FormBody): Promise<Done | Shown> {
  const { c, organisation, base, language } = visit;
  const t = QUARANTINE[language];
  const desk = deskFor(c, parts);
  const groups = await waitingGroups(desk, organisation);
  const at = Number(form.text('gruppe'));
  const group = groups.find((each, index) => index === at && (each.feed ?? '') === form.text('strom'));
  const whom = form.text(`hvem-${at}`);
  const reason = ReasonText.safeParse(form.text(`grunn-${at}`));
  const chosen = group?.persons.filter(({ ref }) => whom === ALL || whom === ref) ?? [];
  const faults: FormFault[] = [
    ...(chosen.length === 0 ? [{ field: `hvem-${at}`, text: t.chooseWhom }] : []),
    ...(reason.success ? [] : [{ field: `grunn-${at}`, text: t.reasonWrong }]),
  ];
  if (!reason.success || faults.length > 0) return waitingPage(visit, parts, { faults, form });
  const released: string[] = [];
  for (const { ref } of chosen) {
    try {
      await releaseParked(desk, organisation, { ref: personRef(ref), reason: reason.data });
      released.push(ref);
    } catch (error) {
      // Another has let the youth go on meanwhile.
      if (!(error instanceof DeskRefusal) || error.code !== 'NOTHING_PARKED') throw error;
    }
  }
  return { to: `${base}/ventende?sluppet=1`, subjects: released };
}

async function waitingPage(
  visited: Visit,
  parts: ApiParts,
  { faults = [], form }: { faults?: readonly FormFault[]; form?: FormBody } = {},
): Promise<Shown> {
  const visit = { ...visited, now: await nowOf(parts, visited.organisation) };
  const { c, organisation, language, base, query } = visit;
  const t = QUARANTINE[language];
  const groups = await waitingGroups(deskFor(c, parts), organisation);
  const content =
    groups.length === 0
      ? html`<p>${t.nobodyWaits}</p>\n`
      : html`<p>${t.waitingIntro}</p>
${groups.map((group, at) => groupPart(visit, group, at, { faults, form }))}`;
  return {
    title: t.waitingTitle,
    subjects: groups.flatMap(({ persons }) => persons.map(({ ref }) => ref)),
    content: html`${content}<p><a href="${base}/karantene">${t.back}</a></p>\n`,
    ...(query('sluppet') === '1' ? { notice: t.released } : {}),
    faults,
  };
}

function groupPart(
  visit: Visit,
  group: WaitingGroup,
  at: number,
  { faults, form }: { faults: readonly FormFault[]; form: FormBody | undefined },
): Html {
  const { language, format, base, now } = visit;
  const t = QUARANTINE[language];
  const { persons, records } = group;
  const shown = persons.slice(0, MOST_SHOWN);
  const more = persons.length - shown.length;
  const [whom, reason] = [`hvem-${at}`, `grunn-${at}`];
  const title = t.stoppedIn(feedName(visit, group.feed));
  const acts = visit.may('quarantine:act')
    ? html`<p>${t.releaseHelp}</p>
${visit.form(
  `${base}/ventende`,
  html`<input type="hidden" name="gruppe" value="${String(at)}">
<input type="hidden" name="strom" value="${group.feed ?? ''}">
${selectField({
  ...{ id: whom, label: t.releaseWhom, value: form?.text(whom) ?? '', fault: faultOf(faults, whom) },
  options: [
    { value: '', label: '–' },
    { value: ALL, label: t.releaseAll(format.number(persons.length)) },
    ...shown.map(({ ref }) => ({ value: ref, label: ref.slice(0, 8) })),
  ],
})}${textField({
  ...{ id: reason, label: t.reason, value: form?.text(reason) ?? '', fault: faultOf(faults, reason) },
})}<button>${t.release}</button>
`,
)}`
    : html`<p>${t.readOnly}</p>\n`;
  return html`<h2>${title}</h2>
<p>${t.counts(format.number(persons.length), format.number(records))}</p>
${table(
  title,
  [{ heading: t.youth }, { heading: t.records, numeric: true }, { heading: t.since }],
  shown.map(({ ref, records: of, since }) => [
    ref.slice(0, 8),
    format.number(of),
    html`${format.moment(since)}<br><span class="quiet-text">${format.relative(since, now)}</span>`,
  ]),
)}${more === 0 ? '' : html`<p>${t.andMore(format.number(more))}</p>\n`}${acts}`;
}
