import { isSpanContextValid, type Link, type SpanContext } from '@opentelemetry/api';

// W3C Trace Context, level 1: `00-<32 hex>-<16 hex>-<2 hex>`.

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** `undefined` when it is no valid traceparent: a sender's broken header never breaks a batch. */
export function parseTraceparent(text: string): SpanContext | undefined {
  const match = TRACEPARENT.exec(text.trim());
  if (!match) return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', rest] = match;
  // Version ff is forbidden; version 00 ends after the flags, later ones may go on.
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}

export function formatTraceparent(context: SpanContext): string {
  return `00-${context.traceId}-${context.spanId}-${(context.traceFlags & 1).toString(16).padStart(2, '0')}`;
}

/** A batch has up to 2,000 records; a span with that many links is more than any viewer shows. */
export const MAX_LINKS = 32;

/** Links to the traces that the records of a batch belong to, each once, at most `MAX_LINKS`. */
export function linksOf(traceparents: Iterable<string | undefined>): Link[] {
  const links = new Map<string, Link>();
  for (const text of traceparents) {
    const context = text === undefined ? undefined : parseTraceparent(text);
    if (!context) continue;
    links.set(`${context.traceId}${context.spanId}`, { context });
    if (links.size === MAX_LINKS) break;
  }
  return [...links.values()];
}
