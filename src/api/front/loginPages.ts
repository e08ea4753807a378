import { html, raw } from 'hono/html';
import { page } from './page.ts';

/** What stopped a login, and the way to begin it again. */
export function loginStopped(title: string, detail: string, local: boolean) {
  return page(
    { title, local },
    html`<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/login">Logg inn på nytt</a></p>
`,
  );
}

/** @param next the issuer's own log-out, which the browser goes on to; null when there is none */
export function loggedOut(next: string | null, local: boolean) {
  // Not a redirect: a form's policy also covers where its answer leads, and the issuer is another site.
  const head =
    next === null
      ? ''
      : html`<meta http-equiv="refresh" content="0; url=${next}">
`;
  return page(
    { title: 'Du er logget ut', local, head },
    html`<h1>Du er logget ut</h1>
${next === null ? '' : html`<p><a href="${next}">Gå videre og logg ut der du logget inn</a></p>\n`}<p><a href="/">${raw('Til forsiden')}</a></p>
`,
  );
}
