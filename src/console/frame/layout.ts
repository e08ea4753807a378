import { html } from 'hono/html';
import { LANGUAGES, type Language } from '../../core/language.ts';
import { FRAME } from '../text/frame.ts';
import { SCRIPT, STYLE } from './assets.ts';
import { type FormFault, faultSummary, type Html } from './fragments.ts';

/** Of every page: nothing but our own files, and forms to ourselves. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=UTF-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  // A form without an origin looks like another site's.
  'referrer-policy': 'same-origin',
};

export interface MenuLink {
  href: string;
  label: string;
}

/** What is around a page. */
export interface Surroundings {
  language: Language;
  /** The login was to a local issuer, to try with. */
  local: boolean;
  /** Path and query of this page, to come back to after a choice of language; null: none is offered. */
  path: string | null;
  /** What the caller may open; the longest that the path begins with is the current one. */
  menu: readonly MenuLink[];
  /** County number, for its colour; null when no organisation is known. */
  county: string | null;
  /** Organisation and role, in words; null when no one is logged in. */
  who: { organisation: string | null; text: string; canLogOut: boolean } | null;
}

export interface PageBody {
  /** Without a name, a number or any other content of a person. */
  title: string;
  content: Html;
  faults?: readonly FormFault[];
  /** Said above the content. */
  notice?: string;
  /** Seconds until the page is fetched again, for as long as something is under way. Its address is named: without, an
   *  address with a fragment is not fetched. */
  refresh?: number;
}

export function layout(
  around: Surroundings,
  { title, content, faults = [], notice, refresh }: PageBody,
): Html {
  const { language, local, path, menu, county, who } = around;
  const t = FRAME[language];
  const [at] = path?.split('?') ?? [];
  const current = menu
    // The first page is the beginning of every other one's address.
    .filter(({ href }) => at === href || (!href.endsWith('/') && at?.startsWith(`${href}/`)))
    .toSorted((one, other) => other.href.length - one.href.length)[0];
  return html`<!doctype html>
<html lang="${language}"${county === null ? '' : html` data-county="${county}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh === undefined ? '' : html`<meta http-equiv="refresh" content="${refresh}; url=${path}">\n`}<title>${faults.length === 0 ? '' : t.faultsIn(faults.length)}${title} – OT Bridge</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE.path}">
<script src="${SCRIPT.path}" type="module"></script>
</head>
<body${refresh === undefined ? '' : html` data-refresh="${refresh}"`}>
<a class="skip" href="#innhold">${t.skip}</a>
<header class="top">
${local ? html`<p class="strip" role="note">${t.local}</p>\n` : ''}<div class="bar">
<p class="brand">OT Bridge${who?.organisation ? html` <span class="org">${who.organisation}</span>` : ''}</p>
${who === null ? '' : html`<div class="who"><span>${who.text}</span>${who.canLogOut ? html`<form method="post" action="/logout"><button class="quiet">${t.logOut}</button></form>` : ''}</div>\n`}${path === null ? '' : languageForm(language, path)}</div>
${
  menu.length === 0
    ? ''
    : // Folded in a narrow window alone: the style sheet opens it where there is room.
      html`<nav aria-label="${t.menu}"><details><summary>${t.menuShort}</summary><ul>${menu.map(
        (link) =>
          html`<li><a href="${link.href}"${link === current ? html` aria-current="page"` : ''}>${link.label}</a>`,
      )}</ul></details></nav>
`
}</header>
<main id="innhold" tabindex="-1">
${faultSummary(language, faults)}${notice === undefined ? '' : html`<p class="notice">${notice}</p>\n`}<h1 id="tittel" tabindex="-1">${title}</h1>
${content}</main>
</body>
</html>
`;
}

function languageForm(language: Language, path: string): Html {
  const others = (Object.keys(LANGUAGES) as Language[]).filter((each) => each !== language);
  return html`<form method="post" action="/console/sprak" class="language"><input type="hidden" name="til" value="${path}">${others.map(
    (other) =>
      html`<button class="quiet" name="sprak" value="${other}" lang="${other}">${LANGUAGES[other]}</button>`,
  )}</form>
`;
}
