import type { Context, MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../../api/apiEnv.ts';
import { HttpProblem, type ProblemDocument } from '../../api/httpProblem.ts';
import type { ApiParts } from '../../api/parts.ts';
import { layout, PAGE_HEADERS } from './layout.ts';
import { loginPath, refusalPage } from './refusalPage.ts';
import { surroundingsOf } from './surroundings.ts';

const KEPT_HEADERS = ['retry-after', 'allow', 'www-authenticate', 'ratelimit', 'ratelimit-policy'];

/** What is refused below `/k` is answered as a page: also what a fence before the routes refuses. */
export function refusalsAsPages({ login }: Pick<ApiParts, 'login'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    if (!isConsole(c.req.path) || c.res.headers.get('content-type') !== 'application/problem+json') return;
    const refused = c.res;
    const problem: ProblemDocument = JSON.parse(await refused.text());
    const around = surroundingsOf(c, login, null);
    const headers = new Headers(PAGE_HEADERS);
    for (const name of KEPT_HEADERS) {
      const value = refused.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    const body = refusalPage(problem, refusedRequest(c, login), around.language);
    // A new answer would inherit the old one's headers.
    c.res = undefined;
    c.res = new Response(String(await layout(around, body)), { status: refused.status, headers });
  };
}

function isConsole(path: string): boolean {
  return path === '/k' || path.startsWith('/k/');
}

function refusedRequest(c: Context<ApiEnv>, login: ApiParts['login']) {
  const people = login.people();
  const { origin, pathname, search } = new URL(c.req.url);
  return {
    method: c.req.method,
    path: `${pathname}${search}`,
    referer: c.req.header('referer'),
    origin: people?.origin ?? origin,
    login: people !== undefined,
  };
}

/** The console is for people: where one can log in, one who has not is led there; a machine is refused. */
export function peopleOnly({ login }: Pick<ApiParts, 'login'>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = c.get('caller');
    if (caller?.kind === 'machine')
      throw new HttpProblem(
        'NOT_PERMITTED',
        'Konsollen er for folk. Et system bruker API-et; se /openapi.json.',
      );
    const known = caller?.kind === 'person' || (caller?.kind === 'local' && login.people() === undefined);
    if (known) return next();
    if (c.req.method === 'GET' && login.people() !== undefined) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(loginPath(`${pathname}${search}`, false), 303);
    }
    throw new HttpProblem('TOKEN_MISSING', 'Logg inn først.');
  };
}
