import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { LogNote } from '../../../api/routes/logControls.ts';
import { LOG_FINDINGS } from '../../../core/audit/logControl.ts';
import { daysAfter } from '../../../core/time/calendar.ts';
import { type IsoDate, parseDate } from '../../../core/time/date.ts';
import {
  type LogLineView,
  type LogWeekUse,
  logLinesOf,
  logOfWeek,
  signLog,
} from '../../../desk/audit/logControl.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { LOG_PARTS, type LogPart } from '../../../store/logPort.ts';
import {
  type FormFault,
  faultOf,
  type Html,
  radioField,
  table,
  textField,
  worded,
} from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { PRIVACY } from '../../text/privacy.ts';
import { capacityText, doneCell, outcomeText, purposeText, technicalNames } from '../logWords.ts';

const ROWS = 50;
const ON = '/personvern/logg/{uke}';

/** What a person has typed in the form of the control. */
interface Typed {
  found: string;
  note: string;
  faults: readonly FormFault[];
}

const NOTHING: Typed = { found: '', note: '', faults: [] };
const SAID_ON_PAGE: ReadonlySet<string> = new Set(['LOG_WEEK_RUNNING', 'LOG_WEEK_SIGNED']);

/** Who has read and acted in a week, and the control of it. */
export function logWeekPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'log:read', path: ON, show: (visit) => shown(visit, NOTHING) });
  frame.act({
    access: 'log:sign',
    path: `${ON}/signer`,
    on: ON,
    async perform(visit, form) {
      const t = PRIVACY[visit.language];
      const week = weekIn(visit);
      const typed = { found: form.text('funnet'), note: form.text('merknad').trim() };
      const found = LOG_FINDINGS.find((each) => each === typed.found);
      const note = LogNote.safeParse(typed.note);
      const faults = [
        ...(found === undefined ? [{ field: 'funnet', text: t.foundMissing }] : []),
        ...((found === 'AVVIK' || typed.note !== '') && !note.success
          ? [{ field: 'merknad', text: t.noteMissing }]
          : []),
      ];
      if (found === undefined || faults.length > 0) return shown(visit, { ...typed, faults });
      try {
        await signLog(deskFor(visit.c, parts), visit.organisation, {
          ...{ week, found, note: note.data ?? null },
          principal: visit.c.get('principal'),
        });
      } catch (error) {
        if (!(error instanceof DeskRefusal) || !SAID_ON_PAGE.has(error.code)) throw error;
        return shown(visit, {
          ...typed,
          faults: [{ field: null, ...worded(visit.language, error.message) }],
        });
      }
      const to = `${visit.base}/personvern/logg/${week}`;
      return { to, subjects: [], item: `log-control:${week}` };
    },
  });

  async function shown(visit: Visit, typed: Typed): Promise<Shown> {
    const { c, organisation, language, base } = visit;
    const t = PRIVACY[language];
    const week = weekIn(visit);
    const part = LOG_PARTS.find((each) => each === visit.query('del')) ?? 'all';
    const from = visit.query('etter');
    const after = /^\d{1,15}$/.test(from) ? Number(from) : null;
    const desk = deskFor(c, parts);
    const use = await logOfWeek(desk, organisation, week);
    const lines = await logLinesOf(desk, organisation, { week, part, after, limit: ROWS });
    return {
      title: t.weekTitle,
      subjects: [],
      item: `log-control:${week}`,
      faults: typed.faults,
      content: html`${head(visit, use)}${signed(visit, use, typed)}${callers(visit, use)}${linesSection(visit, use.week, { part, first: after === null, ...lines })}<p class="no-print"><a href="${base}/personvern">${t.back}</a></p>
`,
    };
  }
}

/** @throws DeskRefusal NOT_FOUND */
function weekIn(visit: Visit): IsoDate {
  const week = parseDate(visit.param('uke'));
  if (week !== undefined) return week;
  throw new DeskRefusal('NOT_FOUND', 'Uken finnes ikke i loggen. Se ukene på siden Personvern.');
}

function head({ language, format }: Visit, { week, lines, callers: all }: LogWeekUse): Html {
  const t = PRIVACY[language];
  const said = lines === 0 ? t.nobody : t.weekSums(lines, all);
  return html`<p class="lead">${t.weekOf(format.date(week), format.date(daysAfter(week, 6)))}</p>
<p>${said}</p>
`;
}

