import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Handler, MiddlewareHandler } from 'hono';
import type { Access } from '../core/access/access.ts';
import { requireAccess } from './accessGuard.ts';
import type { Api, ApiEnv } from './apiEnv.ts';

interface WithAccess {
  /** Shown in the description too. */
  'x-access': Access;
}

/** A route with the access it needs, which is asked for before its body is read. */
export function defineRoute<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P } & WithAccess>(
  route: R,
) {
  const middleware = [requireAccess(route['x-access']), ...middlewareOf(route)];
  // Typed as it was written: the guard adds nothing that a handler reads.
  return createRoute<P, R>({ ...route, middleware } as R);
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
