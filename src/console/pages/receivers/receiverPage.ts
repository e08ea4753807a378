import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { deliveriesOf } from '../../../desk/subscriptions/deliveries.ts';
import type { DeliveryView } from '../../../desk/subscriptions/deliveryView.ts';
import { type ReplayView, replaysOf } from '../../../desk/subscriptions/replays.ts';
import { subscriptionDetails } from '../../../desk/subscriptions/subscriptions.ts';
import type { SubscriptionDetails } from '../../../desk/subscriptions/subscriptionView.ts';
import {
  bokmal,
  type FormFault,
  faultOf,
  type Html,
  radioField,
  table,
  textField,
} from '../../frame/fragments.ts';
import type { Shown } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { KIND_NAMES, OUTCOME_NAMES, RECEIVERS } from '../../text/receivers.ts';
import { newKeysForm } from './newKeys.ts';
import { kindsText, stateText } from './receiversPage.ts';

/** Calls that are shown: their number and first ones say whether to send them again. */
const CALLS_SHOWN = 20;

/** What was typed into a form that was turned away. */
export interface TypedActs {
  from?: string;
  reason?: string;
  againReason?: string;
}

/** One receiver: how it goes, what it did not get, and what can be done. @throws DeskRefusal UNKNOWN_SUBSCRIPTION */
export async function receiverPage(
  visit: Visit,
  parts: ApiParts,
  faults: readonly FormFault[] = [],
  typed: TypedActs = {},
): Promise<Shown> {
  const { c, organisation, language, base, query } = visit;
  const t = RECEIVERS[language];
  const desk = deskFor(c, parts);
  const principal = c.get('principal');
  const id = idIn(visit);
  const asked = { principal, id };
  const [details, undelivered, replays] = await Promise.all([
    subscriptionDetails(desk, organisation, principal, id),
    deliveriesOf(desk, organisation, { ...asked, state: 'exhausted', after: null, limit: CALLS_SHOWN }),
    replaysOf(desk, organisation, asked),
  ]);
  const answered = answerSaid(language, query('svar'), query('kode'));
  const content = html`<p><strong>${details.name}</strong>: ${stateText(language, details)}.${details.state === 'active' ? '' : html` ${bokmal(language, details.text)}`}</p>
${healthList(visit, details)}${actsSection(visit, details, { faults, typed, exhausted: undelivered.deliveries.length > 0 })}${undeliveredSection(visit, undelivered.deliveries)}${replaysSection(visit, id, replays)}<p><a href="${base}/mottakere">${t.back}</a></p>
`;
  return {
    ...{ title: t.name, subjects: [], item: `subscription:${id}`, content, faults },
    ...(answered !== null && { notice: answered }),
  };
}

/** What a test was answered with is in the address: two codes, and nothing else is taken from there. */
function answerSaid(language: Visit['language'], outcome: string, status: string): string | null {
  const names: Readonly<Record<string, string>> = OUTCOME_NAMES[language];
  const said = Object.hasOwn(names, outcome) ? names[outcome] : undefined;
  if (said === undefined) return null;
  return RECEIVERS[language].answered(said, /^\d{3}$/.test(status) ? ` (${status})` : '');
}

