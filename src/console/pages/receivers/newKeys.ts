import { html } from 'hono/html';
import type { rotateSubscription } from '../../../desk/subscriptions/acts.ts';
import { type FormFault, faultOf, type Html, radioField } from '../../frame/fragments.ts';
import type { Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { RECEIVERS } from '../../text/receivers.ts';

/** How long the keys before may sign too: a day, a week, a month. Hours. */
export const OVERLAPS = [24, 168, 720] as const;

/** @param action path of the act */
export function newKeysForm(visit: Visit, action: string, faults: readonly FormFault[]): Html {
  const t = RECEIVERS[visit.language];
  const labels = { 24: t.overlapDay, 168: t.overlapWeek, 720: t.overlapMonth };
  return visit.form(
    action,
    html`<h3>${t.newKeys}</h3>
<p>${t.newKeysHint}</p>
${radioField({
  ...{ id: 'overlapp', label: t.overlap, value: '', fault: faultOf(faults, 'overlapp') },
  options: OVERLAPS.map((hours) => ({ value: String(hours), label: labels[hours] })),
})}<button class="second">${t.newKeys}</button>
`,
  );
}

/** The new secret, shown this once. */
export function newKeysPage(
  visit: Visit,
  { secret, publicKeys, overlapUntil }: Awaited<ReturnType<typeof rotateSubscription>>,
): Shown {
  const { language, format, base, param } = visit;
  const t = RECEIVERS[language];
  const id = param('id');
  return {
    title: t.newKeysTitle,
    subjects: [],
    item: `subscription:${id}`,
    content: html`<p class="notice">${t.secretOnce}</p>
<dl><dt>${t.secret}</dt><dd><code>${secret}</code></dd>
<dt>${t.publicKeys}</dt><dd>${publicKeys.map(({ kid }) => html`<code>${kid}</code><br>`)}</dd>
<dt>${t.overlapUntil}</dt><dd>${format.moment(overlapUntil)}</dd></dl>
<p>${t.secretNext}</p>
<p><a href="${base}/mottakere/${id}">${t.toReceiver}</a></p>
`,
  };
}
