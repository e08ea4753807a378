import { html } from 'hono/html';
import type { Language } from '../../../core/language.ts';
import type { NavManifest } from '../../../desk/nav/batches.ts';
import type { DeliveryView } from '../../../desk/nav/deliveries.ts';
import { type Html, radioField, table, textField } from '../../frame/fragments.ts';
import type { Visit } from '../../frame/visit.ts';
import { DELIVERY, DELIVERY_CURE, NAV } from '../../text/nav.ts';
import { type Filled, fieldsOf, isFaulty } from '../adviser/actForms.ts';

/** Deliveries that someone must do something about. */
export function toDo(deliveries: readonly DeliveryView[]): DeliveryView[] {
  return deliveries.filter(({ cure }) => cure !== null);
}

/** Each delivery that waits for someone: why, what to do, and the act for those who may. */
export function todoSection(visit: Visit, deliveries: readonly DeliveryView[], filled: Filled): Html {
  const t = NAV[visit.language];
  const waiting = toDo(deliveries);
  const settles = visit.may('list:act', 'nav-match');
  return html`<h2 id="venter" tabindex="-1">${t.todo}</h2>
${
  waiting.length === 0
    ? html`<p>${t.nothingToDo}</p>\n`
    : waiting.map(
        (
          delivery,
        ) => html`<section class="notice"><h3>${monthOf(visit, delivery)} <small>${delivery.run}</small></h3>
<p>${saidOf(visit, delivery)}</p>
<p><strong>${t.doThis}</strong> ${cureOf(visit.language, delivery)}</p>
${settles ? settleForm(visit, delivery, filled) : ''}</section>
`,
      )
}`;
}

/** The month that NAV was asked about: a run is the name of the list, with a letter where it was
 *  delivered again. */
function monthOf({ format }: Pick<Visit, 'format'>, { batch }: DeliveryView): string {
  return format.month(batch.slice('B-'.length));
}

/** Of a delivery, with letters and digits alone. */
export const SETTLE = (run: string) => `avgjor-${run}`;

/** What may be done with one that is held or not whole: put aside, or used without what is missing. */
function settleForm(visit: Visit, { run, state, reason }: DeliveryView, filled: Filled): Html | '' {
  if (state !== 'held' && state !== 'incomplete') return '';
  const t = NAV[visit.language];
  const form = SETTLE(run);
  const field = fieldsOf(form, filled);
  const usable = state === 'held' && (reason === 'NAV_PARTIAL' || reason === 'NAV_BAD_ROWS');
  const options = [
    { value: 'drop', label: t.drop },
    ...(usable ? [{ value: 'conclude', label: t.conclude }] : []),
  ];
  return html`<details class="no-print"${isFaulty(form, filled) ? html` open` : ''}><summary>${t.settle(run)}</summary>
${visit.form(
  `${visit.base}/nav/leveranse/${run}`,
  html`${radioField({ ...field('hva', t.how), options })}${textField({ ...field('hvorfor', t.reason), hint: t.reasonHint, required: true })}<button class="second">${t.settleIt}</button>
`,
)}</details>
`;
}

