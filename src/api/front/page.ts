import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

const STYLE = `
:root { color-scheme: light dark }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem }
h1 { margin: 0 0 .5rem; font-size: 1.9rem }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem }
ul { padding-left: 1.2rem; margin: .4rem 0 }
li { margin: .2rem 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 1rem 0 }
dd { margin: 0 }
code { font: .9em ui-monospace, monospace; background: #8882; padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere }
.note { opacity: .75 }
.strip { border: 2px solid; border-radius: 4px; padding: .3rem .7rem; margin: 0 0 1.2rem }
.who { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline }
.who form { margin: 0 }
.choices { list-style: none; padding: 0 }
.choices button { width: 100%; text-align: left; margin: .15rem 0 }
.choices b { display: block }
h2 { overflow-wrap: anywhere }
button { font: inherit; padding: .3rem .8rem; cursor: pointer }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: .2rem } dd { margin-bottom: .7rem } }
`;

/** Nothing but this very style, and forms to ourselves: no script, no picture, no other page's frame. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

/** Of every page. Its address is said to ourselves alone: a form without it looks like another site's. */
export const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'same-origin',
} as const;

type Html = ReturnType<typeof html>;

/** @param local the login was to a local issuer, to try with */
export function page(
  { title, local, head = '' }: { title: string; local: boolean; head?: Html | '' },
  content: Html,
) {
  return html`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${
  local
    ? html`<p class="strip" role="note">Lokal prøve: ingen ekte innlogging</p>
`
    : ''
}${content}</body>
</html>
`;
}
