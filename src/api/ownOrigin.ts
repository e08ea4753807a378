import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem } from './httpProblem.ts';
import type { LoginPort } from './parts.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** On every route: what a person changes comes from a page of ours. A browser sends the cookie with other sites' forms too. */
export function peopleFromOwnPages(login: LoginPort): MiddlewareHandler<ApiEnv> {
  const own = fromOwnPage(login);
  return (c, next) =>
    c.get('caller')?.kind !== 'person' || READING.has(c.req.method) ? next() : own(c, next);
}

/** On one route, for every caller. */
export function fromOwnPage(login: LoginPort): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const people = login.people();
    if (people === undefined) return next();
    const site = c.req.header('sec-fetch-site');
    // Browsers that send no Sec-Fetch-Site send the origin. A page of ours without a referrer sends `null`.
    const ours = site === undefined ? c.req.header('origin') === people.origin : site === 'same-origin';
    if (ours) return next();
    throw new HttpProblem(
      'FOREIGN_ORIGIN',
      'En innlogget person kan bare endre noe fra våre egne sider. Åpne siden på nytt og prøv igjen.',
    );
  };
}
