import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import { letterFile } from '../../api/listFile.ts';
import type { ApiParts } from '../../api/parts.ts';
import { LETTERS, type Letter } from '../../core/letters/letter.ts';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import { letterPeriod } from '../../core/letters/period.ts';
import { by } from '../../core/order.ts';
import type { IsoDate } from '../../core/time/date.ts';
import {
  parseSchoolYear,
  type SchoolYear,
  schoolYearOf,
  yearAfter,
  yearBefore,
} from '../../core/time/schoolYear.ts';
import { weekLabel } from '../../core/wheel/isoWeek.ts';
import type { MailingPart, MailingView } from '../../desk/letters/letterView.ts';
import { mailingPage, mailingParts } from '../../desk/letters/mailings.ts';
import { todayOf } from '../../desk/organisationToday.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { wordsIn } from '../../text/nynorsk.ts';
import { bokmal, type Html, selectField, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { CHANNEL_NAMES } from '../text/codes.ts';
import { LETTERS_PAGE, RECIPIENT } from '../text/letters.ts';

/** Each with its reason as a sentence: so many come in 15 kB. */
const ROWS = 40;
const FILE = { access: 'worklist:read', operation: 'GET /k/{org}/brev/{id}/regneark' } as const;

/** Who gets a letter, who does not, and why. */
export function letterPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'worklist:read',
    path: '/brev',
    async show(visit) {
      const today = await todayOf(parts, visit.organisation);
      return { title: LETTERS_PAGE[visit.language].title, subjects: [], content: index(visit, parts, today) };
    },
  });
  frame.page({
    access: 'worklist:read',
    path: '/brev/{id}',
    async show(visit) {
      const { c, organisation, language } = visit;
      const t = LETTERS_PAGE[language];
      const asked = await askedIn(visit, parts);
      // Few at a time: until the lines are all kept, over all youths of the county.
      const free = await c.get('slots').take();
      const making = mailingPage(deskFor(c, parts), organisation, {
        ...queryOf(asked),
        page: { limit: ROWS, ...(asked.after === '' ? {} : { after: asked.after }) },
      });
      const part = await making.finally(free);
      const { view } = part;
      return {
        title: t.title,
        subjects: [...view.triggers, ...view.suppressed].map(({ ref }) => ref),
        item: `letter:${view.id} ${view.schoolYear}`,
        content: html`${head(visit, asked, view)}${filter(visit, asked, part)}${lists(visit, asked, part)}${pager(visit, asked, part)}${left(visit, view)}<p class="no-print"><a href="${visit.base}/brev">${t.back}</a></p>
`,
        ...(asked.known ? {} : { notice: t.unknownYear }),
      };
    },
  });
  frame.page({
    access: 'worklist:read',
    path: '/brev/{id}/regneark',
    async show(visit) {
      const { c, organisation, language } = visit;
      const asked = await askedIn(visit, parts);
      const all = mailingParts(deskFor(c, parts), organisation, queryOf(asked));
      return letterFile(c, FILE, all, language);
    },
  });
}

interface Asked {
  letter: Letter;
  schoolYear: SchoolYear;
  /** What was asked for is a school year, or none was. */
  known: boolean;
  owner: string;
  after: string;
}

/** @throws DeskRefusal NOT_FOUND */
async function askedIn(visit: Visit, parts: ApiParts): Promise<Asked> {
  const id = LETTER_IDS.find((each) => each === visit.param('id'));
  if (id === undefined) throw new DeskRefusal('NOT_FOUND', 'Det finnes ikke et slikt brev. Se alle brev.');
  const letter = LETTERS[id];
  const text = visit.query('skolear');
  const read = parseSchoolYear(text);
  return {
    ...{ letter, known: text === '' || read !== undefined },
    schoolYear: read ?? aboutYear(letter, schoolYearOf(await todayOf(parts, visit.organisation))),
    ...{ owner: visit.query('enhet'), after: visit.query('etter') },
  };
}

function queryOf({ letter: { id }, schoolYear, owner }: Asked) {
  return { id, schoolYear, owner: owner === '' ? undefined : owner };
}

/** The school year that the letter of a year of the wheel is about. */
function aboutYear({ about }: Letter, year: SchoolYear): SchoolYear {
  return about === 'this' ? year : yearAfter(year);
}

function addressOf(
  { base }: Visit,
  { letter, schoolYear, owner = '', after = '' }: Pick<Asked, 'letter' | 'schoolYear'> & Partial<Asked>,
  file = '',
): string {
  const query = new URLSearchParams({
    skolear: schoolYear,
    ...(owner && { enhet: owner }),
    ...(after && { etter: after }),
  });
  return `${base}/brev/${letter.id}${file}?${query}`;
}

const written = (year: SchoolYear) => year.replace('-', '–');

/** The letters of this year of the wheel, by when they go. */
function index(visit: Visit, parts: Pick<ApiParts, 'policyOf'>, today: IsoDate): Html {
  const { language, format, organisation } = visit;
  const t = LETTERS_PAGE[language];
  const policy = parts.policyOf(organisation.id);
  const letters = LETTER_IDS.map((id) => {
    const letter = LETTERS[id];
    const schoolYear = aboutYear(letter, schoolYearOf(today));
    return { letter, schoolYear, ...letterPeriod(letter, schoolYear, policy) };
  });
  const rows = letters.sort(by(({ from, letter }) => `${from} ${letter.id}`)).map((each) => {
    const { letter, schoolYear, from, to } = each;
    const state = to < today ? t.past : from <= today ? t.now : null;
    return [
      html`<a href="${addressOf(visit, { letter, schoolYear })}">${letter.id}: ${bokmal(language, letter.title)}</a>`,
      html`${format.date(from)}–${format.date(to)}<small>${wordsIn(language, weekLabel(from, to))}</small>${state === null ? '' : html`<strong>${state}</strong>`}`,
      written(schoolYear),
      CHANNEL_NAMES[language][letter.channel],
    ];
  });
  const headings = [t.letter, t.goes, t.aboutYear, t.channel].map((heading) => ({ heading }));
  return html`<p class="lead">${t.intro}</p>
${table(t.caption, headings, rows)}`;
}

