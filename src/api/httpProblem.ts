import type { Problem } from '../core/problem.ts';
import { REFUSALS, type RefusalCode } from './refusalCodes.ts';

/** RFC 9457. Never carries a value that was sent, never a stack. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  /** Bokmål: what is wrong and what to do about it. */
  detail: string;
  problems: Problem[];
  /** Only for unexpected errors: the same id stands in the log. */
  id?: string;
  /** Only for health: the parts that hold back. */
  parts?: string[];
}

export interface RefusalExtras {
  problems?: readonly Problem[];
  retryAfterSeconds?: number;
  id?: string;
  parts?: readonly string[];
  /** Only for METHOD_NOT_ALLOWED: the methods the address answers. */
  allow?: readonly string[];
}

/** A request that is answered with a problem document instead of its result. Thrown by handlers, answered in one place. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly extras: RefusalExtras;

  /** @param detail bokmål, with the cure; no value of the request in it. */
  constructor(code: RefusalCode, detail: string, extras: RefusalExtras = {}) {
    super(detail);
    this.code = code;
    this.extras = extras;
  }
}

export function problemDocument(refusal: Refusal): ProblemDocument {
  const { problems = [], id, parts } = refusal.extras;
  return {
    type: `urn:ot-bridge:${refusal.code}`,
    ...REFUSALS[refusal.code],
    detail: refusal.message,
    problems: [...problems],
    ...(id === undefined ? {} : { id }),
    ...(parts === undefined ? {} : { parts: [...parts] }),
  };
}

export function problemResponse(refusal: Refusal): Response {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (refusal.extras.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(refusal.extras.retryAfterSeconds);
  }
  if (refusal.extras.allow !== undefined) headers.allow = refusal.extras.allow.join(', ');
  return new Response(JSON.stringify(problemDocument(refusal)), {
    status: REFUSALS[refusal.code].status,
    headers,
  });
}
