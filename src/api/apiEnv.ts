import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Organisation } from '../core/organisation.ts';

/** What the handlers below `/organisations/{org}` may count on. */
export interface ApiEnv {
  Variables: { organisation: Organisation };
}

export type Api = OpenAPIHono<ApiEnv>;
