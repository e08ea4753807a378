import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { type BulkView, readFailureCursor, showBulk, stopBulk } from '../../../desk/quarantine/bulk.ts';
import { bokmal, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { QUARANTINE } from '../../text/quarantine.ts';
import { LINES_OF_PAGE, pageLinks } from './overview.ts';

const AT = '/karantene/arbeid/{id}' as const;
const RENEW_SECONDS = 2;

/** How far an act on a group has come, and all that it did not succeed with. */
export function workPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'quarantine:read',
    path: AT,
    async show(visit) {
      const { organisation, language, format, base } = visit;
      const t = QUARANTINE[language];
      const asked = visit.query('etter');
      const after = readFailureCursor(asked) === undefined ? undefined : asked;
      const bulk = parts.bulkAs(visit.permission);
      const view = await showBulk(bulk, organisation.id, { id: idIn(visit), after, limit: LINES_OF_PAGE });
      const { state, trouble, items, handled, later, failed, failures, next } = view;
      const at = `${base}/karantene/arbeid/${view.id}`;
      const stop =
        state === 'running' && visit.may('quarantine:act')
          ? visit.form(at, html`<button>${t.stop}</button>\n`)
          : '';
      const content = html`<p>${said(visit, view)}${later === 0 ? '' : ` ${t.later(later, format.number(later))}`}</p>
<div data-live>
<p><progress max="${String(items)}" value="${String(handled)}" aria-label="${t.workTitle}"></progress></p>
<p>${t.progress(format.number(handled), format.number(items))} ${state === 'stopped' && view.act === 'release' ? t.stoppedWaiting : t[state]}${trouble === 'NOT_PERMITTED' ? ` ${t.notPermitted}` : ''}</p>
</div>
${stop}${
  failed === 0
    ? handled === 0
      ? ''
      : html`<p class="good">${t.allWell}</p>\n`
    : html`<h2>${t.failures} (${format.number(failed)})</h2>\n${table(
        t.failures,
        [{ heading: view.act === 'release' ? t.youth : t.item }, { heading: t.why }],
        failures.map(({ item, text }) => [
          view.act === 'release'
            ? item.slice(0, 8)
            : html`<a href="${base}/karantene/post/${item}">${item.slice(0, 8)}</a>`,
          bokmal(language, text),
        ]),
      )}${pageLinks(visit, at, { after, next })}`
}<p><a href="${base}/karantene">${t.back}</a></p>
`;
      const refresh = state === 'running' ? { refresh: RENEW_SECONDS } : {};
      return { title: t.workTitle, subjects: [], content, ...refresh };
    },
  });
  frame.act({
    access: 'quarantine:act',
    path: AT,
    async perform(visit) {
      const { id } = await stopBulk(parts, visit.organisation.id, idIn(visit));
      return { to: `${visit.base}/karantene/arbeid/${id}`, subjects: [] };
    },
  });
}

function said({ language }: Visit, { act }: BulkView): string {
  const t = QUARANTINE[language];
  return { mend: t.workMend, replay: t.workReplay, discard: t.workDiscard, release: t.workRelease }[act];
}
