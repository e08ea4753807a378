import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Handler, MiddlewareHandler } from 'hono';
import type { Access } from '../core/access/access.ts';
import { requireAccess } from './accessGuard.ts';
import type { Api, ApiEnv } from './apiEnv.ts';
import { recordAnswer, recordStart } from './auditGuard.ts';
import { refusals } from './schema/problemSchema.ts';
import { ANY_CALLER } from './securitySchemes.ts';

const GUARD_REFUSALS = refusals({
  401: 'Token eller innlogging mangler, eller blir ikke trodd',
  403: 'Ikke tilgang',
  421: 'Feil vertsnavn',
  503: 'Kan ikke svare akkurat nå; prøv igjen om litt',
});

interface WithAccess {
  /** Shown in the description too. */
  'x-access': Access;
}

/** A route with the access it needs, which is asked for before its body is read. What it answers and does is recorded in
 *  the audit trail. */
export function defineRoute<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P } & WithAccess>(
  route: R,
) {
  const access = route['x-access'];
  const isPublic = access === 'public';
  const audited = { access, operation: `${route.method.toUpperCase()} ${route.path}` };
  const middleware = [
    ...(isPublic ? [] : [recordAnswer(audited)]),
    requireAccess(access),
    ...(isAct(access) ? [recordStart(audited)] : []),
    ...middlewareOf(route),
  ];
  const security = isPublic ? [] : ANY_CALLER;
  // What the route says itself of a refusal comes first.
  const responses = isPublic ? route.responses : { ...GUARD_REFUSALS, ...route.responses };
  // Typed as it was written: the guard adds nothing that a handler reads or answers.
  return createRoute<P, R>({ ...route, middleware, security, responses } as R);
}

function isAct(access: Access): boolean {
  // A route without an access does not compile; the guard refuses it all the same.
  return access?.endsWith(':act') || access === 'access:propose' || access === 'alert:progress';
}

type DefinedRoute = RouteConfig & WithAccess & { getRoutingPath(): string };

/** Adds a route whose handler answers with a response of its own making. @param path when it is not the described one */
export function addRaw(
  api: Api,
  defined: DefinedRoute,
  handler: Handler<ApiEnv>,
  path: string = defined.getRoutingPath(),
): void {
  const { middleware: _guard, hide, ...described } = defined;
  if (!hide) api.openAPIRegistry.registerPath(described);
  api.on(defined.method, [path], ...middlewareOf(defined), handler);
}

/** Runs before the route and its guard. */
export function prepare(api: Api, defined: DefinedRoute, middleware: MiddlewareHandler<ApiEnv>): void {
  api.on(defined.method, defined.getRoutingPath(), middleware);
}

function middlewareOf({ middleware = [] }: Pick<RouteConfig, 'middleware'>): MiddlewareHandler[] {
  return Array.isArray(middleware) ? middleware : [middleware];
}
