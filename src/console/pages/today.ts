import { html } from 'hono/html';
import type { Frame } from '../frame/frame.ts';
import { leadsFor, MENU } from '../frame/menu.ts';
import { FRAME } from '../text/frame.ts';
import { TODAY } from '../text/today.ts';

/** The first page: where the role leads. */
export function todayPage(frame: Frame): void {
  frame.page({
    access: 'console:open',
    path: '/',
    show({ language, base, may }) {
      const t = TODAY[language];
      const links = MENU.filter((entry) => entry.path !== '/' && leadsFor(entry, may));
      return {
        title: FRAME[language].today,
        subjects: [],
        content: html`${
          links.length === 0
            ? html`<p>${t.nothing}</p>\n`
            : html`<h2>${t.canOpen}</h2>
<ul>${links.map(({ path, label, about }) => html`<li><a href="${base}${path}">${label(language)}</a>: ${about(language)}</li>`)}</ul>
<p class="quiet-text">${t.notAll}</p>
`
        }<p><a href="/">${t.apiLink}</a></p>
`,
      };
    },
  });
}
