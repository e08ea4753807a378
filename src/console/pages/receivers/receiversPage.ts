import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { subscriptionDetails, subscriptionsOf } from '../../../desk/subscriptions/subscriptions.ts';
import type { SubscriptionDetails, SubscriptionView } from '../../../desk/subscriptions/subscriptionView.ts';
import { table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { KIND_NAMES, RECEIVERS, STATE_NAMES } from '../../text/receivers.ts';

/** Who is called about changes, and whether they answer. */
export function receiversPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'subscription:read',
    path: '/mottakere',
    async show(visit) {
      const { c, organisation, language } = visit;
      const t = RECEIVERS[language];
      const desk = deskFor(c, parts);
      const principal = c.get('principal');
      const all = await subscriptionsOf(desk, organisation, principal);
      const details = await Promise.all(
        all.map(({ id }) => subscriptionDetails(desk, organisation, principal, id)),
      );
      const content = details.length === 0 ? html`<p>${t.none}</p>\n` : receiversTable(visit, details);
      return { title: t.title, subjects: [], content };
    },
  });
}

function receiversTable({ language, format, base, now }: Visit, all: readonly SubscriptionDetails[]) {
  const t = RECEIVERS[language];
  return table(
    t.caption,
    [
      ...[t.name, t.gets, t.state].map((heading) => ({ heading })),
      { heading: t.unsent, numeric: true },
      { heading: t.lastSuccess },
    ],
    all.map((each) => [
      html`<a href="${base}/mottakere/${each.id}">${each.name}</a>`,
      kindsText(language, each),
      stateText(language, each),
      format.number(each.backlog.all),
      each.health.lastSuccess === null
        ? t.never
        : `${format.moment(each.health.lastSuccess)}, ${format.relative(each.health.lastSuccess, now)}`,
    ]),
  );
}

export function kindsText(language: Visit['language'], { kinds }: Pick<SubscriptionView, 'kinds'>): string {
  return kinds.map((kind) => KIND_NAMES[language][kind]).join(', ');
}

export function stateText(
  language: Visit['language'],
  { state, failingSince }: Pick<SubscriptionView, 'state' | 'failingSince'>,
): string {
  return STATE_NAMES[language][state === 'active' && failingSince !== null ? 'failing' : state];
}
