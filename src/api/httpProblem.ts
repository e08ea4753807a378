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
  /** Only for unexpected errors: the same id is in the log. */
  id?: string;
  /** Only for health: the unhealthy components. */
  parts?: string[];
}

export interface RefusalExtras {
  problems?: readonly Problem[];
  retryAfterSeconds?: number;
  id?: string;
  parts?: readonly string[];
  /** Only for METHOD_NOT_ALLOWED: the methods the address answers. */
  allow?: readonly string[];
  /** `WWW-Authenticate` (RFC 6750), without any value of the request. */
  challenge?: string;
}

/** A request that is answered with a problem document instead of its result. Thrown by handlers, answered in one place. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: RefusalCode;
  readonly extras: RefusalExtras;

  /** @param detail bokmål, with the cure; no value of the request in it. */
  constructor(code: RefusalCode, detail: string, extras: RefusalExtras = {}) {
    super(detail);
    this.code = code;
    this.extras = extras;
  }
}

export function problemDocument(problem: HttpProblem): ProblemDocument {
  const { problems = [], id, parts } = problem.extras;
  return {
    type: `urn:ot-bridge:${problem.code}`,
    ...REFUSALS[problem.code],
    detail: problem.message,
    problems: [...problems],
    ...(id === undefined ? {} : { id }),
    ...(parts === undefined ? {} : { parts: [...parts] }),
  };
}

export function problemResponse(problem: HttpProblem): Response {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (problem.extras.retryAfterSeconds !== undefined) {
    headers['retry-after'] = String(problem.extras.retryAfterSeconds);
  }
  if (problem.extras.allow !== undefined) headers.allow = problem.extras.allow.join(', ');
  if (problem.extras.challenge !== undefined) headers['www-authenticate'] = problem.extras.challenge;
  return new Response(JSON.stringify(problemDocument(problem)), {
    status: REFUSALS[problem.code].status,
    headers,
  });
}
