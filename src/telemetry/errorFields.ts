import { OWN_ERRORS } from './names.ts';

/**
 * What a log line may say about an error: its name, its code, the code underneath, and where in our own code it
 * was thrown. A message written by somebody else (a driver, a parser) may quote the row it choked on, so only
 * messages of our own errors are let through, and no stack is.
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

/** A code is short and has no spaces (`ECONNREFUSED`, `23505`); whatever else stands there is not shown. */
function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Za-z0-9_.]{1,40}$/.test(code) ? code : undefined;
}

function causeOf(error: Error): string | undefined {
  let deepest: unknown = error.cause;
  // Bounded: a cause may point back at its effect.
  for (let depth = 0; depth < 8 && deepest instanceof Error && deepest.cause instanceof Error; depth++) {
    deepest = deepest.cause;
  }
  return deepest instanceof Error ? (codeOf(deepest) ?? deepest.name) : undefined;
}

/** `src/jobs/vigo/poller.ts:42`, the innermost frame of ours. Frames come after the message in a stack. */
function placeOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  for (const frame of frames) {
    const match = /\/((?:src|adapters)\/[\w./-]+\.ts:\d+)/.exec(frame);
    if (match && !frame.includes('node_modules')) return match[1];
  }
  return undefined;
}
