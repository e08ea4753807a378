import type { Context } from 'hono';
import type { ChangePage } from '../desk/changes/changePage.ts';

// Server-sent events (HTML, section 9.2). The id is on the last event of a page: who comes back with it gets the page after,
// and who was cut off within a page gets all of it again.

/** Asks for no more than this long; then the stream shows that it is alive. */
export const HEARTBEAT_MS = 15_000;
/** Then the client connects again, with what it has. */
const LONGEST_MS = 30 * 60_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
} as const;

/**
 * Pages as events, until the caller goes, may read no more, or the program stops.
 * @param next the next page, an empty one after `HEARTBEAT_MS`; undefined ends the stream
 * @param done called once
 */
export function changeStream(
  c: Context,
  parts: {
    next(): Promise<{ page: ChangePage; cursor: string } | undefined>;
    done(): void;
    now?(): number;
  },
) {
  const { now = () => performance.now() } = parts;
  const encoder = new TextEncoder();
  const ends = now() + LONGEST_MS;
  let open = true;
  const end = () => {
    if (open) parts.done();
    open = false;
  };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode('retry: 2000\n\n')),
    async pull(controller) {
      try {
        const found = now() < ends ? await parts.next() : undefined;
        if (found !== undefined && open) return controller.enqueue(encoder.encode(eventsOf(found)));
      } catch {
        // It began as an answer of 200: the caller connects again, and is then answered with what is wrong.
      }
      end();
      controller.close();
    },
    cancel: end,
  });
  return c.body(body, 200, HEADERS);
}

function eventsOf({ page: { changes }, cursor }: { page: ChangePage; cursor: string }): string {
  if (changes.length === 0) return `id: ${cursor}\n:\n\n`;
  return changes
    .map((change, at) => {
      const id = at === changes.length - 1 ? `id: ${cursor}\n` : '';
      return `${id}event: change\ndata: ${JSON.stringify(change)}\n\n`;
    })
    .join('');
}