function healthList({ language, format, now }: Visit, details: SubscriptionDetails): Html {
  const t = RECEIVERS[language];
  const { health, backlog, url, orgnr } = details;
  const moment = (at: string | null, none: string) =>
    at === null ? none : `${format.moment(at)}, ${format.relative(at, now)}`;
  const facts: [string, string][] = [
    [t.gets, kindsText(language, details)],
    [t.address, url],
    [t.owner, orgnr ?? t.machineHere],
    [t.unsent, format.number(backlog.all)],
    [t.oldest, moment(health.oldestWaiting, t.nothing)],
    [t.lastSuccess, moment(health.lastSuccess, t.never)],
    [t.lastTry, health.lastOutcome === null ? t.never : OUTCOME_NAMES[language][health.lastOutcome]],
    [t.delivered, format.number(health.delivered24h)],
    [t.failed, format.number(health.failed24h)],
  ];
  return html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
`;
}

interface ActState {
  faults: readonly FormFault[];
  typed: TypedActs;
  /** Some calls have been given up. */
  exhausted: boolean;
}

function actsSection(
  visit: Visit,
  details: SubscriptionDetails,
  { faults, typed, exhausted }: ActState,
): Html {
  const { language, may } = visit;
  const t = RECEIVERS[language];
  if (!may('subscription:act')) return html`<p>${t.mayNot}</p>\n`;
  const { state } = details;
  const simple = (act: string, hint: string, label: string) =>
    visit.form(
      actPath(visit, details.id, act),
      html`<p>${hint}</p>\n<button class="second">${label}</button>\n`,
    );
  return html`<h2>${t.acts}</h2>
${state === 'pending' ? simple('bekreft', t.verifyHint, t.verify) : simple('prove', t.testHint, t.test)}${
  state === 'active' ? simple('pause', t.pauseHint, t.pause) : ''
}${state === 'paused' || state === 'disabled' ? enableForm(visit, details, faults, typed) : ''}${
  exhausted ? againForm(visit, details.id, faults, typed) : ''
}${newKeysForm(visit, actPath(visit, details.id, 'nye-nokler'), faults)}`;
}

function enableForm(
  visit: Visit,
  { id, backlog }: SubscriptionDetails,
  faults: readonly FormFault[],
  { from = '', reason = '' }: TypedActs,
): Html {
  const { language, format } = visit;
  const t = RECEIVERS[language];
  return visit.form(
    actPath(visit, id, 'aktiver'),
    html`<h3>${t.enable}</h3>
${radioField({
  ...{ id: 'fra', label: t.enableHow, value: from, fault: faultOf(faults, 'fra') },
  options: [
    { value: 'all', label: t.all(format.number(backlog.all)) },
    { value: 'latest', label: t.latest(format.number(backlog.latest)) },
    { value: 'now', label: t.now },
  ],
})}${textField({
  ...{ id: 'begrunnelse', label: t.reason, hint: t.reasonHint, value: reason },
  fault: faultOf(faults, 'begrunnelse'),
})}<button>${t.enable}</button>
`,
  );
}

function againForm(
  visit: Visit,
  id: string,
  faults: readonly FormFault[],
  { againReason = '' }: TypedActs,
): Html {
  const t = RECEIVERS[visit.language];
  return visit.form(
    actPath(visit, id, 'send-igjen'),
    html`<h3>${t.again}</h3>
<p>${t.againHint}</p>
${textField({
  ...{ id: 'hvorfor', label: t.againReason, value: againReason, required: true },
  fault: faultOf(faults, 'hvorfor'),
})}<button class="second">${t.again}</button>
`,
  );
}

export function actPath({ base }: Pick<Visit, 'base'>, id: string, act: string): string {
  return `${base}/mottakere/${id}/${act}`;
}

function undeliveredSection({ language, format }: Visit, calls: readonly DeliveryView[]): Html {
  const t = RECEIVERS[language];
  return html`<h2>${t.undelivered}</h2>
${
  calls.length === 0
    ? html`<p>${t.noneUndelivered}</p>\n`
    : table(
        t.undeliveredCaption,
        [{ heading: t.call }, { heading: t.kind }, { heading: t.when }, { heading: t.tries, numeric: true }],
        calls.map(({ webhookId, kind, recorded, attempts }) => [
          html`<code>${webhookId}</code>`,
          KIND_NAMES[language][kind],
          format.moment(recorded),
          format.number(attempts),
        ]),
      )
}`;
}

function replaysSection(visit: Visit, id: string, replays: readonly ReplayView[]): Html | '' {
  const { language, format, may } = visit;
  if (replays.length === 0) return '';
  const t = RECEIVERS[language];
  const move = ({ id: replay, state }: ReplayView) => {
    if (state === 'done' || !may('subscription:act')) return '';
    const act = state === 'running' ? 'stopp' : 'start';
    return visit.form(
      actPath(visit, id, `omsending/${replay}/${act}`),
      html`<button class="second">${state === 'running' ? t.stop : t.goOn}</button>`,
    );
  };
  return html`<h2>${t.replays}</h2>
${table(
  t.replaysCaption,
  [
    ...[t.when, t.who, t.reason].map((heading) => ({ heading })),
    ...[t.total, t.sent, t.notSent].map((heading) => ({ heading, numeric: true })),
    { heading: t.state },
  ],
  replays.map((each) => [
    format.moment(each.created),
    each.by,
    each.reason,
    ...[each.total, each.sent, each.failed].map(format.number),
    html`${bokmal(language, each.text)}${move(each)}`,
  ]),
)}`;
}
