import { html } from 'hono/html';
import { daysAfter } from '../../../core/time/calendar.ts';
import { epochOf, type IsoInstant, instantOf } from '../../../core/time/date.ts';
import { instantInOslo, startOfOsloDay } from '../../../core/time/oslo.ts';
import type { HistoryEntry } from '../../../desk/youths/historyView.ts';
import { bokmal, type Html, table, textField } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { FACTS, nameOf } from '../../text/codes.ts';
import { sourceText } from '../../text/sources.ts';
import { EVENTS, YOUTH } from '../../text/youth.ts';

/** The moment that is asked about; null: now. `unread`: what was asked for is none. */
export interface MomentAsked {
  at: IsoInstant | null;
  typed: string;
  unread: boolean;
}

const DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d{2}))?$/;

/** `07.10.2026` is until the end of that day in Oslo. */
export function momentAsked(typed: string): MomentAsked {
  if (typed === '') return { at: null, typed, unread: false };
  const [, day = '', month = '', year = '', hour, minute] = DAY.exec(typed) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const begins = instantInOslo(`${date}T${hour?.padStart(2, '0') ?? '00'}:${minute ?? '00'}`);
  if (begins === undefined) return { at: null, typed, unread: true };
  const at = hour === undefined ? instantOf(epochOf(startOfOsloDay(daysAfter(date, 1))) - 1) : begins;
  return { at, typed, unread: false };
}

export function timelineSection(
  visit: Visit,
  address: string,
  { entries, asked }: { entries: readonly HistoryEntry[]; asked: MomentAsked },
): Html {
  const { language, format } = visit;
  const t = YOUTH[language];
  const headings = [t.recorded, t.from, t.what, t.details, t.why, t.source];
  const rows = entries
    .toReversed()
    .map((entry) => [
      format.moment(entry.recorded),
      entry.effective === null ? '–' : format.date(entry.effective),
      whatOf(visit, entry),
      detailsOf(entry),
      entry.rule === null
        ? '–'
        : html`${entry.reason === null ? '' : bokmal(language, entry.reason)} (${entry.rule})`,
      entry.source === null ? '–' : sourceText(language, entry.source),
    ]);
  return html`<h2 id="tidslinje" tabindex="-1">${t.timeline}</h2>
<p>${t.timelineMore}</p>
<form method="get" action="${address}" class="filter no-print">
${textField({ id: 'per', label: t.asKnown, hint: t.asKnownHint, value: asked.typed })}<button class="second">${t.show}</button>
</form>
${table(
  t.newestFirst,
  headings.map((heading) => ({ heading })),
  rows,
)}`;
}

function whatOf({ language }: Visit, { what, codes }: HistoryEntry): string {
  return what === 'FactRecorded'
    ? nameOf(FACTS[language], codes.hendelse ?? '')
    : nameOf(EVENTS[language], what);
}

/** Codes as the sources name them. */
function detailsOf({ codes, schoolYear }: HistoryEntry): string {
  const { hendelse: _hendelse, ...rest } = codes;
  const named = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [...(schoolYear === null ? [] : [schoolYear]), ...named].join(', ') || '–';
}
