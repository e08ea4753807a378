import { html } from 'hono/html';
import { parseRecordDate } from '../../../adapters/reading/recordTime.ts';
import { deskAs, deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { type IsoInstant, parseInstant } from '../../core/time/date.ts';
import { noonOf } from '../../core/time/oslo.ts';
import { clockPreview, moveVirtualClock, raisedSince } from '../../desk/clock.ts';
import { DeskRefusal } from '../../desk/refusal.ts';
import { alertTitle } from '../../text/alertLines.ts';
import { bokmal, type FormFault, faultOf, type Html, table, textField } from '../frame/fragments.ts';
import type { Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { CLOCK } from '../text/clock.ts';

const PATH = '/klokke';

/** Moves the clock of a sample or trial county: what it will lead to first, and afterwards what it did. Of a county on real
 *  time there is no such page. */
export function clockPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'clock:act',
    path: PATH,
    async show(visit) {
      const now = await clockOf(visit, parts);
      const typed = visit.query('til');
      if (typed === '') return page(visit, parts, { now, typed, until: null, faults: [] });
      const until = read(visit, typed, now);
      return typeof until === 'string'
        ? page(visit, parts, { now, typed, until, faults: [] })
        : page(visit, parts, { now, typed, until: null, faults: [until] });
    },
  });
  frame.act({
    access: 'clock:act',
    path: PATH,
    async perform(visit, form) {
      const now = await clockOf(visit, parts);
      const typed = form.text('til');
      const until = read(visit, typed, now);
      if (typeof until !== 'string') return page(visit, parts, { now, typed, until: null, faults: [until] });
      await moveVirtualClock(parts, visit.organisation, until);
      const from = now === null ? '' : `?fra=${encodeURIComponent(now)}`;
      return { to: `${visit.base}${PATH}${from}`, subjects: [] };
    },
  });
}

/** Null: it has never been set. @throws DeskRefusal where time is real */
async function clockOf({ organisation }: Visit, { operations }: ApiParts): Promise<IsoInstant | null> {
  if (organisation.virtualClock) return operations.virtualNow(organisation.id);
  throw new DeskRefusal('NOT_FOUND', 'Dette fylket går på virkelig tid. Klokken kan ikke stilles.');
}

/** The moment that was typed, or what is wrong with it. */
function read({ language }: Visit, typed: string, now: IsoInstant | null): IsoInstant | FormFault {
  const t = CLOCK[language];
  const date = parseRecordDate(typed);
  if (date === undefined) return { field: 'til', text: t.wrongDate };
  const until = noonOf(date);
  return now !== null && until <= now ? { field: 'til', text: t.backwards } : until;
}

interface Asked {
  now: IsoInstant | null;
  typed: string;
  /** Where the clock would be moved to; null: nothing is asked. */
  until: IsoInstant | null;
  faults: readonly FormFault[];
}

async function page(visit: Visit, parts: ApiParts, { now, typed, until, faults }: Asked): Promise<Shown> {
  const { language, format, base } = visit;
  const t = CLOCK[language];
  const content = html`<p>${t.only}</p>
<p><strong>${now === null ? t.unset : t.stands(format.moment(now))}</strong></p>
${now === null ? '' : await effect(visit, parts, now)}<form method="get" action="${base}${PATH}" class="no-print">
${textField({
  ...{ id: 'til', label: t.until, hint: t.untilHint, value: typed, fault: faultOf(faults, 'til') },
})}<button class="second">${t.see}</button>
</form>
${until === null ? '' : await preview(visit, parts, { now, until, typed })}`;
  return { title: t.title, subjects: [], content, faults };
}

async function preview(
  visit: Visit,
  parts: ApiParts,
  { now, until, typed }: { now: IsoInstant | null; until: IsoInstant; typed: string },
): Promise<Html> {
  const { c, language, format, base, organisation } = visit;
  const t = CLOCK[language];
  const { due, more } = await clockPreview(deskFor(c, parts), organisation, until);
  const count = format.number(due);
  const dueText = due === 0 ? t.dueNone : more ? t.dueMany(count) : t.due(count);
  return html`<h2>${t.before}</h2>
<p>${now === null ? '' : `${t.from(format.moment(now), format.moment(until))} `}${dueText}</p>
<p>${t.decides} ${t.lasts}</p>
${visit.form(
  `${base}${PATH}`,
  html`<input type="hidden" name="til" value="${typed}">
<button>${t.move}</button>
`,
)}`;
}

/** What the last move led to, when the address says where it began. */
async function effect(visit: Visit, parts: ApiParts, now: IsoInstant): Promise<Html | ''> {
  const { c, language, format, organisation } = visit;
  const from = parseInstant(visit.query('fra'));
  if (from === undefined || from >= now) return '';
  const t = CLOCK[language];
  const reading = deskAs(c, parts, 'alert:read');
  const raised = reading === null ? null : await raisedSince(reading.desk, organisation, from);
  const said = (count: number, more: boolean) =>
    count === 0 ? t.raisedNone : (more ? t.raisedMany : t.raised)(format.number(count));
  return html`<h2>${t.after}</h2>
<p>${t.moved(format.moment(from), format.moment(now))}${raised === null ? '' : ` ${said(raised.count, raised.more)}`}</p>
${
  raised === null || raised.count === 0
    ? ''
    : table(
        t.raisedCaption,
        [{ heading: t.kind }, { heading: t.count, numeric: true }],
        raised.kinds.map(({ kind, count }) => [bokmal(language, alertTitle(kind)), format.number(count)]),
      )
}`;
}