function head(visit: Visit, asked: Asked, view: MailingView): Html {
  const { language, format } = visit;
  const t = LETTERS_PAGE[language];
  const { from, to, schoolYear, total, sending } = view;
  const days = `${format.date(from)}–${format.date(to)}`;
  const yearLink = (year: SchoolYear, label: string) =>
    html`<li><a href="${addressOf(visit, { letter: asked.letter, schoolYear: year, owner: asked.owner })}">${label}</a></li>`;
  return html`<p class="lead">${view.id}: ${bokmal(language, view.title)}</p>
<p>${t.sends(days, wordsIn(language, view.weekLabel))} ${t.concerns(written(schoolYear))} ${t.intro}</p>
<p><strong>${t.counts(sending, total - sending)}</strong></p>
<ul class="no-print">${yearLink(yearBefore(schoolYear), t.earlier)}${yearLink(yearAfter(schoolYear), t.later)}</ul>
`;
}

/** A search by address: it has no person in it, and can be kept. */
function filter(visit: Visit, asked: Asked, { owners }: MailingPart): Html {
  const t = LETTERS_PAGE[visit.language];
  const { owner, letter, schoolYear } = asked;
  const known = owner === '' || owners.includes(owner) ? owners : [...owners, owner];
  return html`<form method="get" action="${visit.base}/brev/${letter.id}" class="filter no-print">
<input type="hidden" name="skolear" value="${schoolYear}">
${selectField({
  id: 'enhet',
  label: t.unit,
  value: owner,
  options: [{ value: '', label: t.allUnits }, ...known.map((unit) => ({ value: unit, label: unit }))],
})}<button class="second">${t.show}</button>
</form>
`;
}

function lists(visit: Visit, asked: Asked, { view }: MailingPart): Html {
  const t = LETTERS_PAGE[visit.language];
  if (view.total === 0) return html`<p>${asked.owner === '' ? t.empty : t.emptyFilter}</p>\n`;
  const file = html`<p class="no-print"><a href="${addressOf(visit, { ...asked, after: '' }, '/regneark')}" download>${t.download}</a></p>
<p class="hint no-print">${t.downloadHelp}</p>
`;
  return html`${file}<h2>${t.gets}</h2>
${view.triggers.length === 0 ? html`<p>${t.noneHere}</p>\n` : receivers(visit, view)}${
  view.suppressed.length === 0 ? '' : html`<h2>${t.not}</h2>\n${others(visit, view)}`
}`;
}

/** From `/k/<org>/brev/<id>`: what is the same in fifty rows is not sent fifty times. */
function youthLink({ language }: Visit, ref: string): Html {
  return html`<a href="../ungdom/${ref}">${LETTERS_PAGE[language].youth(ref.slice(0, 8))}</a>`;
}

function receivers(visit: Visit, { triggers }: MailingView): Html {
  const { language } = visit;
  const t = LETTERS_PAGE[language];
  const minor = { JA: t.yes, NEI: t.no, UKJENT: t.unknown };
  return table(
    t.getsCaption,
    [t.who, t.recipient, t.why, t.minor, t.owner].map((heading) => ({ heading })),
    triggers.map((row) => [
      youthLink(visit, row.ref),
      RECIPIENT[language][row.recipient],
      html`${row.reason === null ? '' : bokmal(language, row.reason)} ${t.rule(row.rule)}`,
      minor[row.minor],
      row.owner,
    ]),
  );
}

function others(visit: Visit, { suppressed }: MailingView): Html {
  const { language } = visit;
  const t = LETTERS_PAGE[language];
  return table(
    t.notCaption,
    [t.who, t.recipient, t.why, t.owner].map((heading) => ({ heading })),
    suppressed.map((row) => [
      youthLink(visit, row.ref),
      row.recipient === null ? t.everyone : RECIPIENT[language][row.recipient],
      html`${row.holds.map(
        ({ reason, rule }, at) =>
          html`${at === 0 ? '' : html`<br>`}${bokmal(language, reason)} ${t.rule(rule)}`,
      )}`,
      row.owner ?? t.hiddenOwner,
    ]),
  );
}

function pager(visit: Visit, asked: Asked, { view, before }: MailingPart): Html | '' {
  const t = LETTERS_PAGE[visit.language];
  const { total, next } = view;
  const shown = view.triggers.length + view.suppressed.length;
  if (shown === 0 || (next === null && asked.after === '')) return '';
  return html`<nav aria-label="${t.pages}" class="pager">
<p>${t.range(before + 1, before + shown, total)}</p>
${asked.after === '' ? '' : html`<p><a href="${addressOf(visit, { ...asked, after: '' })}">${t.firstPage}</a></p>\n`}${next === null ? '' : html`<p><a href="${addressOf(visit, { ...asked, after: next })}">${t.nextPage}</a></p>\n`}</nav>
`;
}

function left({ language }: Visit, { unreadable, behind }: MailingView): Html {
  const t = LETTERS_PAGE[language];
  return html`${unreadable > 0 ? html`<p>${t.unreadable(unreadable)}</p>\n` : ''}${behind ? html`<p class="notice">${t.behind}</p>\n` : ''}`;
}
