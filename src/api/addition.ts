import type { MiddlewareHandler } from 'hono';
import type { Uploads } from '../desk/uploads/uploads.ts';
import type { Api, ApiEnv } from './apiEnv.ts';

/** What the API cannot make itself and others share with it. */
export interface Shared {
  /** One shelf: what is uploaded at one address counts against the room of all. */
  uploads: Uploads;
}

/** Pages for people, which a room above puts on the same addresses, behind the same fences. */
export interface Addition {
  /** Before everything: also what a fence refuses passes it on the way out. */
  around: MiddlewareHandler<ApiEnv>;
  add(api: Api, shared: Shared): void;
}
