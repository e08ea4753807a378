import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Organisation } from '../core/organisation.ts';
import type { AccessControl, Principal } from './access.ts';

/** What every handler may count on; `organisation` below `/organisations/{org}` and on the short addresses only. */
export interface ApiEnv {
  Variables: { control: AccessControl; principal: Principal; organisation: Organisation };
}

export type Api = OpenAPIHono<ApiEnv>;
