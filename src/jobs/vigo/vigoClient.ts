import { Agent, request } from 'undici';
import type { CountyNumber } from '../../core/organisation.ts';
import { namesIn, repeatedField } from '../../wire/repeatedField.ts';

// VIGO's nightly lists: one GET, one document with everything. Every failure is a value with a stable code; the body
// of a failed answer is never kept, shown or logged.

export type VigoList = 'ot' | 'laktiv';

export interface VigoRequest {
  /** Base URL, e.g. `https://www.vigo.no/vigows/rest`; the list's name is appended. */
  url: string;
  apiKey: string;
  /** Two digits as text: Oslo is `03`. */
  county: CountyNumber;
  list: VigoList;
}

export const FETCH_FAILURES = [
  'NETWORK',
  'TIMEOUT',
  'REDIRECT',
  'HTTP_STATUS',
  'TOO_LARGE',
  'TRUNCATED',
  'NOT_JSON',
  'REPEATED_FIELD',
] as const;
export type FetchFailure = (typeof FETCH_FAILURES)[number];

export type VigoAnswer =
  | { ok: true; document: unknown }
  /** `final`: a retry cannot help. `cause` is for `errorFields` only. */
  | { ok: false; code: FetchFailure; final: boolean; httpStatus?: number; cause?: unknown };

/** VIGO's documents have four levels. */
const DEEPEST = 64;

export interface VigoLimits {
  connectMs: number;
  wholeMs: number;
  maxBytes: number;
}

/** FINT's adapter has a 10 MB buffer for the same answer; six times that is not one county's list. */
export const VIGO_LIMITS: VigoLimits = { connectMs: 10_000, wholeMs: 120_000, maxBytes: 64 * 1024 * 1024 };

export async function fetchVigo(wanted: VigoRequest, limits: VigoLimits = VIGO_LIMITS): Promise<VigoAnswer> {
  if (!/^\d{2}$/.test(wanted.county)) throw new RangeError('a county number has two digits');
  const dispatcher = new Agent({ connect: { timeout: limits.connectMs } });
  const deadline = AbortSignal.timeout(limits.wholeMs);
  try {
    // undici does not follow redirects by default: one would carry the api-key to another host.
    const { statusCode, headers, body } = await request(`${wanted.url.replace(/\/+$/, '')}/${wanted.list}`, {
      dispatcher,
      signal: deadline,
      headersTimeout: limits.wholeMs,
      bodyTimeout: limits.wholeMs,
      headers: { 'api-key': wanted.apiKey, fylkesnr: wanted.county, accept: 'application/json' },
    });
    if (statusCode !== 200) return refused(statusCode);
    if (Number(headers['content-length'] ?? 0) > limits.maxBytes)
      return { ok: false, code: 'TOO_LARGE', final: true };
    return await read(body, limits.maxBytes, deadline);
  } catch (cause) {
    return {
      ok: false,
      code: deadline.aborted || isTimeout(cause) ? 'TIMEOUT' : 'NETWORK',
      final: false,
      cause,
    };
  } finally {
    // Not `close`: that would wait for a body that is no longer read.
    await dispatcher.destroy();
  }
}

function refused(httpStatus: number): VigoAnswer {
  if (httpStatus >= 300 && httpStatus < 400) return { ok: false, code: 'REDIRECT', final: true, httpStatus };
  // A wrong key or address stays wrong; rate limits and timeouts do not.
  const final = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408 && httpStatus !== 429;
  return { ok: false, code: 'HTTP_STATUS', final, httpStatus };
}

async function read(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  deadline: AbortSignal,
): Promise<VigoAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) return { ok: false, code: 'TOO_LARGE', final: true };
      chunks.push(chunk);
    }
  } catch (cause) {
    return { ok: false, code: deadline.aborted ? 'TIMEOUT' : 'TRUNCATED', final: false, cause };
  }
  return parse(Buffer.concat(chunks, bytes));
}

function parse(bytes: Buffer): VigoAnswer {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const document: unknown = JSON.parse(text);
    // JSON.parse has dropped one value of a repeated field: whose row it was is unknown.
    const names = namesIn(document, DEEPEST);
    if (names < 0 || repeatedField(text, document, names) !== undefined)
      return { ok: false, code: 'REPEATED_FIELD', final: false };
    return { ok: true, document };
  } catch {
    // The parser's message quotes the text and is dropped. What starts like our document and does not parse was
    // truncated; what starts otherwise is an error page.
    const start = bytes.subarray(0, 64).toString('latin1').trimStart();
    return { ok: false, code: start.startsWith('{') ? 'TRUNCATED' : 'NOT_JSON', final: false };
  }
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /TIMEOUT|ETIMEDOUT/.test(error.code)
  );
}