/** The lists, month by month, with what NAV was given and has answered: counts. */
export function monthSection(
  visit: Visit,
  { batches, deliveries }: { batches: readonly NavManifest[]; deliveries: readonly DeliveryView[] },
): Html {
  const { language, format, base } = visit;
  const t = NAV[language];
  const sum = (of: (each: NavManifest) => number) =>
    format.number(batches.reduce((all, each) => all + of(each), 0));
  const shows = visit.may('audit:read');
  const rows = batches.map((batch) => {
    const { id, state, extracted, rows: asked, fetched, answered, withdrawn, open } = batch;
    const month = format.month(batch.month);
    return [
      shows && state === 'ready'
        ? html`${month}<br><a href="${base}/nav/utlevert/${id}" aria-label="${t.seeDisclosed}: ${month}">${t.seeDisclosed}</a>`
        : month,
      state === 'making' ? t.making : format.moment(extracted),
      asked === null ? '–' : format.number(asked),
      ...[fetched, answered, withdrawn, open].map(format.number),
      answersOf(visit, batch.deliveries),
    ];
  });
  // To months without a list.
  const loose = Map.groupBy(
    deliveries.filter(({ batch }) => batches.every(({ id }) => id !== batch)),
    ({ batch }) => batch.slice('B-'.length),
  );
  const others = [...loose].map(([month, all]) => [
    format.month(month),
    ...['–', '–', '–', '–', '–', '–'],
    answersOf(visit, all),
  ]);
  const numeric = [t.rows, t.fetched, t.answered, t.withdrawn, t.open];
  const columns = [
    ...[t.month, t.extracted].map((heading) => ({ heading })),
    ...numeric.map((heading) => ({ heading, numeric: true })),
    { heading: t.deliveries },
  ];
  const all = [...rows, ...others];
  return html`<h2 id="maneder" tabindex="-1">${t.months}</h2>
${
  all.length === 0
    ? html`<p>${t.noMonths}</p>\n`
    : html`<p>${t.disclosed(
        sum(({ rows: asked }) => asked ?? 0),
        sum(({ fetched }) => fetched),
      )} ${t.monthsMore}</p>
${table(t.monthsCaption, columns, all)}`
}`;
}

function answersOf(visit: Visit, deliveries: readonly DeliveryView[]): Html | string {
  const { language, format } = visit;
  if (deliveries.length === 0) return NAV[language].noDelivery;
  return html`${deliveries.map((delivery, at) => {
    const { run, incident, reason } = delivery;
    // While it is held for it, the state says the same.
    const kept =
      incident === null || reason === 'NAV_STRANGER'
        ? ''
        : html`<br><strong>${DELIVERY[language].incident(format.number(incident.strangers), format.moment(incident.at))}</strong>`;
    return html`${at === 0 ? '' : html`<br>`}${run}: ${saidOf(visit, delivery)}${kept}`;
  })}`;
}

function saidOf({ language, format }: Visit, { state, reason, count, sameAs }: DeliveryView): string {
  const t = DELIVERY[language];
  const many = format.number(count ?? 0);
  switch (state) {
    case 'held':
      return heldText(language, reason, many);
    case 'concluded':
      return t.concluded(many);
    case 'repeated':
      return t.repeated(sameAs ?? '');
    // Of answers there are no lists of changes.
    case 'delta':
      return t.complete;
    default:
      return t[state];
  }
}

function heldText(language: Language, reason: string | null, many: string): string {
  const t = DELIVERY[language];
  switch (reason) {
    case 'NAV_STRANGER':
    case 'NAV_PARTIAL':
    case 'NAV_BAD_ROWS':
      return t[reason](many);
    case 'NAV_CONTRADICTION':
      return t.NAV_CONTRADICTION;
    default:
      return t.NAV_UNREADABLE;
  }
}

function cureOf(language: Language, { state, reason }: DeliveryView): string {
  const t = DELIVERY_CURE[language];
  if (state === 'waits' || state === 'incomplete') return t[state];
  const known = Object.entries(t).find(([name]) => name === reason);
  return known?.[1] ?? t.NAV_UNREADABLE;
}

/** Names of its fields, as the act reads them. */
export const EXTRACT = 'uttrekk';

export function extractForm(visit: Visit, month: string, filled: Filled): Html {
  const t = NAV[visit.language];
  const field = fieldsOf(EXTRACT, filled);
  return html`<section class="no-print"><h3>${t.extract}</h3>
<p>${t.extractMore}</p>
${visit.form(
  `${visit.base}/nav/uttrekk`,
  html`${textField({ ...field('maned', t.month, month), hint: t.monthHint, required: true })}<button>${t.makeList}</button>
`,
)}</section>
`;
}
