import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Access } from '../core/access/access.ts';
import type { Permission } from '../core/access/permission.ts';
import type { Principal } from '../core/access/principal.ts';
import { type AuditChain, type AuditEntry, INSTALLATION } from '../core/audit/entry.ts';
import { holdsNumber } from '../core/person/numberInText.ts';
import { instantOf } from '../core/time/date.ts';
import { readTraceparent } from '../core/traceparent.ts';
import { UUID } from '../core/uuid.ts';
import { DeskRefusal } from '../desk/refusal.ts';
import type { AuditTrail } from '../store/auditPort.ts';
import type { ApiEnv } from './apiEnv.ts';
import { type NotedAudit, takeNotes } from './auditNotes.ts';
import { HttpProblem } from './httpProblem.ts';
import type { ApiParts } from './parts.ts';
import type { Recorder } from './recorder.ts';
import { anonymousRefusals } from './refusalCount.ts';

// No answer leaves before it is on record: what cannot be written is not disclosed.

/** Before all routes. */
export function provideAudit(
  parts: Pick<ApiParts, 'audit' | 'now' | 'newId' | 'logProblem'>,
): MiddlewareHandler<ApiEnv> {
  const append: AuditTrail['append'] = async (entries) => {
    try {
      await parts.audit.append(entries);
    } catch (error) {
      parts.logProblem({ id: parts.newId(), error });
      throw new HttpProblem(
        'AUDIT_AWAY',
        'Revisjonssporet kan ikke skrives, og da utleveres ingenting. Prøv igjen om litt; varer det ved, må driften se på databasen.',
        { retryAfterSeconds: 10 },
      );
    }
  };
  const recorder: Recorder = { append, now: parts.now, refuse: anonymousRefusals(append) };
  return async (c, next) => {
    c.set('recorder', recorder);
    await next();
  };
}

interface Audited {
  access: Access;
  /** Method and path template. */
  operation: string;
}

/** Around a route and its guard: what has become of the request, before the answer leaves. */
export function recordAnswer(route: Audited): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { notes, noted } = takeNotes();
    c.set('audit', notes);
    c.set('trace', traceOf(c));
    await next();
    const code = noted.outcome ?? (await codeOf(c));
    if (code === 'OK' && noted.subjects === undefined) {
      c.res = undefined;
      throw new Error(`${route.operation} does not say whose data it answers with`);
    }
    const recorder = c.get('recorder');
    const entry = entryOf(c, route, noted, code);
    const chain = chainOf(c);
    if (entry.kind === 'anonymous') return recorder.refuse({ chain, entry });
    const refused = noted.refused.map((each) => ({
      chain,
      entry: { ...entry, outcome: each.code, subjects: each.refs },
    }));
    try {
      await recorder.append([{ chain, entry }, ...refused]);
    } catch (error) {
      // With its headers: a new answer would inherit them.
      c.res = undefined;
      throw error;
    }
  };
}

/** After the guard of an act: one that cannot be recorded does not happen. */
export function recordStart(route: Audited): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const entry = entryOf(
      c,
      route,
      { subjects: undefined, refused: [], purpose: null, item: null, outcome: null },
      'STARTED',
    );
    await c.get('recorder').append([{ chain: chainOf(c), entry }]);
    await next();
  };
}

/** Of an answer that goes on: whom this part of it is about, before it leaves. */
export async function recordDisclosure(
  c: Context<ApiEnv>,
  route: Audited,
  subjects: readonly string[],
): Promise<void> {
  const noted = { subjects: new Set(subjects), refused: [], purpose: null, item: null, outcome: null };
  await c.get('recorder').append([{ chain: chainOf(c), entry: entryOf(c, route, noted, 'OK') }]);
}

function entryOf(c: Context<ApiEnv>, route: Audited, noted: NotedAudit, outcome: string): AuditEntry {
  const caller: Principal | undefined = c.get('caller');
  const { ref = '' } = c.req.param() as { ref?: string };
  return {
    at: instantOf(c.get('recorder').now()),
    ...callerOf(caller, c.get('permission')),
    ...route,
    purpose: noted.purpose,
    item: noted.item ?? (outcome === 'OK' || outcome === 'STARTED' ? itemOf(c, outcome === 'OK') : null),
    outcome,
    times: 1,
    // Of a refusal nothing but whom it was about.
    subjects: outcome === 'OK' && noted.subjects ? [...noted.subjects] : UUID.test(ref) ? [ref] : [],
    trace: c.get('trace'),
  };
}

type Caller = Pick<AuditEntry, 'kind' | 'who' | 'key' | 'capacity' | 'supplier' | 'client' | 'token'>;

function callerOf(caller: Principal | undefined, permission: Permission | undefined): Caller {
  const none = { capacity: null, supplier: null, client: null, token: null };
  if (caller === undefined) return { kind: 'anonymous', who: '-', key: '-', ...none };
  const { kind, name: who, key } = caller;
  // Without a permission nothing was used: the caller was refused.
  const capacity = permission?.by ?? null;
  const named = { ...none, kind, who, key, capacity };
  if (kind !== 'machine') return named;
  return { ...named, supplier: caller.supplier, client: caller.clientId, token: caller.tokenId };
}

function chainOf(c: Context<ApiEnv>): AuditChain {
  return c.get('organisation')?.id ?? INSTALLATION;
}

/** The other parameters of the address; before they are checked, only ids. */
function itemOf(c: Context<ApiEnv>, checked: boolean): string | null {
  const { org: _org, ref: _ref, ...others } = c.req.param() as Record<string, string>;
  const named = Object.entries(others).filter(([, value]) => checked || UUID.test(value));
  return named.map(([name, value]) => `${name}:${value}`).join(' ') || null;
}

async function codeOf(c: Context<ApiEnv>): Promise<string> {
  if (c.error instanceof HttpProblem || c.error instanceof DeskRefusal) return c.error.code;
  if (c.error !== undefined) return 'INTERNAL';
  // Not modified: the caller has the answer already. See other: a form was taken, and its effect is shown elsewhere.
  if (c.res.ok || c.res.status === 304 || c.res.status === 303) return 'OK';
  // Refused by a middleware that answers itself.
  const { type }: { type: string } = JSON.parse(await c.res.clone().text());
  return type.replace(/^urn:ot-bridge:/, '');
}

/** Random, and nothing that looks like an identity number: it would be masked. */
function ownTrace(): string {
  for (;;) {
    const trace = randomBytes(16).toString('hex');
    if (!holdsNumber(trace)) return trace;
  }
}

/** The caller's, or one of our own: all entries of a request have the same. */
function traceOf(c: Context): string {
  const given = readTraceparent(c.req.header('traceparent')?.trim() ?? '');
  return given?.traceId ?? ownTrace();
}
