import { OWN_ERRORS } from './names.ts';

/**
 * What a log line may say about an error: its name, its code, the underlying code, and where in our own code it was
 * thrown. A message of a driver or parser may quote the row that failed, so only messages of our own errors pass,
 * and no stack does.
 */
export interface ErrorFields {
  errorName: string;
  errorCode?: string;
  errorText?: string;
  errorCause?: string;
  errorAt?: string;
}

export function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = codeOf(error);
  const cause = causeOf(error);
  const at = placeOf(error);
  return {
    errorName: error.name,
    ...(code !== undefined && { errorCode: code }),
    ...(OWN_ERRORS.has(error.name) && { errorText: error.message }),
    ...(cause !== undefined && { errorCause: cause }),
    ...(at !== undefined && { errorAt: at }),
  };
}

/** A code is short and has no spaces (`ECONNREFUSED`, `23505`); anything else is dropped. */
function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Za-z0-9_.]{1,40}$/.test(code) ? code : undefined;
}

function causeOf(error: Error): string | undefined {
  let deepest: unknown = error.cause;
  // Bounded: a chain of causes may be circular.
  for (let depth = 0; depth < 8 && deepest instanceof Error && deepest.cause instanceof Error; depth++) {
    deepest = deepest.cause;
  }
  return deepest instanceof Error ? (codeOf(deepest) ?? deepest.name) : undefined;
}

/** Our innermost frame, e.g. `src/jobs/vigo/poller.ts:42`. Frames follow the message in a stack. */
function placeOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  for (const frame of frames) {
    const match = /\/((?:src|adapters)\/[\w./-]+\.ts:\d+)/.exec(frame);
    if (match && !frame.includes('node_modules')) return match[1];
  }
  return undefined;
}
