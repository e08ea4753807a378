import { HttpProblem } from '../httpProblem.ts';
import { tooLarge } from './jsonRows.ts';

/** How much of a refused body is still taken off the wire, and for how long. */
const DISCARD_BYTES = 50 * 1024 * 1024;
const DISCARD_MS = 10_000;

/** Longest pause between two pieces of a body. */
const STALL_MS = 15_000;

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads a body piece by piece and counts what really comes, whatever Content-Length says.
 * @throws HttpProblem UNSUPPORTED_ENCODING, TOO_LARGE, BODY_CUT, BODY_SLOW, and whatever `take` throws.
 */
export async function readBody(request: Request, most: number, take: (chunk: Buffer) => void): Promise<void> {
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new HttpProblem('UNSUPPORTED_ENCODING', 'Send innholdet ukomprimert, uten Content-Encoding.');
  }
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await nextChunk(reader);
      if (done) return;
      size += value.byteLength;
      if (size > most) throw tooLarge(most);
      take(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    }
  } catch (error) {
    void discard(reader);
    throw error;
  }
}

async function nextChunk(reader: BodyReader) {
  const { promise: stalled, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooSlow()), STALL_MS);
  try {
    return await Promise.race([reader.read(), stalled]);
  } catch (cause) {
    if (cause instanceof HttpProblem) throw cause;
    // The sender hung up: the answer is not read, and nothing failed here.
    throw Object.assign(new HttpProblem('BODY_CUT', 'Forbindelsen ble brutt. Send på nytt.'), { cause });
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): HttpProblem {
  return new HttpProblem(
    'BODY_SLOW',
    `Det kom ikke mer av innholdet på ${STALL_MS / 1_000} sekunder. Sjekk forbindelsen, og send det samme på nytt.`,
  );
}

/** The answer is immediate, but a sender cut off while sending often never reads it: for a while the rest is read and
 *  discarded. */
async function discard(reader: BodyReader): Promise<void> {
  const cut = () => reader.cancel().catch(() => undefined);
  const timer = setTimeout(cut, DISCARD_MS);
  try {
    for (let size = 0; size < DISCARD_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    await cut();
  } catch {
    // The sender hung up, which ends the matter.
  } finally {
    clearTimeout(timer);
  }
}