/** The control as it was signed, or the form that signs it. */
function signed(visit: Visit, use: LogWeekUse, { found, note, faults }: Typed): Html {
  const { language, format, base, may } = visit;
  const t = PRIVACY[language];
  const { control, state, week, signBy } = use;
  if (control !== null) {
    const text = control.found === 'AVVIK' ? t.deviation : t.none;
    return html`<h2>${t.control}</h2>
<p class="notice">${t.signedBy(format.moment(control.signed), control.by)} ${t.signedLines(control.lines)}</p>
<dl><dt>${t.result}</dt><dd>${text}</dd>${control.note === null ? '' : html`<dt>${t.note}</dt><dd>${control.note}</dd>`}</dl>
`;
  }
  const by =
    state === 'running'
      ? t.cannotYet(format.longDate(daysAfter(week, 7)))
      : state === 'overdue'
        ? t.stateOverdue(format.longDate(signBy))
        : t.stateDue(format.longDate(signBy));
  if (state === 'running' || !may('log:sign')) return html`<h2>${t.control}</h2>\n<p>${by}</p>\n`;
  return html`<h2>${t.control}</h2>
<p>${by}. ${t.signHelp}</p>
${visit.form(
  `${base}/personvern/logg/${week}/signer`,
  html`${radioField({
    ...{ id: 'funnet', label: t.found, value: found, fault: faultOf(faults, 'funnet') },
    options: [
      { value: 'INGEN_AVVIK', label: t.none },
      { value: 'AVVIK', label: t.deviation },
    ],
  })}${textField({
    ...{ id: 'merknad', label: t.note, hint: t.noteHelp, value: note },
    fault: faultOf(faults, 'merknad'),
  })}<button>${t.sign}</button>
`,
)}`;
}

function callers({ language, format }: Visit, { uses, callers: all }: LogWeekUse): Html | '' {
  const t = PRIVACY[language];
  if (uses.length === 0) return '';
  const numbers = [t.lines, t.shown, t.identified, t.outside, t.refused];
  const columns = [
    ...[t.who, t.as].map((heading) => ({ heading })),
    ...numbers.map((heading) => ({ heading, numeric: true })),
  ];
  const rows = uses.map(({ who, capacity, lines, shown, identified, outside, refused }) => [
    who,
    capacityText(language, capacity) ?? '–',
    ...[lines, shown, identified, outside, refused].map(format.number),
  ]);
  return html`${table(t.usesCaption, columns, rows)}<p class="hint">${t.help}</p>
${all > uses.length ? html`<p>${t.more(format.number(all - uses.length))}</p>\n` : ''}`;
}

function linesSection(
  visit: Visit,
  week: IsoDate,
  {
    part,
    first,
    lines,
    next,
  }: { part: LogPart; first: boolean; lines: readonly LogLineView[]; next: string | null },
): Html {
  const { language, format, base } = visit;
  const t = PRIVACY[language];
  const names = { all: t.allLines, outside: t.outside, identified: t.identified, refused: t.refused };
  const at = (of: LogPart, after = '') =>
    `${base}/personvern/logg/${week}?del=${of}${after === '' ? '' : `&etter=${after}`}#linjer`;
  const parts = LOG_PARTS.map((each) =>
    each === part
      ? html`<li><strong aria-current="true">${names[each]}</strong></li>`
      : html`<li><a href="${at(each)}">${names[each]}</a></li>`,
  );
  const rows = lines.map(({ at: when, who, capacity, operation, purpose, outcome, times, youths }) => [
    format.moment(when),
    capacity === null ? who : `${who} (${capacityText(language, capacity)})`,
    doneCell(language, operation),
    purposeText(language, purpose),
    `${outcomeText(language, outcome)}${times > 1 ? ` × ${format.number(times)}` : ''}`,
    format.number(youths),
  ]);
  const columns = [
    ...[t.when, t.who, t.what, t.purpose, t.outcome].map((heading) => ({ heading })),
    { heading: t.youths, numeric: true },
  ];
  return html`<h2 id="linjer" tabindex="-1">${t.seeLines}</h2>
<ul class="no-print">${parts}</ul>
${
  rows.length === 0
    ? html`<p>${t.noLines}</p>\n`
    : html`${table(t.linesCaption, columns, rows)}${technicalNames(
        language,
        lines.map(({ operation }) => operation),
      )}`
}${
  first ? '' : html`<p><a href="${at(part)}">${t.newest}</a></p>\n`
}${next === null ? '' : html`<p><a href="${at(part, next)}" rel="next">${t.older}</a></p>\n`}`;
}
