import type { IncomingMessage } from 'node:http';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Permission } from '../core/access/permission.ts';
import type { Principal } from '../core/access/principal.ts';
import type { Organisation } from '../core/organisation.ts';
import type { AccessControl } from './access.ts';
import type { AuditNotes } from './auditNotes.ts';
import type { Slots } from './limits/slots.ts';
import type { Recorder } from './recorder.ts';

/** What every handler may count on; `organisation` below `/organisations/{org}` and on the short addresses only. */
export interface ApiEnv {
  /** Of the server; the app alone, as in tests, has none. */
  Bindings: { incoming?: IncomingMessage };
  Variables: {
    slots: Slots;
    control: AccessControl;
    /** Undefined on public routes only. */
    caller: Principal | undefined;
    /** Behind the guard. */
    principal: Principal;
    /** What the caller may see through this route. */
    permission: Permission;
    organisation: Organisation;
    recorder: Recorder;
    /** What the handler says of its answer. */
    audit: AuditNotes;
    /** Of W3C Trace Context. */
    trace: string;
  };
}

export type Api = OpenAPIHono<ApiEnv>;
