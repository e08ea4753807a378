import { html } from 'hono/html';
import { isOwnPath } from '../../access/people/returnPath.ts';
import type { ProblemDocument } from '../../api/httpProblem.ts';
import type { Language } from '../../core/language.ts';
import { wordsIn } from '../../text/nynorsk.ts';
import { FRAME } from '../text/frame.ts';
import { bokmal, type Html } from './fragments.ts';
import type { PageBody } from './layout.ts';

/** What of a refused request its page depends on. */
export interface RefusedRequest {
  method: string;
  /** Path and query. */
  path: string;
  referer: string | undefined;
  /** Origin of our pages. */
  origin: string;
  /** Whether people can log in here. */
  login: boolean;
}

/** A refusal as a page: what is wrong, and the way on. */
export function refusalPage(
  { type, title, detail, id }: Pick<ProblemDocument, 'type' | 'title' | 'detail' | 'id'>,
  request: RefusedRequest,
  language: Language,
): PageBody {
  const t = FRAME[language];
  const back = pageBefore(request);
  switch (type.replace(/^urn:ot-bridge:/, '')) {
    case 'TOKEN_MISSING':
      return {
        title: t.loginNeeded,
        content: request.login
          ? html`<p>${t.loginOver}</p>\n${link(loginPath(back, false), t.logIn)}`
          : html`<p>${t.noLogin}</p>\n`,
      };
    case 'LOGIN_TOO_OLD':
      return {
        title: t.freshLoginNeeded,
        content: html`<p>${t.freshLogin}</p>\n${link(loginPath(back, true), t.again)}`,
      };
    case 'NOT_PERMITTED':
    case 'NO_GRANT':
      return {
        title: t.noAccess,
        content: html`<p>${t.noAccessMore}</p>\n${link(front(request.path), t.toToday)}`,
      };
    case 'NOT_FOUND':
    case 'UNKNOWN_ORGANISATION':
      return {
        title: t.notFound,
        content: html`<p>${t.notFoundMore}</p>\n${link(front(request.path), t.toToday)}`,
      };
    case 'UPLOAD_GONE':
      return {
        title: t.uploadGone,
        content: html`<p>${t.uploadGoneMore}</p>\n${link(`${front(request.path)}lister/ny`, t.newList)}`,
      };
    case 'UNKNOWN_RECEIPT':
      return {
        title: t.receiptUnknown,
        content: html`<p>${t.receiptUnknownMore}</p>\n${link(front(request.path), t.toToday)}`,
      };
    case 'FORM_OUTDATED':
      return {
        title: t.formOutdated,
        content: html`<p>${t.formOutdatedMore}</p>\n${link(wayBack(request), t.back)}`,
      };
    default:
      return {
        title: wordsIn(language, title),
        content: html`<p>${bokmal(language, detail)}</p>\n${id === undefined ? '' : html`<p>${t.problemId(id)}</p>\n`}${link(wayBack(request), t.back)}`,
      };
  }
}

function link(href: string, text: string): Html {
  return html`<p><a href="${href}">${text}</a></p>\n`;
}

/** @param fresh also for a person who is logged in */
export function loginPath(back: string, fresh: boolean): string {
  return `/login?${fresh ? 'step-up=1&' : ''}return=${encodeURIComponent(back)}`;
}

/** Never to the page itself: it would be refused again. */
function wayBack(request: RefusedRequest): string {
  const back = pageBefore(request);
  return back === request.path ? front(request.path) : back;
}

/** The page with the link or the form: what was refused is not the page to come back to. */
function pageBefore({ method, path, referer, origin }: RefusedRequest): string {
  if (referer !== undefined && URL.canParse(referer)) {
    const { origin: from, pathname, search } = new URL(referer);
    if (from === origin && pathname.startsWith('/k/') && isOwnPath(pathname + search))
      return pathname + search;
  }
  return method === 'GET' && isOwnPath(path) ? path : front(path);
}

/** The first page of the organisation of an address. */
function front(path: string): string {
  const [, org] = /^\/k\/([a-z-]+)\//.exec(path) ?? [];
  return org === undefined ? '/k/' : `/k/${org}/`;
}
