import type { Hook } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Problem, ProblemCode } from '../core/problem.ts';
import { DESK } from '../core/sentences/desk.ts';
import { REFUSAL } from '../core/sentences/refusals.ts';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem, problemResponse } from './httpProblem.ts';

type Issue = z.core.$ZodIssue;

/** What a schema refused, without the value and without the library's own words. */
export const invalidRequest: Hook<unknown, ApiEnv, string, Response | undefined> = (result) => {
  if (result.success) return undefined;
  // A path that is not even shaped like one is an address that does not exist.
  if (result.target === 'param') {
    const [allowed] = result.error.issues.flatMap((issue) => allowedIn(issue) ?? []);
    return problemResponse(notFound(allowed));
  }
  return problemResponse(
    new HttpProblem('INVALID_REQUEST', DESK.nb.fixBelow, {
      problems: result.error.issues.map(problemOf),
    }),
  );
};

/** @param allowed a sentence about what the address may hold. */
export function notFound(allowed = REFUSAL.nb.seeAddresses): HttpProblem {
  return new HttpProblem('NOT_FOUND', `${REFUSAL.nb.noAddress} ${allowed} ${REFUSAL.nb.noNumberHere}`);
}

function problemOf(issue: Issue): Problem {
  const code = codeOf(issue);
  const { text, cure } = TEXTS[code];
  // A name that is no field's is the sender's own text: it may be a person's.
  const path = issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path;
  return { code, field: path.map(String).join('.'), text, cure: allowedIn(issue) ?? cure };
}

/** What would have been right, when it is one of a few values or a type with a name. */
function allowedIn(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return REFUSAL.nb.oneOf(issue.values.map(String).join(', '));
  if (issue.code === 'invalid_type') return SENT_AS[issue.expected];
  return undefined;
}

const SENT_AS: Readonly<Record<string, string>> = {
  string: REFUSAL.nb.asText,
  boolean: REFUSAL.nb.asTruth,
  number: REFUSAL.nb.asNumber,
  int: REFUSAL.nb.asWhole,
};

function codeOf(issue: Issue): keyof typeof TEXTS {
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_FIELD';
  if (issue.code !== 'invalid_type') return 'INVALID_VALUE';
  // The library leaves the input out of the issue; only its message shows that there was none.
  return issue.message.endsWith('received undefined') ? 'MISSING_FIELD' : 'WRONG_TYPE';
}

const TEXTS = {
  UNKNOWN_FIELD: { text: REFUSAL.nb.unknownFields, cure: REFUSAL.nb.unknownFieldsCure },
  MISSING_FIELD: { text: REFUSAL.nb.fieldMissing, cure: REFUSAL.nb.fieldMissingCure },
  WRONG_TYPE: { text: REFUSAL.nb.wrongType, cure: REFUSAL.nb.wrongTypeCure },
  INVALID_VALUE: { text: REFUSAL.nb.wrongValue, cure: REFUSAL.nb.wrongValueCure },
} satisfies Partial<Record<ProblemCode, { text: string; cure: string }>>;
